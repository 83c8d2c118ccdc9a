"""What is known of every node, every tie and every pair-and-kind of one view, gathered from the tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .measures.accountability import hardwired_bounds
from .schema import sector_of

if TYPE_CHECKING:
    import pandas as pd

    from .network import Network
    from .view import View

__all__ = ["HARD_WIRED", "LOOSE", "coverage", "kind_table", "node_table", "tie_table"]

HARD_WIRED = 2 / 3
LOOSE = 1 / 3


def kind_table(records: pd.DataFrame) -> pd.DataFrame:
    """Return one row per pair and kind: mandate, hard-wired index with its bounds, confidence, reports.

    Reports of one kind on a pair are averaged for the index; the pair and kind is mandated if any report says so and
    voluntary if all do.

    Returns
    -------
    DataFrame
        ``a, b, kind, mandate, hardwired, hardwired_low, hardwired_high, confidence, reports, both_ends, start``.
    """
    import pandas as pd

    if not len(records):
        return pd.DataFrame(
            {
                "a": pd.Series(dtype=object),
                "b": pd.Series(dtype=object),
                "kind": pd.Series(dtype=object),
                "mandate": pd.Series(dtype=object),
                "hardwired": pd.Series(dtype=float),
                "hardwired_low": pd.Series(dtype=float),
                "hardwired_high": pd.Series(dtype=float),
                "confidence": pd.Series(dtype=float),
                "reports": pd.Series(dtype=int),
                "both_ends": pd.Series(dtype=bool),
                "start": pd.Series(dtype=object),
            }
        )
    told = records["reported_by"].astype(str)
    teller = told.where(told != "", records["source"].astype(str))
    start = records["start"].astype(str)
    bounds = hardwired_bounds(records)
    work = pd.DataFrame(
        {
            "a": records["a"].astype(str),
            "b": records["b"].astype(str),
            "kind": records["kind"].astype(str),
            "hardwired": bounds["hardwired"],
            "hardwired_low": bounds["low"],
            "hardwired_high": bounds["high"],
            "forced": records["mandate"] == "mandated",
            "chosen": records["mandate"] == "voluntary",
            "unknown": records["mandate"] == "unknown",
            "by_a": teller == records["a"],
            "by_b": teller == records["b"],
            "sure": records["confirmed"].fillna(False).astype(bool),
            "confidence": records["confidence"].astype("float64"),
            "start": start.where(start != "", "9999"),
        }
    )
    grouped = work.groupby(["a", "b", "kind"], sort=True)
    out = grouped.agg(
        hardwired=("hardwired", "mean"),
        hardwired_low=("hardwired_low", "mean"),
        hardwired_high=("hardwired_high", "mean"),
        forced=("forced", "any"),
        chosen=("chosen", "all"),
        unknown=("unknown", "all"),
        by_a=("by_a", "any"),
        by_b=("by_b", "any"),
        sure=("sure", "any"),
        confidence=("confidence", "max"),
        reports=("kind", "size"),
        start=("start", "min"),
    ).reset_index()
    out["mandate"] = np.select(
        [out["forced"], out["chosen"], out["unknown"]], ["mandated", "voluntary", "unknown"], "mixed"
    )
    out["both_ends"] = (out["by_a"] & out["by_b"]) | out["sure"]
    stated = out["confidence"]
    out["confidence"] = stated.fillna(pd.Series(np.where(out["both_ends"], 0.98, 0.9), index=out.index))
    out["start"] = out["start"].where(out["start"] != "9999", "")
    return out.drop(columns=["forced", "chosen", "unknown", "by_a", "by_b", "sure"])


def tie_table(view: View, kinds: pd.DataFrame) -> pd.DataFrame:
    """Return one row per tie of the view, in its order, with what its kinds say together.

    The hard-wired index of a pair is the highest of its kinds; its mandate is mandated if any kind is, voluntary if
    all are.

    Returns
    -------
    DataFrame
        ``source, target, strength, kinds, mandate, hardwired, confidence, both_ends, start``.
    """
    import pandas as pd

    base = pd.DataFrame(
        {
            "source": [str(view.ids[i]) for i in view.source],
            "target": [str(view.ids[i]) for i in view.target],
            "strength": view.strength,
        }
    )
    swap = base["source"] > base["target"]
    base["a"] = base["source"].where(~swap, base["target"])
    base["b"] = base["target"].where(~swap, base["source"])
    if not len(kinds):
        return base.drop(columns=["a", "b"]).assign(
            kinds="", mandate="unknown", hardwired=np.nan, confidence=0.9, both_ends=False, start=""
        )
    work = kinds.assign(
        forced=kinds["mandate"] == "mandated",
        chosen=kinds["mandate"] == "voluntary",
        unknown=kinds["mandate"] == "unknown",
        begun=kinds["start"].where(kinds["start"] != "", "9999"),
    )
    pairs = work.groupby(["a", "b"], sort=True).agg(
        kinds=("kind", lambda k: "; ".join(sorted(k))),
        hardwired=("hardwired", "max"),
        forced=("forced", "any"),
        chosen=("chosen", "all"),
        unknown=("unknown", "all"),
        confidence=("confidence", "max"),
        both_ends=("both_ends", "any"),
        start=("begun", "min"),
    )
    pairs["mandate"] = np.select(
        [pairs["forced"], pairs["chosen"], pairs["unknown"]], ["mandated", "voluntary", "unknown"], "mixed"
    )
    pairs["start"] = pairs["start"].where(pairs["start"] != "9999", "")
    joined = base.merge(
        pairs.drop(columns=["forced", "chosen", "unknown"]), left_on=["a", "b"], right_index=True, how="left"
    )
    joined["kinds"] = joined["kinds"].fillna("")
    joined["mandate"] = joined["mandate"].fillna("unknown")
    joined["confidence"] = joined["confidence"].fillna(0.9)
    joined["both_ends"] = joined["both_ends"].fillna(False).astype(bool)
    joined["start"] = joined["start"].fillna("")
    columns = ["source", "target", "strength", "kinds", "mandate", "hardwired", "confidence", "both_ends", "start"]
    return joined[columns].reset_index(drop=True)


def node_table(network: Network, view: View) -> pd.DataFrame:
    """Return one row per node of the view, in its order: what it is called, what it is and where it belongs.

    Returns
    -------
    DataFrame
        ``id, name, what, type, sector, place, organisation, networks, consent, publish, responded, map_x, map_y`` and
        every further column of the input table. ``what`` is ``organisation``, ``person`` or ``group``; ``networks``
        is a tuple of group names; ``sector`` follows from the type where it is not given.
    """
    import pandas as pd

    base = pd.DataFrame({"id": [str(i) for i in view.ids], "name": list(view.names)})
    person = network.nodes_are == "people" and network.shape in ("ties", "list")
    if person:
        source = network.people.rename(columns={"person_id": "id"})
    else:
        source = network.organisations.rename(columns={"org_id": "id"})
    known = set(source["id"].astype(str))
    frame = base.merge(source.drop(columns=["name"], errors="ignore").astype({"id": object}), on="id", how="left")
    group = ~base["id"].isin(known)
    frame["what"] = np.where(group, "group", "person" if person else "organisation")
    for column in ("type", "sector", "place", "organisation", "consent"):
        if column not in frame:
            frame[column] = ""
        frame[column] = frame[column].fillna("").astype(str)
    if not person:
        derived = [
            s if s not in ("", "unknown") else sector_of(t) for s, t in zip(frame["sector"], frame["type"], strict=True)
        ]
        frame["sector"] = ["" if s == "unknown" else s for s in derived]
        frame["type"] = frame["type"].replace("unknown", "")
    belongs: dict[str, list[str]] = {}
    if len(network.memberships):
        titles = network.group_names()
        current = network.current_memberships()
        for member, title in sorted(
            {(str(m), titles.get(g, g)) for m, g in zip(current["member"], current["group"].astype(str), strict=True)}
        ):
            belongs.setdefault(member, []).append(title)
    frame["networks"] = [tuple(belongs.get(i, ())) for i in frame["id"]]
    return frame


def coverage(
    network: Network, view: View, ties: pd.DataFrame, kinds: pd.DataFrame, asked: Sequence[str] | None, wave: str | None
) -> dict[str, int | None]:
    """Count what was read and what is known of it.

    Returns
    -------
    dict of str to int or None
        Rows by what became of them; nodes without ties; who was asked and answered (None where that was not
        recorded); ties with one source; accountability known or not; records left out of the view, by why.
    """
    outcome = dict(network.ledger["outcome"].value_counts())
    chosen = network.check_kinds(asked)
    moment = network.check_wave(wave)
    frame = network.partnerships
    other_wave = ~frame["wave"].isin([moment, ""]) if moment is not None else frame["wave"].isna()
    seen = frame[~other_wave]
    current = set(network.current_kinds)
    dropped = seen[~seen["kind"].isin(chosen)]
    live = seen[seen["kind"].isin(chosen)]
    person = network.nodes_are == "people"
    table = network.people if person else network.organisations
    told = table["responded"]
    recorded = len(table) > 0 and bool(told.notna().mean() > 0.5)
    degree = np.bincount(np.append(view.source, view.target), minlength=view.n) if view.n else np.zeros(0)
    unknown = kinds["hardwired"].isna()
    return {
        "tables_read": len(network.tables.sources),
        "rows_read": len(network.ledger),
        "rows_used": int(outcome.get("used", 0)),
        "rows_merged": int(outcome.get("merged", 0)),
        "rows_set_aside": int(outcome.get("set aside", 0)),
        "nodes": view.n,
        "ties": view.m,
        "without_ties": int((degree == 0).sum()),
        "asked": int(told.notna().sum()) if recorded else None,
        "answered": int(told.fillna(False).sum()) if recorded else None,
        "one_source": int((~ties["both_ends"]).sum()) if network.shape == "ties" else 0,
        "accountability_known": int((~unknown).sum()),
        "accountability_unknown": int(unknown.sum()),
        "planned": int((live["status"] == "planned").sum()),
        "ended": int((live["status"] == "ended").sum()),
        "other_waves": int(other_wave.sum()),
        "perception": int((~dropped["kind"].isin(current)).sum()),
        "other_kinds": int(dropped["kind"].isin(current).sum()),
    }

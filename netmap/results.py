"""Results: what a study found out, gathered into the frozen analysis that disclosure narrows."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np

from .analysis import Analysis
from .evidence.mixing import DRAWS as MIXING_DRAWS
from .kernels import kernels
from .layout import positions
from .pages import pages_of
from .questions import answers
from .questions.words import count, listing
from .study import INTERVALS, PATHS, Study
from .workload import EFFORT

if TYPE_CHECKING:
    import pandas as pd

    from .network import Network
    from .tables import Source
    from .view import View

__all__ = ["analysis_of", "digest"]

PACKAGES = ("numpy", "scipy", "pandas", "networkx", "python-louvain")
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
SMALLEST_GROUP = 5


def analysis_of(study: Study, title: str, program: str) -> Analysis:
    """Answer every question of a study and gather what exporters show; nothing is held back yet.

    Parameters
    ----------
    study : Study
    title : str
        What the data are called.
    program : str
        Version of netmap, for the manifest.
    """
    import pandas as pd

    study.say("measuring")
    findings, locked = answers(study)
    pages = pages_of(study)
    study.say("drawing the map")
    waves = _waves(study)
    nodes = _nodes(study, waves)
    network = study.network
    return Analysis(
        title=title,
        taken_as=_taken_as(study),
        findings=findings,
        locked=locked,
        nodes=nodes,
        ties=_ties(study),
        other_waves=waves,
        networks=_networks(study),
        people=_people(network),
        node_word=study.word[0],
        coverage=study.coverage,
        manifest=_manifest(study, program),
        ledger=network.ledger,
        suppressed=pd.DataFrame(
            {"what": pd.Series(dtype=object), "count": pd.Series(dtype="int64"), "reason": pd.Series(dtype=object)}
        ),
        problems=tuple(network.problems),
        pages=pages,
        extra={
            "view": study.view,
            "private": _private(study),
            "groups": _group_labels(study),
            "confidential": _confidential(study),
            "consent_column": any(
                c.rpartition(".")[2] == "consent" for s in network.tables.sources for _, c in s.columns
            ),
            "digest": digest(network),
            "nodes_are": network.nodes_are,
            "shape": network.shape,
            "persons": _persons(network),
        },
    )


def digest(network: Network) -> str:
    """Return a fingerprint of everything in the tables that does not depend on the order of rows."""
    total = hashlib.sha256()
    for name in sorted(network.tables.frames):
        frame = network.tables.frames[name]
        if len(frame):
            lines = sorted(frame.to_csv(index=False, header=False).splitlines())
            total.update("\n".join([name, *map(str, frame.columns), *lines]).encode("utf-8", "replace"))
    return total.hexdigest()


# -- tables ------------------------------------------------------------------------------------------------------


def _nodes(study: Study, waves: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    frame = study.nodes
    out = frame[["id", "name", "type", "sector", "place", "networks"]].copy()
    group = (frame["what"] == "group").to_numpy()
    if group.any() and study.network.shape == "two-mode":
        out["type"] = np.where(group, "network", out["type"])
    if study.network.nodes_are == "people":
        out = out.drop(columns=["type", "sector"])
        out.insert(2, "organisation", frame["organisation"])
    out["community"] = study.communities
    out["group_certainty"] = study.group_certainty
    fixed = None
    if {"map_x", "map_y"} <= set(frame.columns):
        fixed = np.column_stack([_numbers(frame[c]) for c in ("map_x", "map_y")])
        fixed[np.isnan(fixed).any(axis=1)] = np.nan
    place = positions(_drawn(study, waves), study.communities, fixed)
    out["x"], out["y"] = place[:, 0], place[:, 1]
    ranks = study.ranks if study.view.m else {}
    for name, values in study.measures.items():
        out[name] = values
        if name in ranks:
            out[f"{name}_rank"], out[f"{name}_rank_low"], out[f"{name}_rank_high"] = ranks[name]
    out["share_lost"] = study.cuts.node_share
    _partnership_columns(study, out)
    if "responded" in frame and frame["responded"].notna().any():
        out["responded"] = frame["responded"]
    return out


def _drawn(study: Study, waves: Mapping[str, pd.DataFrame]) -> View:
    """The view that decides where nodes stand: who has ties in other waves only stands near those."""
    view = study.view
    alone = np.diff(view.undirected.csr.indptr) == 0
    place = {node: i for i, node in enumerate(study.ids)}
    ends = [
        (place[a], place[b])
        for frame in waves.values()
        for a, b in zip(frame["source"].astype(str), frame["target"].astype(str), strict=True)
        if alone[place[a]] or alone[place[b]]
    ]
    if not ends:
        return view
    first, second = np.array(ends, dtype=np.int64).T
    return view.undirected.with_ties(np.append(view.source, first), np.append(view.target, second))


def _partnership_columns(study: Study, out: pd.DataFrame) -> None:
    """Add what is known of each organisation's accountability, partners, values and scores."""
    from .measures.partners import dependence, diversity

    if study.network.nodes_are != "organisations" or study.network.shape != "ties":
        return
    if study.wiring is not None and study.wiring.known:
        out["hardwired_ties"] = study.wiring.hard_ties
        out["optional_ties"] = study.wiring.optional_ties
    if study.view.m:
        ids = list(study.view.ids)
        column, labels = study.sector_labels
        if column is not None:
            out["partner_diversity"] = diversity(study.view, labels)["blau_corrected"].reindex(ids).to_numpy()
        out["partner_concentration"] = dependence(study.view)["concentration"].reindex(ids).to_numpy()
    if study.alignment is not None and study.alignment.compared:
        out["alignment"] = study.alignment.each_node["alignment"].to_numpy()
    scoring = study.scoring
    for of in ("trust", "value"):
        scores = scoring.received(of, study.ids) if scoring is not None else None
        if scores is not None:
            for name in ("score", "low", "high", "raters"):
                out[f"{of}_received" if name == "score" else f"{of}_{name}"] = scores[name].to_numpy()


def _numbers(column: pd.Series) -> np.ndarray:
    import pandas as pd

    return pd.to_numeric(column, errors="coerce").to_numpy(dtype=float)


def _ties(study: Study) -> pd.DataFrame:
    out = _reported(study)
    out["bridge"] = study.cuts.bridge
    out["share_lost"] = study.cuts.tie_share
    if study.network.nodes_are == "organisations" and study.alignment is not None:
        out["alignment"] = study.alignment.each_tie
    scoring = study.scoring
    if scoring is not None and scoring.each_tie is not None and not np.isnan(scoring.each_tie).all():
        out["trust"] = scoring.each_tie
    return out


def _reported(study: Study) -> pd.DataFrame:
    """What was reported of each tie of a study's view."""
    ties, view = study.ties, study.view
    called = dict(zip(study.ids, study.nodes["name"], strict=True))
    out = ties[["source", "target"]].copy()
    out["source_name"] = [called[i] for i in out["source"]]
    out["target_name"] = [called[i] for i in out["target"]]
    out["kinds"] = [tuple(k.split("; ")) if k else () for k in ties["kinds"]]
    out["strength"] = view.strength
    if study.network.shape == "ties":
        out["mandate"] = ties["mandate"]
        out["hardwired"] = ties["hardwired"]
        out["confirmed"] = ties["both_ends"]
    if study.wiring is not None and not np.isnan(study.wiring.level).all():
        out["intensity"] = study.wiring.level
    return out


def _waves(study: Study) -> dict[str, pd.DataFrame]:
    """The ties of every wave but the current one, by its name; not of groups joined by people, which come and go."""
    network, current = study.network, study.network.check_wave(study.settings.wave)
    if network.shape not in ("ties", "two-mode") or len(network.waves) < 2:
        return {}
    others = {
        wave: Study(network, replace(study.settings, wave=wave)) for wave in network.waves if wave != current
    }
    known = set(study.ids)
    frames = {wave: _reported(other) for wave, other in others.items()}
    return {
        wave: frame[frame["source"].isin(known) & frame["target"].isin(known)].reset_index(drop=True)
        for wave, frame in frames.items()
    }


def _networks(study: Study) -> pd.DataFrame:
    import pandas as pd

    groups = study.groups
    table = study.network.networks
    kind = dict(zip(table["network_id"].astype(str), table["kind"].astype(str), strict=True))
    detected = groups.source == "detected"
    inside, outside = np.zeros(groups.count, dtype=np.int64), np.zeros(groups.count, dtype=np.int64)
    if groups.on_nodes and groups.count and study.network.shape == "ties":
        member = groups.incidence
        both = member[study.view.source].multiply(member[study.view.target])
        either = member[study.view.source] + member[study.view.target]
        inside = np.asarray(both.sum(axis=0)).reshape(-1).astype(np.int64)
        outside = np.asarray((either > 0).sum(axis=0)).reshape(-1).astype(np.int64) - inside
    # The map calls a community by the network of its number, so that no other network may be called by a number.
    ids = [str(i) if detected else f"network {g}" if g.isdigit() else g for i, g in enumerate(groups.ids)]
    return pd.DataFrame(
        {
            "network": pd.Series(ids, dtype=object),
            "name": pd.Series(list(groups.names), dtype=object),
            "kind": pd.Series(
                ["community" if detected else kind.get(g) or "network" for g in groups.ids], dtype=object
            ),
            "members": groups.sizes,
            "ties_within": inside,
            "ties_between": outside,
        }
    )


def _people(network: Network) -> pd.DataFrame:
    frame = network.people
    called = dict(zip(network.organisations["org_id"], network.organisations["name"], strict=True))
    out = frame[["person_id", "name", "organisation", "role_title", "role_type"]].rename(columns={"person_id": "id"})
    out["organisation"] = [called.get(o) or o for o in out["organisation"]]
    return out.reset_index(drop=True)


# -- what disclosure needs -----------------------------------------------------------------------------------------


def _private(study: Study) -> pd.DataFrame:
    """Return what decides whether a node of the view may be shown."""
    import pandas as pd

    frame = study.nodes
    publish = frame["publish"] if "publish" in frame else pd.Series(True, index=frame.index)
    return pd.DataFrame(
        {
            "id": frame["id"],
            "what": frame["what"],
            "organisation": frame["organisation"],
            "consent": frame["consent"].where(frame["consent"] != "", "none"),
            "publish": publish.fillna(True).astype(bool),
        }
    )


def _persons(network: Network) -> pd.DataFrame:
    """Return every person named anywhere, with the name and consent known."""
    import pandas as pd

    frame = network.people
    known = pd.DataFrame(
        {
            "id": frame["person_id"].astype(str),
            "name": frame["name"].astype(str),
            "consent": frame["consent"].astype(str),
        }
    )
    rows = network.memberships
    more = sorted(set(rows.loc[rows["member_type"] == "person", "member"].astype(str)) - set(known["id"]))
    extra = pd.DataFrame({"id": more, "name": more, "consent": "none"})
    return pd.concat([known, extra], ignore_index=True) if more else known


def _group_labels(study: Study) -> list[str]:
    """Return by which group each node is shown where people may not be: organisation, else network, else community."""
    frame = study.nodes
    called = dict(zip(study.network.organisations["org_id"], study.network.organisations["name"], strict=True))
    own = [called.get(o) or o for o in frame["organisation"].astype(str)]
    if sum(1 for o in own if o) > len(own) / 2:
        return own
    first = [n[0] if n else "" for n in frame["networks"]]
    if sum(1 for n in first if n) > len(first) / 2:
        return first
    return [f"Group {c + 1}" if c >= 0 else "" for c in study.communities]


def _confidential(study: Study) -> int:
    rows = study.network.partnerships["confidential"]
    return 0 if study.confidential else int(rows.fillna(False).astype(bool).sum())


# -- what it is ----------------------------------------------------------------------------------------------------


def _taken_as(study: Study) -> tuple[str, ...]:
    network = study.network
    word, words = study.word
    said = [_read(network.tables.sources)]
    size = [count(study.n_units, word, words)]
    if network.shape == "two-mode":
        groups = study.view.n - study.n_units
        size += [f"the {count(groups, 'group')} they belong to", count(study.view.m, "membership")]
        how = "Taken as a network of who belongs to what; members are not taken to work with each other."
    elif network.shape == "interlock":
        size += [
            f"joined by {count(network.memberships['member'].nunique(), 'person', 'people')}",
            count(study.view.m, "tie"),
        ]
        how = f"Taken as {words} joined by the people they share; the strength of a tie is how many."
    elif network.shape == "list":
        how = "Taken as a list without ties: add who works with whom (two columns are enough: organisation, partner)."
    else:
        used = sorted(set(study.records["kind"].astype(str)))
        size.append(f"{count(study.view.m, 'tie')} of {count(len(used), 'kind')}")
        if len(network.memberships):
            size.append(count(len(network.group_names()), "named network"))
        families = sorted({network.kinds[k] for k in used})
        together = f", all kinds together ({listing(families)})" if len(used) > 1 else ""
        how = f"Taken as {words}, without direction{together}. Change with --kind, --wave and --nodes."
    said += [f"{listing(size)}.", how]
    if network.tables.nodes_why and network.shape == "ties":
        other = "organisations" if network.nodes_are == "people" else "people"
        said.append(
            f"The names are taken to be {network.nodes_are}, because {network.tables.nodes_why}; "
            f"--nodes {other} changes that."
        )
    if network.waves:
        moment = network.check_wave(study.settings.wave)
        said.append(
            f"Shown as of {moment}"
            + (f", one of {count(len(network.waves), 'wave')}." if len(network.waves) > 1 else ".")
        )
        if network.shape == "two-mode":
            frame = network.memberships
            gone = set(frame["group"].astype(str)) - set(network.current_memberships(moment)["group"].astype(str))
            if gone:
                said.append(f"{count(len(gone), 'group')} without members in {moment} {'is' if len(gone) == 1 else 'are'} left out.")
    kinds = network.kinds if network.shape == "ties" else {}
    apart = [k for k in kinds if k not in network.current_kinds]
    if apart:
        said.append(f"Kept apart, as they say how others are seen and not who works with whom: {listing(apart)}.")
    said += _sampled(study)
    said += [a for a in network.assumptions if a not in said]
    return tuple(said)


def _sampled(study: Study) -> list[str]:
    """Say what is estimated, from how much, and what was left out because of the size."""
    work, said = study.work, []
    more = "" if study.settings.effort == "thorough" else " --effort thorough follows more."
    if work.pivots is not None:
        said.append(
            f"Betweenness is estimated from the paths that begin at {work.pivots:,} of {work.n:,} nodes drawn at random "
            f"(seed {study.settings.seed}); its standard error says how far it may be off.{more}"
        )
    elif not work.paths_redrawn:
        said.append(
            "Betweenness is exact; with so many nodes and ties it is not taken anew in every drawn network, so it and "
            f"harmonic closeness have no rank interval.{more}"
        )
    return said


def _read(sources: tuple[Source, ...]) -> str:
    parts = []
    for source in sources:
        sheet = f', sheet "{source.sheet}"' if source.sheet else ""
        how = [part for part in (source.encoding if source.encoding.startswith("cp") else source.encoding.upper(), DELIMITERS.get(source.delimiter, "")) if part]
        parts.append(f"{source.file}{sheet} ({', '.join([*how, count(source.rows, 'row')])})")
    return f"Read {listing(sorted(parts), most=8)}."


def _manifest(study: Study, program: str) -> dict[str, Any]:
    settings, network = study.settings, study.network
    return {
        "netmap": program,
        "seed": settings.seed,
        "audience": settings.audience,
        "effort": settings.effort,
        "settings": {
            "kinds": list(network.check_kinds(settings.kinds)) if network.shape == "ties" else [],
            "wave": network.check_wave(settings.wave),
            "waves": list(network.waves),
            "nodes": network.nodes_are,
            "consent": settings.consent,
            "shape": network.shape,
            "direction": "dropped: a pair is tied if either end says so",
            "strength": "mean over reports, sum over kinds and directions",
        },
        "draws": {
            "perturbed networks": EFFORT[settings.effort].draws,
            "starts of the community search": EFFORT[settings.effort].starts,
            "permutations": MIXING_DRAWS,
        },
        "thresholds": {
            "smallest group of people shown": SMALLEST_GROUP,
            "rank intervals": [name for name in INTERVALS if study.work.paths_redrawn or name not in PATHS],
            "arcs followed for shortest paths": EFFORT[settings.effort].steps,
        },
        "betweenness": {"method": "exact"}
        if study.work.pivots is None
        else {"method": "sampled", "pivots": study.work.pivots, "seed": settings.seed},
        "inputs": [
            {
                "file": s.file,
                "sheet": s.sheet,
                "table": s.table,
                "rows": s.rows,
                "encoding": s.encoding,
                "sha256": s.sha256,
                "columns": [list(pair) for pair in s.columns],
            }
            for s in network.tables.sources
        ],
        "kernels": kernels(),
        "versions": {"python": platform.python_version(), **{p: v for p in PACKAGES if (v := _version(p))}},
        "counts": {"nodes": study.view.n, "ties": study.view.m},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None

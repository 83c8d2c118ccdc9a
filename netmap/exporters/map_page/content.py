"""What the page of the map needs of an analysis, and nothing else: text once, numbers in columns."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...facts import HARD_WIRED, LOOSE
from ..palette import DARK, LIGHT
from ..pyvis_parts import column_of, finite, group_name, label_of, number_of, readable, schemes_of, several, text_of
from ..tables import plain
from .networks import networks_of
from .packing import Packer
from .places import places
from .words import group_titles, listed, sentence, settings_of, strings, words_of

if TYPE_CHECKING:
    import pandas as pd

    from ...analysis import Analysis
    from ...finding import Finding

__all__ = ["map_data"]

_NOT_A_NUMBER_TO_SHOW = {
    "x", "y", "lat", "lon", "community", "group_certainty", "map_x", "map_y", "share_lost", "responded",
}  # fmt: skip
_SURE_STEPS = 100
_FIRST = ("degree", "strength", "betweenness", "harmonic", "members")
_FINE = 65_535
_KEYS = {"Group": "community", "Sector": "sector", "Network": "networks", "Type": "type"}


def map_data(analysis: Analysis, report: str | None = None) -> bytes:
    """Return the content of the map of an analysis, compressed.

    Parameters
    ----------
    analysis : Analysis
        After disclosure: everything in it may be shown.
    report : str, optional
        Address of the report of the same result, for links back to it.
    """
    pack = Packer()
    frame = analysis.nodes
    ids = [str(v) for v in frame["id"]] if "id" in frame else [str(i) for i in range(len(frame))]
    names = [text_of(v) or text_of(i) for v, i in zip(column_of(frame, "name", ids), ids, strict=True)]
    first, second, rows = _pairs(analysis.ties, ids)
    degree = np.bincount(np.append(first, second), minlength=len(ids))
    shown = [text_of(i) for i in ids]
    grid, at = _places(frame, pack)
    header = {
        "format": 1,
        "lang": "en",
        "strings": strings(),
        "looks": [LIGHT, DARK],
        "title": text_of(analysis.title) or "Map",
        "sentence": sentence(analysis, len(first)),
        "about": listed(analysis.taken_as),
        "left_out": _left_out(analysis),
        "made": f"netmap {text_of(analysis.manifest.get('netmap'))}, seed {text_of(analysis.manifest.get('seed'))}",
        "report": report,
        "word": analysis.node_word,
        "words": words_of(analysis),
        "names": names,
        "ids": None if shown == names else shown,
        "places": grid,
        "answered": _answered(frame, pack),
        "sure": _sure(frame, pack),
        "numbers": _numbers(frame, pack),
        "schemes": _schemes(analysis, degree.tolist(), pack),
        "facts": _facts(frame, pack),
        "ties": _ties(analysis.ties, (first, second, rows), analysis.node_word, pack),
        "waves": _waves(analysis, ids, pack),
        "networks": networks_of(analysis, at, (first, second), pack),
        "findings": _findings(analysis, ids, first, second),
    }
    proposed = _proposed(analysis, ids)
    if proposed:
        header["proposed"] = proposed
    if analysis.node_word == "organisation" and "share_lost" in frame:
        header["rests"] = pack.numbers(_shares(frame["share_lost"].tolist()))
    header["expected_alignment"] = next(
        (finite(f.evidence.get("expected")) for f in analysis.findings if f.id == "F4"), None
    )
    return pack.bytes(header)


# -- nodes -----------------------------------------------------------------------------------------------------------


def _places(frame: pd.DataFrame, pack: Packer) -> tuple[dict[str, Any], NDArray[np.float64]]:
    """Return positions on a grid of 65,536 steps, with the size of a step, and as the page will have them, shape (n, 2)."""
    x, y = places(frame).T
    left, top = (float(v.min()) if v.size else 0.0 for v in (x, y))
    wide = max(float(np.ptp(v)) if v.size else 0.0 for v in (x, y))
    step = round(max(wide, 1.0) / _FINE, 9)
    places_of = [np.minimum(np.round((v - least) / step), _FINE) for v, least in ((x, left), (y, top))]
    return {"step": step, "x": pack.whole(places_of[0]), "y": pack.whole(places_of[1])}, step * np.column_stack(places_of)


def _answered(frame: pd.DataFrame, pack: Packer) -> list[Any] | None:
    """Return who answered: 0 not known, 1 no, 2 yes."""
    if "responded" not in frame:
        return None
    told = [plain(v) for v in frame["responded"].tolist()]
    return pack.whole([0 if v is None else 2 if v in (True, "yes", 1) else 1 for v in told])


def _sure(frame: pd.DataFrame, pack: Packer) -> list[Any] | None:
    """Return how surely each node belongs to the group found for it, in hundredths and one more; 0 not known."""
    if "group_certainty" not in frame:
        return None
    sure = np.clip(frame["group_certainty"].to_numpy(dtype=float), 0.0, 1.0)
    return pack.whole(np.where(np.isnan(sure), 0, np.round(np.nan_to_num(sure) * _SURE_STEPS) + 1))


def _numbers(frame: pd.DataFrame, pack: Packer) -> list[dict[str, Any]]:
    """Return every column of numbers, the usual measures first, with the interval of its rank where there is one."""
    found = []
    for name in frame.columns:
        key = str(name)
        if key in _NOT_A_NUMBER_TO_SHOW or key.endswith(("_rank", "_low", "_high")) or frame[name].dtype.kind not in "fiu":
            continue
        values = np.array([number_of(v) for v in frame[name].tolist()], dtype=np.float64)
        values[~np.isfinite(values)] = np.nan
        if np.isnan(values).all():
            continue
        entry: dict[str, Any] = {"key": text_of(key), "label": label_of(text_of(key)), **pack.numbers(values)}
        ranks = [f"{name}_rank", f"{name}_rank_low", f"{name}_rank_high"]
        if all(r in frame for r in ranks):
            middle, low, high = (np.nan_to_num(frame[r].to_numpy(dtype=float)) for r in ranks)
            entry["rank"] = [pack.whole(np.round(middle)), pack.whole(np.floor(low)), pack.whole(np.ceil(high))]
        found.append(entry)
    order = {name: i for i, name in enumerate(_FIRST)}
    found.sort(key=lambda entry: order.get(entry["key"], len(order)))
    return found[:24]


def _schemes(analysis: Analysis, degree: Sequence[int], pack: Packer) -> list[dict[str, Any]]:
    """Return what colour can mean: at most eight categories, then the others together, then those without one."""
    out = []
    titles = group_titles(analysis, analysis.nodes, degree)
    called = {}
    for value in analysis.nodes["community"].tolist() if "community" in analysis.nodes else []:
        called[group_name(value, {}) or text_of(value)] = titles.get(text_of(value), "")
    for scheme in schemes_of(analysis, analysis.nodes):
        key = _KEYS[scheme.label]
        out.append(
            {
                "key": key,
                "label": scheme.label,
                "categories": [
                    {
                        "label": c.label,
                        "count": c.count,
                        "role": "named" if c.colour not in ("#949494", "#FFFFFF") else "others" if c.colour == "#949494" else "none",
                        "more": called.get(c.label, "") if key == "community" else "",
                    }
                    for c in scheme.categories
                ],
                "of": pack.whole(scheme.of_node),
            }
        )
    return out


def _facts(frame: pd.DataFrame, pack: Packer) -> list[dict[str, Any]]:
    """Return what each node is, in words: columns of few different values, each word once."""
    out = []
    for name, label in (("type", "Type"), ("sector", "Sector"), ("place", "Place"), ("organisation", "Organisation")):
        if name not in frame:
            continue
        cells = [readable(v) for v in frame[name].tolist()]
        cells = ["" if c == "unknown" else c for c in cells]
        if any(cells):
            words = sorted(set(cells))
            place = {w: i for i, w in enumerate(words)}
            out.append({"key": name, "label": label, "words": words, "of": pack.whole([place[c] for c in cells])})
    return out


# -- ties ------------------------------------------------------------------------------------------------------------


def _pairs(frame: pd.DataFrame, ids: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the two ends of every tie as positions, sorted, and the row each comes from."""
    place = {node: i for i, node in enumerate(ids)}
    ends = [
        np.array([place.get(str(v), -1) for v in column_of(frame, c, [None] * len(frame))], dtype=np.int64)
        for c in ("source", "target")
    ]
    low, high = np.minimum(*ends), np.maximum(*ends)
    rows = np.flatnonzero((low >= 0) & (low != high))
    keys = low[rows] * max(len(ids), 1) + high[rows]
    _, unique = np.unique(keys, return_index=True)
    rows = rows[unique]
    return low[rows], high[rows], rows


def _waves(analysis: Analysis, ids: Sequence[str], pack: Packer) -> dict[str, Any] | None:
    """Return the names of the waves, earliest first, which is current, and the ties of each other one."""
    others = analysis.other_waves
    if not others:
        return None
    settings = settings_of(analysis)
    names = [str(w) for w in settings["waves"]]
    ties = [_ties(others[w], _pairs(others[w], ids), analysis.node_word, pack) if w in others else None for w in names]
    return {"names": [text_of(w) for w in names], "now": names.index(str(settings["wave"])), "ties": ties}


def _ties(
    ties: pd.DataFrame,
    pairs: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    word: str,
    pack: Packer,
) -> dict[str, Any]:
    first, second, rows = pairs
    frame = ties.iloc[rows]
    out: dict[str, Any] = {
        "count": len(rows),
        "from": pack.whole(np.diff(first, prepend=0)),
        "to": pack.whole(second),
    }
    kinds = [tuple(readable(k) for k in several(v)) for v in column_of(frame, "kinds", [()] * len(rows))]
    words = sorted({k for several_kinds in kinds for k in several_kinds})
    place = {w: i for i, w in enumerate(words)}
    out["kinds"] = words
    out["kind"] = pack.lists([[place[k] for k in several_kinds] for several_kinds in kinds])
    if "strength" in frame:
        out["strength"] = pack.numbers([number_of(v) for v in frame["strength"].tolist()])
    if "mandate" in frame:
        said = [readable(v) for v in frame["mandate"].tolist()]
        known = sorted({s for s in said if s not in ("", "unknown")})
        if known:
            known = ["", *known]
            spot = {w: i for i, w in enumerate(known)}
            out["mandates"] = known
            out["mandate"] = pack.whole([spot.get(s, 0) for s in said])
    if "hardwired" in frame and frame["hardwired"].notna().any():
        index = [number_of(v) for v in frame["hardwired"].tolist()]
        # 0 not recorded, 1 loose, 2 part-wired, 3 hard-wired.
        out["hard"] = pack.whole([0 if v != v else 3 if v >= HARD_WIRED else 1 if v < LOOSE else 2 for v in index])
    for name in ("intensity", "trust"):
        if name in frame and frame[name].notna().any():
            out[name] = pack.numbers([number_of(v) for v in frame[name].tolist()])
    if "confirmed" in frame:
        sure = [plain(v) in (True, "yes") for v in frame["confirmed"].tolist()]
        out["confirmed"] = pack.whole(sure)
    if word == "organisation" and "bridge" in frame:
        out["bridge"] = pack.whole([plain(v) in (True, "yes") for v in frame["bridge"].tolist()])
        if "share_lost" in frame:
            out["rests"] = pack.numbers(_shares(frame["share_lost"].tolist()))
    if "alignment" in frame and frame["alignment"].notna().any():
        values = [number_of(v) for v in frame["alignment"].tolist()]
        out["alignment"] = pack.whole([_FINE if v != v else round(v * 10_000) for v in values])
    return out


def _shares(values: Sequence[Any]) -> list[float]:
    numbers = [number_of(v) for v in values]
    return [v if math.isfinite(v) and v > 0 else 0.0 for v in numbers]


# -- findings --------------------------------------------------------------------------------------------------------


def _findings(
    analysis: Analysis, ids: Sequence[str], first: NDArray[np.int64], second: NDArray[np.int64]
) -> list[dict[str, Any]]:
    place = {node: i for i, node in enumerate(ids)}
    tie = {pair: t for t, pair in enumerate(zip(first.tolist(), second.tolist(), strict=True))}
    told = [f for f in analysis.findings if f.id != "F0"] + [f for f in analysis.findings if f.id == "F0"]
    return [_finding(f, place, tie, analysis.node_word) for f in told]


def _finding(
    finding: Finding, place: Mapping[str, int], tie: Mapping[tuple[int, int], int], word: str
) -> dict[str, Any]:
    # Who stands where is shown of organisations only: a map does not point at people.
    open_to_all = word == "organisation"
    pairs = [tuple(sorted((place.get(a, -1), place.get(b, -1)))) for a, b in finding.ties] if open_to_all else []
    return {
        "id": finding.id,
        "question": text_of(finding.question),
        "headline": text_of(finding.headline),
        "certainty": finding.certainty,
        "why": text_of(finding.why_certain),
        "step": text_of(finding.next_step),
        "care": text_of(finding.care),
        "nodes": [place[n] for n in finding.nodes if n in place] if open_to_all else [],
        "ties": [tie[p] for p in pairs if p in tie],  # type: ignore[index]
    }


def _proposed(analysis: Analysis, ids: Sequence[str]) -> list[list[Any]]:
    """Return the introductions that findings propose: two nodes and why; of people none, a map does not point at them."""
    if analysis.node_word != "organisation":
        return []
    place = {node: i for i, node in enumerate(ids)}
    steps = [s for f in analysis.findings for s in f.steps if s.pair and s.pair[0] in place and s.pair[1] in place]
    return [
        [place[s.pair[0]], place[s.pair[1]], text_of(f"{s.certainty}: {s.change} {s.why}")] for s in steps if s.pair
    ]


def _left_out(analysis: Analysis) -> list[list[Any]]:
    frame = analysis.suppressed
    columns = [column_of(frame, c, [""] * len(frame)) for c in ("what", "count", "reason")]
    return [[text_of(w), int(c or 0), text_of(r)] for w, c, r in zip(*columns, strict=True)]

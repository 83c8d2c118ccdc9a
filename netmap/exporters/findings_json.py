"""findings.json and manifest.json: the answers and their provenance for programs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .tables import plain

if TYPE_CHECKING:
    from ..analysis import Analysis
    from ..finding import Chance, Finding

__all__ = ["findings_json", "hashes", "manifest_json", "to_json"]


def to_json(value: Any) -> bytes:
    """Return `value` as indented UTF-8 JSON: missing and not-a-number as null, keys in the order given."""
    text = json.dumps(_json(value), ensure_ascii=False, allow_nan=False, indent=1)
    return (text + "\n").encode("utf-8", "replace")


def findings_json(analysis: Analysis) -> bytes:
    """Return every finding and every locked question of an analysis as JSON."""
    manifest = analysis.manifest
    return to_json(
        {
            "netmap": manifest.get("netmap"),
            "seed": manifest.get("seed"),
            "audience": manifest.get("audience"),
            "data": _sorted(analysis.coverage),
            "findings": [_finding(f) for f in analysis.findings],
            "locked": [
                {"id": k.id, "needs": list(k.needs), "question": k.question, "why": k.why} for k in analysis.locked
            ],
        }
    )


def manifest_json(analysis: Analysis, files: Mapping[str, bytes]) -> bytes:
    """Return the manifest of a result: the record of the run, and the SHA-256 of every other file in `files`."""
    record = {key: value for key, value in _sorted(analysis.manifest).items() if key not in ("netmap", "files")}
    return to_json({"netmap": analysis.manifest.get("netmap"), **record, "files": hashes(files)})


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of every file but the manifest itself, by name."""
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files) if name != "manifest.json"}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "question": finding.question,
        "headline": finding.headline,
        "evidence": _sorted(finding.evidence),
        "chance": _chance(finding.chance),
        "certainty": finding.certainty,
        "why_certain": finding.why_certain,
        "next_step": finding.next_step,
        "care": finding.care,
        "table": [dict(row) for row in finding.table],
    }


def _chance(chance: Chance | None) -> dict[str, Any] | None:
    if chance is None:
        return None
    return {
        "null": chance.null,
        "expected": chance.expected,
        "p": chance.p,
        "draws": chance.draws,
        "interval": chance.interval,
    }


def _sorted(value: Any) -> Any:
    """Return mappings with their keys in order, all the way down."""
    if isinstance(value, Mapping):
        return {str(key): _sorted(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, (list, tuple)):
        return [_sorted(part) for part in value]
    return value


def _json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _json(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_json(part) for part in value]
    if isinstance(value, (set, frozenset)):
        return [_json(part) for part in sorted(value, key=str)]
    if type(value).__name__ == "ndarray":
        return [_json(part) for part in value.tolist()]
    value = plain(value)
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return None
    return value

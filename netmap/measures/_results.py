"""The shapes measures return, and the one place where undefined becomes NaN with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..view import View

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Shown", "Undefined", "node_frame", "node_series", "settle", "tie_frame", "tie_series"]

FloatArray = NDArray[np.float64]

Undefined: TypeAlias = "str | Mapping[str, NDArray[np.bool_] | bool] | None"


def settle(values: NDArray[Any], undefined: Undefined = None) -> tuple[NDArray[Any], dict[str, int]]:
    """Return the values with NaN where they are undefined, and how many are for each reason.

    Parameters
    ----------
    values : ndarray
        In canonical order. Whole numbers and truth values stay as they are where all are defined.
    undefined : str, or mapping from reason to mask, optional
        A mask sets NaN where it is true (the first reason that fits counts); a reason alone explains the NaN already
        there.
    """
    counts: dict[str, int] = {}
    masks = undefined if isinstance(undefined, Mapping) else {}
    taken = np.zeros(values.shape, dtype=bool)
    for reason, mask in masks.items():
        here = np.broadcast_to(np.asarray(mask, dtype=bool), values.shape) & ~taken
        if here.any():
            counts[reason] = int(here.sum())
            taken |= here
    if taken.any():
        values = np.where(taken, np.nan, values.astype(np.float64))
    if values.dtype.kind == "f":
        rest = int((np.isnan(values) & ~taken).sum())
        if rest:
            reason = undefined if isinstance(undefined, str) else "not defined"
            counts[reason] = counts.get(reason, 0) + rest
    return values, counts


def node_series(view: View, values: NDArray[Any], name: str, undefined: Undefined = None) -> pd.Series[Any]:
    """Return one value a node as a Series in the order the caller gave the nodes.

    ``.attrs["undefined"]`` says for how many nodes the value is not defined, by reason; it is absent where all are.
    """
    import pandas as pd

    settled, counts = settle(np.asarray(values), undefined)
    series: pd.Series[Any] = pd.Series(settled[view.order], index=view.node_index, name=name)
    if counts:
        series.attrs["undefined"] = counts
    return series


def tie_series(view: View, values: NDArray[Any], name: str, undefined: Undefined = None) -> pd.Series[Any]:
    """Return one value a tie as a Series indexed by (source, target), in canonical order; see `node_series`."""
    import pandas as pd

    settled, counts = settle(np.asarray(values), undefined)
    series: pd.Series[Any] = pd.Series(settled, index=view.tie_index, name=name)
    if counts:
        series.attrs["undefined"] = counts
    return series


def node_frame(view: View, columns: Mapping[str, NDArray[Any]], undefined: Undefined = None) -> pd.DataFrame:
    """Return several values a node as a DataFrame in the caller's order; masks of `undefined` hold for all."""
    return _frame({k: node_series(view, v, k, _for_column(v, undefined)) for k, v in columns.items()}, view.node_index)


def tie_frame(view: View, columns: Mapping[str, NDArray[Any]], undefined: Undefined = None) -> pd.DataFrame:
    """Return several values a tie as a DataFrame indexed by (source, target)."""
    return _frame({k: tie_series(view, v, k, _for_column(v, undefined)) for k, v in columns.items()}, view.tie_index)


def _for_column(values: NDArray[Any], undefined: Undefined) -> Undefined:
    # Truth values and words have no NaN; only numbers can be undefined.
    return undefined if np.asarray(values).dtype.kind == "f" else None


def _frame(columns: Mapping[str, pd.Series[Any]], index: pd.Index[Any]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(dict(columns), index=index)
    counts: dict[str, int] = {}
    for series in columns.values():
        for reason, count in series.attrs.get("undefined", {}).items():
            counts[reason] = max(counts.get(reason, 0), count)
    if counts:
        frame.attrs["undefined"] = counts
    return frame


class Shown:
    """A result of several fields that shows itself briefly: numbers as they are, tables by their size."""

    def __repr__(self) -> str:
        parts = [f"{name}={_brief(value)}" for name, value in self._shown()]
        return f"{type(self).__name__}({', '.join(parts)})"

    def _repr_html_(self) -> str:
        from html import escape

        rows = "".join(
            f"<tr><th>{escape(name.replace('_', ' '))}</th><td>{escape(_brief(value))}</td></tr>"
            for name, value in self._shown()
        )
        return f"<table><caption>{escape(type(self).__name__)}</caption>{rows}</table>"

    def _shown(self) -> list[tuple[str, Any]]:
        return [(f.name, getattr(self, f.name)) for f in fields(self)]  # type: ignore[arg-type]


def _brief(value: Any) -> str:
    if hasattr(value, "columns") and hasattr(value, "index"):
        return f"<{len(value):,} rows x {len(value.columns)} columns>"
    if hasattr(value, "index") and hasattr(value, "dtype"):
        return f"<{len(value):,} values>"
    if isinstance(value, (float, np.floating)):
        return "not defined" if np.isnan(value) else f"{value:.6g}"
    if isinstance(value, tuple) and len(value) > 8:
        return f"<{len(value):,} items>"
    return str(value) if isinstance(value, (int, str, np.integer)) else repr(value)

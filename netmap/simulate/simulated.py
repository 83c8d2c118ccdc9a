"""Simulated: the tables of a made-up network and, beside them, the truth that was planted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import OutputError, UsageError, nearest

if TYPE_CHECKING:
    import pandas as pd

    from ..network import Network

__all__ = ["Simulated"]


@dataclass(frozen=True, eq=False, repr=False)
class Simulated:
    """A made-up network whose truth is known.

    Attributes
    ----------
    tables : mapping of str to DataFrame
        ``organisations, people, partnerships, memberships, networks, values, capabilities, responses, introductions,
        rounds``, with the columns of the data model and cells as they stand in a file.
    truth : DataFrame
        One row a planted fact: ``fact, subject, value, question, meaning``. `question` is the finding that should
        show it.
    settings : mapping
        The arguments it was made with, seed included.

    Examples
    --------
    >>> from netmap.simulate import county
    >>> made = county(organisations=30, networks=4, seed=1)
    >>> made
    Simulated: 30 organisations, 81 partnerships, 4 networks, 2 waves, seed 1
    >>> made.fact("alignment")
    'weak'
    """

    tables: Mapping[str, pd.DataFrame]
    truth: pd.DataFrame
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        parts = [f"{self.settings[key]:,} {key}" for key in ("organisations", "partnerships", "networks", "waves")]
        seen = ", observed" if "observed" in self.settings else ""
        return f"Simulated: {', '.join(parts)}, seed {self.settings['seed']}{seen}"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p><strong>Simulated</strong>: {escape(repr(self).removeprefix('Simulated: '))}</p>"

    def fact(self, name: str) -> str:
        """Return the value of the first planted fact called `name`.

        Raises
        ------
        UsageError
            Where no such fact was planted.
        """
        rows = self.truth[self.truth["fact"] == name]
        if not len(rows):
            close = nearest(name, self.truth["fact"].unique())
            hint = f" Did you mean {' or '.join(close)}?" if close else ""
            raise UsageError(f"No fact called {name!r} was planted.{hint}")
        return str(rows["value"].iloc[0])

    def write(self, folder: str | Path) -> Path:
        """Write one CSV file a table into `folder`, and the truth beside it as ``<folder>-truth.csv``.

        The truth stays out of the folder, so that whoever analyses the folder does not read the answers with it.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        OutputError
            Where the folder cannot be made or written.
        """
        folder = Path(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, frame in self.tables.items():
                frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
            beside = folder.with_name(f"{folder.name}-truth.csv")
            self.truth.to_csv(beside, index=False, lineterminator="\n", encoding="utf-8")
        except OSError as error:
            raise OutputError(f"{folder} could not be written: {error.strerror}.") from error
        return folder

    def network(self) -> Network:
        """Return the network as `netmap.read` would make it from the files `write` makes."""
        import tempfile

        from ..importers import read_tables
        from ..network import Network

        with tempfile.TemporaryDirectory() as place:
            return Network(read_tables([self.write(Path(place) / "county")]), title="county")

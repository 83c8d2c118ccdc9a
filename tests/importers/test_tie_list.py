"""Lists of ties: the plain road and the general one give the same view, and what is wrong is named by line."""

from __future__ import annotations

import numpy as np
import pytest

from netmap import View
from netmap.errors import DataError, UsageError
from netmap.importers.tie_list import read_ties

ROWS = [("b", "a", "2"), ("a", "b", "3.5"), ("c", "c", "1"), ("é", "a", ""), ("d", "b", "0")]


def write(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def same(one: View, two: View) -> bool:
    return (one.ids, one.names, one.loops, one.parallel, one.unknown_strength, one.directed) == (
        two.ids, two.names, two.loops, two.parallel, two.unknown_strength, two.directed,
    ) and all(np.array_equal(getattr(one, f), getattr(two, f)) for f in ("source", "target", "strength", "order"))  # fmt: skip


@pytest.mark.parametrize("directed", [False, True])
def test_both_roads_lead_to_one_view(tmp_path, directed):
    """The same rows as plain text, with semicolons, in another encoding, with spaces and marks: one view."""
    plain = "who,whom,how much\n" + "".join(f"{a},{b},{w}\n" for a, b, w in ROWS)
    expected = View(["b", "a", "c", "é", "d"], [0, 1, 2, 3, 4], [1, 0, 2, 1, 0], [2, 3.5, 1, np.nan, 0], directed=directed)
    assert expected.loops == 1
    assert same(View.from_csv(write(tmp_path / "plain.csv", plain), "who", "whom", "how much", directed=directed), expected)
    assert same(View.from_csv(tmp_path / "plain.csv", 0, 1, 2, directed=directed), expected)
    others = {
        "plain": (plain, "utf-8"),
        "semicolons": (plain.replace(",", ";"), "utf-8"),
        "cp1252": (plain, "cp1252"),
        "utf16": (plain, "utf-16"),
        "spaces": (plain.replace("d,b", "d , b"), "utf-8"),
        "old lines": (plain.replace("\n", "\r"), "utf-8"),
    }
    for name, (text, encoding) in others.items():
        found = read_ties(write(tmp_path / f"{name}.csv", text, encoding), "who", "whom", "how much", directed=directed)
        assert same(found, expected), name
    assert same(read_ties(tmp_path / "cp1252.csv", "who", "whom", "how much", directed=directed, encoding="cp1252"), expected)


def test_strength_is_optional(tmp_path):
    """Without a column of strength each row counts 1, and rows add up; another separator may be named."""
    path = write(tmp_path / "t.tsv", "x\tfrom\tto\n1\ta\tb\n2\tb\ta\n3\ta\tc\n")
    view = View.from_csv(path, "from", "to", delimiter="\t", label="made up")
    assert view.strength.tolist() == [2.0, 1.0]
    assert (view.parallel, view.label) == (1, "made up")


def test_what_is_not_plain_is_named(tmp_path):
    """The line and what is odd about it; the general reader then names every row that cannot be used."""
    path = write(tmp_path / "t.csv", "from,to,w\na,b,1\n,c,2\nd,,x\n")
    with pytest.raises(DataError, match=r"t\.csv, row 3: The line is not plain: a name is empty\. Mend .*read_ties"):
        View.from_csv(path, "from", "to", "w")
    with pytest.raises(DataError) as wrong:
        read_ties(path, "from", "to", "w")
    assert [(p.line, p.column) for p in wrong.value.problems] == [(3, "from"), (4, "to"), (4, "w")]


def test_columns_that_are_not_there(tmp_path):
    """The nearest heading, or all of them, is offered; so it is where a heading stands twice, or there is no file."""
    path = write(tmp_path / "t.csv", "from,to,to\na,b,c\n")
    for road in (View.from_csv, read_ties):
        with pytest.raises(UsageError, match="no column 'form'. Did you mean from"):
            road(path, "form", "to")
        with pytest.raises(UsageError, match="could not be read|no file"):
            road(tmp_path / "other.csv", "from", "to")
    with pytest.raises(UsageError, match="column 'to' more than once"):
        View.from_csv(path, "from", "to")
    with pytest.raises(UsageError, match="no column 3"):
        View.from_csv(path, 0, 3)
    for wrong in ("", ",,", '"', "\n", "é"):
        with pytest.raises(UsageError, match="one ASCII character"):
            View.from_csv(path, 0, 1, delimiter=wrong)


def test_headings_alone(tmp_path):
    """A file without ties is a view without nodes."""
    view = View.from_csv(write(tmp_path / "t.csv", "from,to\n"), "from", "to")
    assert (view.n, view.m) == (0, 0)

"""Nothing is undocumented: every command, option, measure, question and column has its words, and pages are current."""

from __future__ import annotations

import importlib.util
import inspect
import re
from pathlib import Path
from types import ModuleType

import click
import pytest

from netmap.cli import cli
from netmap.cli.explaining import explained, known_words
from netmap.cli.glossary import CERTAINTY, QUESTIONS
from netmap.cli.glossary import TABLES as TOLD
from netmap.finding import CERTAINTY as WORDS
from netmap.measures.catalogue import entries, load

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md")))


def script(name: str) -> ModuleType:
    """A script of the repository as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", list(cli.commands))
def test_every_command_has_help_an_example_and_its_place(name):
    """A command says what it does, shows one to copy, and is named in the README or the docs."""
    command = cli.commands[name]
    assert command.help
    assert f"  netmap {name}" in command.help
    assert not command.get_short_help_str(limit=80).endswith("...")
    assert f"netmap {name}" in README + DOCS


@pytest.mark.parametrize("name", list(cli.commands))
def test_every_option_has_help(name):
    """No option stands without a word on what it does."""
    several = getattr(cli.commands[name], "commands", {"": cli.commands[name]})
    options = [p for command in several.values() for p in command.params if isinstance(p, click.Option)]
    assert options
    assert [p.opts[0] for p in options if not p.help] == []


@pytest.mark.parametrize("name", list(entries()))
def test_every_measure_can_be_explained_and_is_listed(name):
    """A measure has its plain words, reading, range and reference, and stands in the README or the docs."""
    entry = entries()[name]
    assert all([entry.title, entry.plain, entry.reading, entry.range, entry.reference])
    assert [one.name for one in explained(name) if one.sort == "measure"] == [name]
    assert f"`{name}`" in README + DOCS


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_every_question_can_be_explained_and_is_listed(question):
    """A question has its words and stands in the README or the docs; the measures it names exist."""
    assert explained(question.id)[0].sort == "question"
    assert re.search(rf"\b{question.id}\b", README + DOCS)
    assert [name for name in question.measures if name not in entries()] == []
    assert not question.answered or (question.sure and question.care)


def test_questions_are_answered_where_the_words_say_so():
    """The questions called answered are those with a file that answers them, and they ask the same."""
    asked = {}
    for path in sorted((ROOT / "netmap" / "questions").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        named = re.search(r'^ID = "(F\d+)"$', text, re.MULTILINE)
        if named:
            asked[named[1]] = re.search(r'^QUESTION = "(.*)"$', text, re.MULTILINE)[1]
    assert asked == {question.id: question.asks for question in QUESTIONS if question.answered}


def test_every_certainty_word_is_told():
    """The words findings use are the words that are explained."""
    assert tuple(CERTAINTY) == WORDS


def test_every_table_and_column_is_told():
    """Each table has its sentence, and each column a meaning."""
    from netmap.schema import TABLES

    assert sorted(TOLD) == sorted(TABLES)
    for table in TABLES.values():
        for column in table.columns:
            assert column.meaning, f"{table.name}.{column.name}"


def test_every_word_listed_can_be_explained():
    """What `netmap explain` lists, it explains."""
    for words in known_words().values():
        for word in words:
            assert explained(word)


MADE = script("pages").pages()


@pytest.mark.parametrize("place", list(MADE))
def test_made_pages_are_current(place):
    """Pages made from the program say what the program says; python scripts/pages.py writes them anew."""
    assert (ROOT / place).read_text(encoding="utf-8") == MADE[place]


def test_no_page_of_measures_is_left_over():
    """Every file of docs/measures is made, so that a family that was renamed leaves nothing behind."""
    kept = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "measures").rglob("*") if path.is_file()}
    assert kept == {place for place in MADE if place.startswith("docs/measures/")}


@pytest.mark.parametrize("name", list(entries()))
def test_the_page_of_a_measure_has_all_there_is_to_know(name):
    """Reading, caution, formula, every argument with its default, what comes out, an example and the reference."""
    measures = {place: text for place, text in MADE.items() if place.startswith("docs/measures/")}
    [(place, text)] = [(place, text) for place, text in measures.items() if f"\n## {name}\n" in text]
    part = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
    for said in ("**How to read it.**", "**When not.**", "**Definition.**", "**Formula and method.**", "**Returns** ",
                 "```pycon\n>>> from", "**References.**"):
        assert said in part
    takes = set(inspect.signature(load(name)).parameters)
    assert takes == set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]*) \|", part, re.MULTILINE))))
    assert f"({place.removeprefix('docs/')}#{name})" in MADE["docs/measures.md"]


def test_the_readme_begins_with_the_two_commands():
    """The first two command blocks of the README are the one to try netmap and the one to test it."""
    blocks = re.findall(r"^```(?:sh|console)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert [block.strip() for block in blocks[:2]] == ["sh scripts/try.sh", "sh scripts/test.sh"]

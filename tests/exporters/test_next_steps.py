"""What you could do next: at most five small steps, each with whom, why, what and how sure, last in the report."""

from __future__ import annotations

from dataclasses import replace

from netmap.exporters.brief import WIDTH, brief
from netmap.exporters.report import report_html, report_markdown
from netmap.finding import Finding, Step
from tests.exporters.little import little_analysis
from tests.exporters.test_report import HOSTILE, read


def found(number, certainty, hostile="", **more):
    return Finding(
        id=f"F{number}", question=f"Question {number}?", headline=f"Headline {number}.{hostile}", certainty=certainty,
        next_step=f"Do {number}.{hostile}", concerns=f"Those of {number}{hostile}", change=f"Change {number}.{hostile}",
        **more,
    )  # fmt: skip


def meetings(certainty="fragile", count=3):
    steps = tuple(
        Step(f"Introduce {i}.", f"Pair {i}", f"Reason {i}.", f"Nearer {i}.", certainty, "F8", (f"o{i:05d}", "o00005"))
        for i in range(count)
    )
    return Finding(id="F8", question="Who should meet next?", headline="These.", certainty=certainty, steps=steps)


def analysis(*findings):
    return replace(little_analysis(), findings=findings)


def test_at_most_five_the_surest_first_and_one_introduction_among_them():
    words = ("likely", "fragile", "solid", "likely", "fragile", "likely")
    steps = analysis(*(found(n, w) for n, w in enumerate(words, 1)), meetings()).next_steps
    assert [s.finding for s in steps] == ["F3", "F1", "F4", "F6", "F8"]
    assert [s.finding for s in analysis(meetings()).next_steps] == ["F8", "F8"]


def test_what_cannot_be_said_and_what_concerns_nobody_is_no_step():
    quiet = replace(found(2, "solid"), concerns="")
    assert analysis(found(1, "cannot say"), quiet, meetings("cannot say")).next_steps == ()


def test_every_part_of_a_step_is_in_the_report_after_everything_found():
    told = analysis(found(1, "likely"), meetings(count=1))
    page = " ".join("".join(read(report_html(told)).words).split())
    parts = [
        "What was left out on purpose", "What you could do next", "Do 1.", "likely", "Those of 1", "Headline 1.", "Change 1.",
        "Introduce 0.", "Pair 0", "Reason 0.", "Nearer 0.",
    ]  # fmt: skip
    at = page.rindex("What you could do next")
    places = [page.index("What was left out on purpose")] + [page.index(p, at) for p in parts[1:]]
    assert places == sorted(places)
    markdown = report_markdown(told)
    assert markdown.index("## What was left out") < markdown.index("## What you could do next")
    for part in parts[2:]:
        assert part.replace(".", "") in markdown
    short = brief(told)
    assert "What you could do next" in short and "Do 1. (likely, F1)" in short
    assert all(len(line) <= WIDTH for line in short.splitlines())


def test_without_a_step_the_report_says_so():
    told = analysis(found(1, "cannot say"))
    assert "sure enough to rest a step on" in report_html(told)
    assert "sure enough to rest a step on" in report_markdown(told)
    assert "What you could do next" not in brief(told)


def test_words_of_steps_stay_text():
    page = report_html(analysis(found(1, "likely", HOSTILE)))
    assert not {tag for tag, _ in read(page).opened} & {"script", "img"}
    assert "<script" not in report_markdown(analysis(found(1, "likely", HOSTILE)))

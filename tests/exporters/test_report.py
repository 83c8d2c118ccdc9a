"""The report says everything once, in order, and no name in it can do anything."""

import re
from html.parser import HTMLParser

import pytest

from netmap.exporters.brief import WIDTH, brief
from netmap.exporters.report import report_html, report_markdown
from netmap.exporters.still_map import still_map
from tests.exporters.little import little_analysis

HOSTILE = "</script><img src=x onerror=alert(1)>|*[x](javascript:alert(1))"


class Reader(HTMLParser):
    """Every element opened, and the text between them."""

    def __init__(self):
        super().__init__()
        self.opened, self.words = [], []

    def handle_starttag(self, tag, attrs):
        self.opened.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def read(page):
    reader = Reader()
    reader.feed(page)
    return reader


def test_the_report_is_one_offline_page_without_scripts():
    page = report_html(little_analysis())
    reader = read(page)
    tags = {tag for tag, _ in reader.opened}
    assert not tags & {"script", "img", "link", "iframe", "object", "base", "form"}
    assert ("html", {"lang": "en-GB"}) in reader.opened
    assert not re.search(r'(?:src|href)="(?!#|map\.html["#])', page)
    assert 'href="map.html#finding=F1"' in page
    assert "default-src 'none'" in page
    assert not re.search(r"url\(|@import|\x02", page)


def test_what_was_assumed_comes_first_and_every_part_of_a_finding_is_there():
    page = " ".join("".join(read(report_html(little_analysis())).words).split())
    parts = [
        "joined by partnerships", "All answered", "What stands out", "0 of 6 ties are the only path", "Holds in 190 of 200",
        "Ask whether a second contact exists", "A bridge is often a strength", "The map", "What cannot be said yet",
        "organisation.values", "What was left out on purpose", "no consent",
    ]  # fmt: skip
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_names_stay_text():
    reader = read(report_html(little_analysis(hostile=HOSTILE)))
    assert not [tag for tag, _ in reader.opened if tag in ("img", "script")]
    assert not [name for _, attrs in reader.opened for name in attrs if name.startswith("on")]
    assert HOSTILE in "".join(reader.words)


def test_markdown_says_the_same_and_names_stay_text():
    text = report_markdown(little_analysis(hostile=HOSTILE))
    assert "0 of 6 ties are the only path" in text
    assert "<img" not in re.sub(r"\\<", "", text)
    assert not re.search(r"(?<!\\)\]\(", text)
    for line in text.splitlines():
        if line.startswith("| "):
            assert line.endswith(" |")


def test_the_same_analysis_gives_the_same_bytes():
    assert report_html(little_analysis()) == report_html(little_analysis())


def test_an_analysis_of_nothing_has_a_report():
    empty = little_analysis(count=0, findings=(), locked=())
    page = report_html(empty)
    assert "do not answer any question yet" in page
    assert report_markdown(empty)
    assert still_map(empty) == ("", [])


@pytest.mark.parametrize("count", [6, 300])
def test_the_still_map_draws_every_node_once_and_labels_do_not_meet(count):
    svg, legend = still_map(little_analysis(count=count))
    assert svg.count("<circle") == count
    assert sum(number for _, _, number in legend) == count
    boxes = [(float(x), float(y), len(words)) for x, y, words in
             re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>', svg)]  # fmt: skip
    assert boxes
    for i, (x, y, size) in enumerate(boxes):
        for other_x, other_y, other in boxes[i + 1 :]:
            assert abs(y - other_y) >= 12 or abs(x - other_x) >= 3 * (size + other) - 1


def test_the_brief_is_narrow_and_cannot_move_the_cursor():
    text = brief(little_analysis(hostile="\x1b[2J\r\u202e"))
    assert all(len(line) <= WIDTH for line in text.splitlines())
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text)
    assert "solid" in text
    assert text.index("joined by partnerships") < text.index("What stands out")

"""Small pieces of SVG; every text goes through one escape."""

from __future__ import annotations

import re
from html import escape

__all__ = ["BLUE", "GREY_LINE", "INK", "MUTED", "RUST", "cut", "open_svg", "safe", "text"]

INK, MUTED, GREY_LINE, BLUE, RUST = "#1B2430", "#55606E", "#D5DAE1", "#094899", "#B44824"
_UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")


def safe(words: str) -> str:
    """Return text fit for a page: markup characters escaped, characters that show nothing taken out.

    Examples
    --------
    >>> safe("</script><b>")
    '&lt;/script&gt;&lt;b&gt;'
    """
    return escape(_UNSEEN.sub("", words), quote=True)


def cut(words: str, most: int) -> str:
    """Return text cut to a number of characters.

    Examples
    --------
    >>> cut("Countess Wear Community School", 12)
    'Countess Wea…'
    """
    return words if len(words) <= most else words[: max(most, 1)].rstrip() + "…"


def open_svg(width: float, height: float, title: str, described: str, ident: str) -> str:
    """Return the opening of an SVG picture that a screen reader reads by its title and description."""
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="{ident}-t {ident}-d" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="{ident}-t">{safe(title)}</title>'
        f'<desc id="{ident}-d">{safe(described)}</desc>'
    )


def text(
    x: float, y: float, words: str, *, anchor: str = "start", size: float = 13, weight: int = 400, colour: str = INK,
    title: str = "",
) -> str:  # fmt: skip
    """Return a piece of text; `title` is the whole of it where it was cut."""
    whole = f"<title>{safe(title)}</title>" if title and title != words else ""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}" fill="{colour}"{bold}>{whole}{safe(words)}</text>'

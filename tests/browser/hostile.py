"""Sixty names that would do something if anything read them as more than text, and analyses that hold them in every field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from netmap.finding import Finding, Step
from tests.exporters.little import little_analysis

PAYLOADS = [
    "</script><img src=x onerror=hit()>",
    "</script><script>hit()</script>",
    "<script>hit()</script>",
    "<img src=x onerror=hit()>",
    "<svg onload=hit()>",
    "<svg><script>hit()</script></svg>",
    "<svg><animate onbegin=hit() attributeName=x dur=1s>",
    "<iframe src=javascript:hit()>",
    "<iframe srcdoc='<script>parent.hit()</script>'>",
    "<object data=javascript:hit()>",
    "<embed src=javascript:hit()>",
    "<a href=javascript:hit()>x</a>",
    "<body onload=hit()>",
    "<input autofocus onfocus=hit()>",
    "<details open ontoggle=hit()>",
    "<video><source onerror=hit()>",
    "<audio src=x onerror=hit()>",
    "<marquee onstart=hit()>",
    "<style>*{background:url(http://127.0.0.1:9/x)}</style>",
    "<link rel=stylesheet href=http://127.0.0.1:9/x>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/x'>",
    "<base href=http://127.0.0.1:9/>",
    "<form action=http://127.0.0.1:9/><button autofocus>",
    "<math><mtext></math><img src=x onerror=hit()>",
    "<template><img src=x onerror=hit()></template>",
    "<noscript><img src=x onerror=hit()></noscript>",
    "<textarea></textarea><img src=x onerror=hit()>",
    "</textarea><img src=x onerror=hit()>",
    "</title><script>hit()</script>",
    "</style><script>hit()</script>",
    "</table><script>hit()</script>",
    "--><script>hit()</script>",
    "<!--<script>",
    "<!--",
    "]]><script>hit()</script>",
    "<![CDATA[<script>hit()</script>]]>",
    '"><script>hit()</script>',
    "'><script>hit()</script>",
    '" onmouseover="hit()',
    "' onmouseover='hit()",
    "`onmouseover=hit()`",
    '" autofocus onfocus="hit()" x="',
    "javascript:hit()",
    "data:text/html,<script>hit()</script>",
    "'-hit()-'",
    '"-hit()-"',
    "`${hit()}`",
    "${hit()}",
    "{{hit()}}",
    "{{ ''.__class__ }}",
    "{% raw %}",
    "{%",
    "{#",
    "\\u003cscript\\u003ehit()\\u003c/script\\u003e",
    "\\x3cscript\\x3ehit()",
    "&lt;script&gt;hit()&lt;/script&gt;",
    "&#60;script&#62;hit()&#60;/script&#62;",
    "\u2028hit()\u2029",
    '\\";hit();//',
    "__proto__",
    "constructor",
    "<a href=x>href</a>",
    "%3Cscript%3Ehit()%3C/script%3E",
]


def each_in_a_row() -> Any:
    """Every name in each field of a node and of a tie of its own."""
    analysis = little_analysis(len(PAYLOADS))
    nodes = analysis.nodes.assign(
        **{name: [f"{i} {p}" for i, p in enumerate(PAYLOADS)] for name in ("id", "name", "type", "place")},
        sector=PAYLOADS,
        networks=[(p,) for p in PAYLOADS],
        community=[p if i % 2 else "Group" for i, p in enumerate(PAYLOADS)],
    )
    ids = nodes["id"].tolist()
    ties = analysis.ties.assign(
        source=ids, target=[*ids[1:], ids[0]], kinds=[(p, "learning") for p in PAYLOADS], mandate=PAYLOADS
    )
    return little_analysis(nodes=nodes, ties=ties)


def everywhere(hostile: str) -> Any:
    """One text in every field at once: title, sentences, headings, names of networks and groups, reasons, steps."""
    analysis = little_analysis(6, hostile=hostile)
    nodes = analysis.nodes.assign(
        organisation=f"Exeter Trust{hostile}",
        community=[f"{'East' if i < 3 else 'West'}{hostile}" for i in range(6)],
        **{hostile: range(6)},
    )
    networks = analysis.networks.assign(
        network=[f"East{hostile}", f"West{hostile}", f"Schools{hostile}"],
        name=[f"East{hostile}", f"Health{hostile}", f"Schools{hostile}"],
        kind=[f"network{hostile}"] * 3,
    )
    row = {"network": f"Schools{hostile}", "and": f"Health{hostile}", "shared members": 1, "by chance": 1.0}
    between = Finding(
        id="F7",
        question=f"How do networks join?{hostile}",
        headline=f"Through one.{hostile}",
        table=({**row, "ties between": 2, "ties by chance": 2.5, "joined through": f"Organisation 1{hostile}"},),
    )
    pair = (nodes["id"][0], nodes["id"][3])
    step = Step(f"Offer.{hostile}", f"Both{hostile}", f"Because.{hostile}", f"Nearer.{hostile}", "likely", "F8", pair)
    meet = Finding(id="F8", question=f"Who?{hostile}", headline=f"These.{hostile}", certainty="likely", steps=(step,))
    return replace(
        analysis,
        nodes=nodes,
        networks=networks,
        findings=(*analysis.findings, between, meet),
        taken_as=(f"Six organisations.{hostile}",),
        manifest={
            "netmap": f"0.1{hostile}",
            "seed": f"0{hostile}",
            "settings": {"wave": f"2025{hostile}", "waves": [f"2023{hostile}", f"2025{hostile}"]},
        },
        other_waves={f"2023{hostile}": analysis.ties.iloc[1:].assign(kinds=[(f"learning{hostile}",)] * 5)},
        suppressed=pd.DataFrame({"what": [f"people{hostile}"], "count": [3], "reason": [f"no consent{hostile}"]}),
    )

"""The command that proposes who should meet: introduce."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from .console import as_json, say
from .options import Paths, format_option, read_options
from .reading import read_network

if TYPE_CHECKING:
    from ..network import Network
    from ..study import Settings

__all__ = ["introduce"]


@click.command()
@click.argument("path", type=Paths(), metavar="PATH")
@click.option("--top", type=click.IntRange(1, 20), default=5, show_default=True, help="How many introductions.")
@click.option("--veto", "vetoed", nargs=2, multiple=True, metavar="ONE OTHER",
              help="Two who are not to be introduced; shown nowhere. May be repeated.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only ties of this kind. May be repeated.")
@click.option("--wave", metavar="WAVE", help="The wave to look at (default: the latest).")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of all chance.")
@read_options
@format_option("text", "json")
def introduce(
    path: str, top: int, vetoed: tuple[tuple[str, str], ...], kinds: tuple[str, ...], wave: str | None, seed: int,
    form: str, quiet: bool, **reading: Any,
) -> None:  # fmt: skip
    """Say which few organisations should meet, why, and who could introduce them.

    Each pair comes with how many pairs of organisations it would bring nearer, what both value, what one has and the
    other needs, networks it joins that are linked less than expected, who knows both, and how sure this is.

    \b
      netmap introduce data.csv --top 3
      netmap introduce partners/ --veto "Ash Council" "Birch Trust"
    """
    network = read_network((path,), quiet=quiet, **reading)
    if network.shape != "ties":
        raise UsageError("introduce needs ties: who works with whom (two columns are enough: organisation, partner).")
    if network.nodes_are == "people":
        raise UsageError(
            "introduce proposes organisations. People are introduced with their consent, by somebody who asks them; "
            "if the names are organisations, add --nodes organisations."
        )
    say("Looking for pairs that would bring most organisations nearer ...", quiet)
    from ..questions.meeting import CARE
    from ..study import Settings

    steps = _found(network, Settings(seed=seed, kinds=kinds or None, wave=wave), top, vetoed)
    if form == "json":
        click.echo(as_json({"introductions": steps, "care": CARE}))
        return
    if not steps:
        click.echo("Nothing to propose: everybody who may be introduced is in contact already.")
        return
    for number, step in enumerate(steps, 1):
        click.echo(f"{number}. {step['said']}")
    click.echo(f"\n{CARE}")


def _found(network: Network, settings: Settings, top: int, vetoed: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
    from ..evidence.meeting import MOST, meeting
    from ..finding import resolve
    from ..questions.meeting import reasons
    from ..study import Study

    study = Study(network, settings)
    called = dict(zip(study.ids, map(str, study.view.names), strict=True))
    ids = {n.casefold(): i for i, n in called.items()} | {i.casefold(): i for i in study.ids}
    for name in sorted({n for pair in vetoed for n in pair}):
        if name.casefold() not in ids:
            raise UsageError(f"There is no organisation {name!r} to leave out.")
    found = meeting(study, count=top, vetoed=[(ids[a.casefold()], ids[b.casefold()]) for a, b in vetoed])
    if found is None:
        raise UsageError(f"introduce looks at every pair: it takes from 3 to {MOST:,} organisations, not {study.view.n:,}.")
    out = []
    for one in found.chosen:
        why = [resolve(reason, called.__getitem__) for reason in reasons(one, "organisations")]
        certainty = study.certainty(one.steady, has_null=False)
        chance = "" if one.beyond else "; no more than two picked at random would bring"
        sure = f"{certainty}: among the ten best in {one.steady:.0%} of networks as they might be{chance}"
        out.append({
            "first": called[one.first], "second": called[one.second], "nearer": one.nearer, "joined": one.joined,
            "steps_before": _known(one.before), "steps_after": _known(one.after), "alike": _known(one.alike),
            "shared": list(one.shared), "brings": [[called[a], what, called[b]] for a, what, b in one.brings],
            "joins": list(one.joins or ()), "introducers": [called[i] for i in one.introducers], "steady": one.steady,
            "beyond_chance": one.beyond,
            "certainty": certainty, "said": f"{called[one.first]} and {called[one.second]}: {'; '.join(why)} ({sure}).",
        })  # fmt: skip
    return out


def _known(value: float) -> float | None:
    return value if value == value else None

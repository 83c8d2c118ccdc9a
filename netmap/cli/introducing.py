"""The command that proposes who should meet: introduce."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from .console import as_json, say
from .options import Paths, format_option, read_options
from .reading import read_network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..network import Network
    from ..view import View

__all__ = ["introduce"]

CARE = (
    "Offer, do not assign, and ask both first. Nearer is a possibility, not a promise: it cannot know who would get on. "
    "A pair that knows each other already is a tie missing from the data."
)


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

    Each pair comes with how many pairs of organisations it would bring nearer, how alike the two rate values, networks
    it joins that are linked less than expected, who knows both, and how sure this is.

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
    view = network.view(kinds=list(kinds) or None, wave=wave)
    say("Looking for pairs that would bring most organisations nearer ...", quiet)
    steps = _steps(network, view, top, vetoed, wave, seed)
    if form == "json":
        click.echo(as_json({"introductions": steps, "care": CARE}))
        return
    if not steps:
        click.echo("Nothing to propose: everybody who may be introduced is in contact already.")
        return
    for number, step in enumerate(steps, 1):
        click.echo(f"{number}. {step['said']}")
    click.echo(f"\n{CARE}")


def _steps(
    network: Network, view: View, top: int, vetoed: tuple[tuple[str, str], ...], wave: str | None, seed: int
) -> list[dict[str, Any]]:
    from ..chance.perturbation import certainty_word
    from ..chance.steady import steady_introductions
    from ..measures.new_ties import introductions

    organisations = network.organisations
    hidden: list[Any] = list(organisations.loc[~organisations["publish"].fillna(True).astype(bool), "org_id"]) if "publish" in organisations else []
    eligible = sorted({str(i) for i in view.ids} - {str(i) for i in hidden})
    ids = {n.casefold(): i for i, n in zip(view.ids, view.names, strict=True)} | {str(i).casefold(): i for i in view.ids}
    for name in {n for pair in vetoed for n in pair}:
        if name.casefold() not in ids:
            raise UsageError(f"There is no organisation {name!r} to leave out.")
    apart = dict(_apart(network, view, wave, seed))
    degree = view.undirected.csr.indptr[1:] - view.undirected.csr.indptr[:-1]
    most = max(int(degree.max(initial=0)), 1)
    found = introductions(
        view, top, eligible=eligible, vetoed=[(ids[a.casefold()], ids[b.casefold()]) for a, b in vetoed],
        affinity=_alike(network), apart=apart, load={i: d / most for i, d in zip(view.ids, degree.tolist(), strict=True)},
    ).chosen  # fmt: skip
    steady = dict(steady_introductions(view, list(found.index), seed=seed)) if len(found) else {}
    called: dict[Any, str] = dict(zip(view.ids, view.names, strict=True))
    steps = []
    pairs: list[tuple[Any, Any]] = list(found.index)
    for (a, b), row in zip(pairs, found.to_dict("records"), strict=True):
        share = float(steady[a, b])
        known = [called[i] for i in row["introducers"] if str(i) in set(eligible)]
        joins = apart.get((a, b)) or apart.get((b, a))
        step = {
            "first": called[a], "second": called[b], "nearer": int(row["nearer"]),
            "alike": float(row["affinity"]) if row["affinity"] > 0 else None, "joins": list(joins) if joins else [],
            "introducers": known, "steady": share, "certainty": certainty_word(share, has_null=False),
        }
        steps.append({**step, "said": _said(step)})
    return steps


def _alike(network: Network) -> dict[tuple[Any, Any], float] | None:
    """How alike every two organisations rate values, where any are rated."""
    if not len(network.values):
        return None
    from ..measures.similarity import profile_similarity

    table = profile_similarity(network.values)
    ids, cells = [str(i) for i in table.index], table.to_numpy(dtype=float)
    return {(a, b): cells[i, j] for i, a in enumerate(ids) for j, b in enumerate(ids) if i < j and cells[i, j] == cells[i, j]}


def _apart(network: Network, view: View, wave: str | None, seed: int) -> Iterator[tuple[tuple[Any, Any], tuple[str, str]]]:
    """Pairs of organisations whose networks are linked less than chance would have it, with those networks."""
    if not len(network.memberships):
        return
    from ..chance.between import between_networks

    rows = network.current_memberships(wave)[["member", "group"]]
    found = between_networks(view, rows, seed=seed)
    few = found[(found["first"] != found["second"]) & (found["q"] < 0.05) & (found["ratio"] < 1)]
    called = network.group_names()
    members = {g: {str(m) for m in part["member"]} for g, part in rows.groupby("group")}
    for a, b in zip(few["first"], few["second"], strict=True):
        for one in sorted(members[a] - members[b]):
            for other in sorted(members[b] - members[a]):
                yield (one, other), (called.get(a, a), called.get(b, b))


def _said(step: dict[str, Any]) -> str:
    parts = [f"{step['nearer']:,} pairs of organisations would be nearer"]
    if step["alike"] is not None:
        parts.append(f"they rate values {step['alike']:.2f} alike (1: the same)")
    if step["joins"]:
        parts.append(f"it joins {step['joins'][0]} and {step['joins'][1]}, which are linked less than chance would have it")
    known = step["introducers"]
    if not known:
        parts.append("nobody recorded knows both: begin with a common occasion")
    elif len(known) > 3:
        parts.append(f"{', '.join(known[:2])} and {len(known) - 2} more know both and could introduce them")
    else:
        parts.append(f"{' and '.join(known)} {'knows' if len(known) == 1 else 'know'} both and could introduce them")
    sure = f"{step['certainty']}: among the ten best in {step['steady']:.0%} of networks as they might be"
    return f"{step['first']} and {step['second']}: {'; '.join(parts)} ({sure})."

"""Put a made-up county together: draw each part from its own stream, plant the facts and write down the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from .accountability import HARDWIRING, character
from .capabilities import CAPABILITIES, capabilities_of
from .draws import pick, stream
from .introductions import trial
from .names import network_names
from .needs import decisions_of, needs_of
from .networks import Membership, memberships_of
from .organisations import SECTORS, Cast, cast, numbered, text
from .people import people_of
from .planted import (
    note_accountability,
    note_changes,
    note_networks,
    note_sectors,
    note_structure,
    note_values,
)
from .records import nominations, plans, records_of
from .simulated import Simulated
from .structure import MAIN, check, lay_out, tie_up
from .truth import Facts
from .values import ITEMS, ratings
from .waves import earlier_waves

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["county"]

IntArray = NDArray[np.int64]
LATEST_YEAR, YEARS_APART = 2025, 2
JOINED = 0.85
GAP_ITEM = ITEMS.index("thrift")
ANCHOR = "fairness"


def county(
    organisations: int = 150,
    partnerships: int | None = None,
    networks: int = 12,
    waves: int = 2,
    *,
    alignment: str = "weak",
    misalignment: float | None = None,
    cutpoints: int = 1,
    bridges: int = 1,
    alone: int = 0,
    within: float = 0.55,
    sectors: str = "few",
    mandated: float = 0.2,
    hardwired: float = 0.15,
    several_kinds: float = 0.1,
    overlap: float = 0.25,
    turnover: float = 0.2,
    trust_growth: float = 0.4,
    leniency: float = 0.25,
    planted_leniency: float = 1.0,
    both_report: float = 0.6,
    values_coverage: float = 0.9,
    planned: int = 0,
    introduced: float = 1.5,
    people: int | None = None,
    seed: int = 0,
) -> Simulated:
    """Make up a county of organisations that work together, with a truth that is known.

    Parameters
    ----------
    organisations : int, default 150
        From 20 to 100,000 and more.
    partnerships : int, optional
        Pairs tied in the latest wave, exactly; 2.7 for each organisation by default.
    networks : int, default 12
        Named networks with members. Each planted cutpoint and bridge takes one; 0 for none.
    waves : int, default 2
        Years two apart, the last 2025.
    alignment : {"none", "weak", "strong"}
        How far partners resemble each other in their values. With ``none`` values are drawn without regard to ties.
    misalignment : float, optional
        Gap planted between two networks on one item, in points of the 1-5 scale before rounding. 2 by default, and 0
        where `alignment` is ``none``: members of one network are often partners, so a gap between networks makes
        partners alike.
    cutpoints, bridges : int, default 1
        Parts reached only through one organisation, and parts reached only through one tie. Planted in every wave;
        there are no others.
    alone : int, default 0
        Organisations without any tie.
    within : float, default 0.55
        Share of the free ties looked for inside a network.
    sectors : {"few", "chance"}
        Whether ties across sectors are rarer than chance, between private and voluntary bodies most of all.
    mandated, hardwired : float
        Share of pairs that are mandated; share of the chosen ties that are hard-wired.
    several_kinds : float
        Share of pairs with a second kind of tie.
    overlap : float
        Share of members that also join another network.
    turnover : float
        Share of ties that are new in a wave; as many ended before it.
    trust_growth : float
        Points of trust (1-4) for each unit of ln(1 + age in years).
    leniency, planted_leniency : float
        Spread of leniency among raters, and how far the planted lenient and harsh raters go.
    both_report : float
        Share of ties reported by both ends.
    values_coverage : float
        Share of organisations that rated their values.
    planned : int
        Planned ties, which are not part of the current picture.
    introduced : float
        Log-odds by which a tie is likelier after a pair met in a coffee trial of three rounds; 0 for no effect.
    people : int, optional
        How many people; four for every five organisations by default.
    seed : int, default 0
        The same seed gives the same bytes.

    Returns
    -------
    Simulated

    Raises
    ------
    UsageError
        For sizes that cannot hold what is to be planted, saying what could.

    Examples
    --------
    >>> made = county(organisations=40, partnerships=100, networks=5, alignment="none", seed=3)
    >>> made.tables["organisations"].shape[0], made.fact("alignment")
    (40, 'none')

    Notes
    -----
    Each block (the main body, and each part behind a planted bridge or cutpoint) holds a ring through all its
    members, which leaves it without bridges and cutpoints of its own; the only ties between blocks are the planted
    ones. The remaining ties are drawn by activity, half of them inside networks. Values that lean on ties are made
    by averaging each organisation's own draw with its partners' a few times. Cost: O((n + m) log m).
    """
    n = organisations
    _check(n, networks, waves, sectors, cutpoints, bridges, {
        "within": within, "mandated": mandated, "hardwired": hardwired, "several_kinds": several_kinds,
        "overlap": overlap, "turnover": turnover, "both_report": both_report, "values_coverage": values_coverage,
    })  # fmt: skip
    count = round(2.7 * n) if partnerships is None else partnerships
    size = (0.0 if alignment == "none" else 2.0) if misalignment is None else float(misalignment)
    years = tuple(LATEST_YEAR - YEARS_APART * (waves - 1 - w) for w in range(waves))
    who = cast(seed, n)

    rng = stream(seed, "structure")
    plan = lay_out(rng, n, cutpoints, bridges, alone, who.fit)
    joins = memberships_of(stream(seed, "networks"), plan, networks, JOINED, overlap)
    net_ids = numbered("n", networks)
    rank = rng.random(n) + (10.0 * who.kind if sectors == "few" else 0.0)
    home = np.where(joins.home >= 0, joins.home, rng.integers(0, max(1, networks), size=n))
    asked = (who.activity, joins.flat, within, _wanted(sectors), who.kind)
    ties = tie_up(rng, plan, count, home, rank, *asked)
    check(plan, ties)
    history = earlier_waves(stream(seed, "waves"), plan, ties, waves, turnover, *asked)
    low, high = history.keys // n, history.keys % n
    public = who.kind == SECTORS.index("public")
    nature = character(stream(seed, "accountability"), low, high, public, mandated, hardwired, several_kinds)
    rows = records_of(
        seed, who, history, nature, years, growth=trust_growth, leniency=leniency, planted=planted_leniency,
        both=both_report,
    )  # fmt: skip

    rng = stream(seed, "values")
    low, high = low[: history.latest], high[: history.latest]
    gap, gap_pair = _gap(joins, size, net_ids)
    scale = ratings(rng, n, low, high, alignment, gap)
    rated = rng.random(n) < values_coverage
    persons, seated, seats = people_of(
        stream(seed, "people"), who, round(0.8 * n) if people is None else people, joins.member, joins.network
    )
    main = np.flatnonzero(plan.block == MAIN)
    holder = int(main[stream(seed, "capabilities").integers(main.size)])
    star = int(stream(seed, "nominations").permutation(np.flatnonzero(who.fit & ~public))[0])

    facts = Facts()
    note_structure(facts, who, plan)
    note_accountability(facts, history, nature, n)
    note_values(facts, alignment, gap, gap_pair, scale, rated)
    note_sectors(facts, sectors, who, low, high)
    note_networks(facts, who, joins, net_ids)
    facts.note("trust_growth", "all ties", trust_growth, "F3", "Points of trust (1-4) for each unit of ln(1 + years)")
    judge = rows.raters
    for fact, which, by, meaning in (
        ("lenient_rater", judge.lenient, judge.leniency, "Gives everybody this much more trust than others do"),
        ("harsh_rater", judge.harsh, judge.leniency, "Gives everybody this much more (less) trust than others do"),
        ("most_trusted", judge.trusted, judge.standing, "Is given this much more trust by everybody"),
    ):
        facts.note(fact, str(who.ids[which]), float(by[which]), "F3", meaning)
    facts.note(
        "leader", str(who.ids[star]), "most named", "F10", "Two in five of those who name a leader name this one"
    )
    note_changes(facts, history, rows, years)
    facts.note("single_holder", str(who.ids[holder]), CAPABILITIES[0], "F16", "Nobody else has this capability")
    coffees = trial(stream(seed, "introductions"), who, set(zip(low.tolist(), high.tolist(), strict=True)), introduced, seed, facts)

    held = capabilities_of(stream(seed, "capabilities"), who.ids, holder)
    needed = needs_of(stream(seed, "needs"), who.ids, held, rows.frame, holder, facts)
    decided = decisions_of(stream(seed, "decisions"), who.ids, persons, years[-1], facts)

    import pandas as pd

    ties_table = [rows.frame, nominations(seed, who, star, years[-1])]
    if planned:
        ties_table.append(plans(seed, who, history, planned, years[-1]))
    tables = {
        "organisations": who.frame,
        "people": persons,
        "partnerships": pd.concat(ties_table, ignore_index=True),
        "memberships": _membership_table(seed, who, joins, net_ids, persons["person_id"].to_numpy(), seated, seats),
        "networks": _network_table(seed, who, joins, net_ids),
        "values": _values_table(rng, who, scale, rated, years[-1]),
        "capabilities": held,
        "needs": needed,
        "decisions": decided,
        "responses": pd.DataFrame(
            {
                "entity": np.tile(who.ids, waves),
                "wave": np.repeat(np.array([str(year) for year in years], dtype=object), n),
                "invited": "yes",
                "responded": "yes",
            }
        ),
        **coffees,
    }
    settings: dict[str, Any] = {
        "organisations": n, "partnerships": count, "networks": networks, "waves": waves, "alignment": alignment,
        "misalignment": size, "cutpoints": cutpoints, "bridges": bridges, "alone": alone, "within": within,
        "sectors": sectors, "mandated": mandated, "hardwired": hardwired, "several_kinds": several_kinds,
        "overlap": overlap, "turnover": turnover, "trust_growth": trust_growth, "leniency": leniency,
        "planted_leniency": planted_leniency, "both_report": both_report, "values_coverage": values_coverage,
        "planned": planned, "introduced": introduced, "people": len(persons), "seed": seed,
    }  # fmt: skip
    return Simulated(tables, facts.frame(), settings)


def _check(
    n: int, networks: int, waves: int, sectors: str, cutpoints: int, bridges: int, shares: dict[str, float]
) -> None:
    if n < 20:
        raise UsageError(f"A made-up county needs at least 20 organisations, not {n}.")
    if waves < 1:
        raise UsageError(f"At least one wave is needed, not {waves}.")
    if sectors not in ("few", "chance"):
        raise UsageError(f"sectors is few or chance, not {sectors!r}.")
    if 0 < networks <= cutpoints + bridges:
        raise UsageError(
            f"{networks} networks are too few: each of the {cutpoints + bridges} planted cutpoints and bridges takes"
            " one. Ask for more, or for 0."
        )
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise UsageError(f"{name} is a share between 0 and 1, not {share!r}.")


def _wanted(sectors: str) -> NDArray[np.float64]:
    k = len(SECTORS)
    if sectors == "chance":
        return np.ones((k, k))
    chance = np.where(np.eye(k, dtype=bool), 1.0, 0.4)
    a, b = SECTORS.index("private"), SECTORS.index("voluntary")
    chance[a, b] = chance[b, a] = 0.02
    return chance


def _gap(
    joins: Membership, size: float, ids: NDArray[Any]
) -> tuple[tuple[IntArray, IntArray, int, float] | None, tuple[str, str] | None]:
    """Return who is shifted on which item: those at home in the second and third networks of the main body."""
    own = joins.count - len(joins.linked) - len(joins.apart)
    if size == 0 or own < 3:
        return None, None
    a, b = (np.unique(joins.member[joins.network == k]) for k in (1, 2))
    first, second = np.setdiff1d(a, b), np.setdiff1d(b, a)
    return (first, second, GAP_ITEM, size), (str(ids[1]), str(ids[2]))


def _membership_table(
    seed: int, who: Cast, joins: Membership, ids: NDArray[Any], persons: NDArray[Any], seated: IntArray, seats: IntArray
) -> pd.DataFrame:
    import pandas as pd

    rng = stream(seed, "networks")
    chair = np.diff(joins.network, prepend=-1) != 0
    frames = [
        pd.DataFrame(
            {
                "member": who.ids[joins.member],
                "member_type": "organisation",
                "group": ids[joins.network],
                "group_type": "network",
                "role": text(chair.astype(np.int64), ("member", "chair")),
                "active": rng.integers(0, 13, size=joins.member.size),
            }
        ),
        pd.DataFrame(
            {
                "member": persons[seated],
                "member_type": "person",
                "group": ids[seats],
                "group_type": "network",
                "role": "member",
                "active": rng.integers(0, 13, size=seated.size),
            }
        ),
    ]
    table = pd.concat(frames, ignore_index=True)
    return table.sort_values(["group", "member_type", "member"], kind="stable", ignore_index=True)


def _network_table(seed: int, who: Cast, joins: Membership, ids: NDArray[Any]) -> pd.DataFrame:
    import pandas as pd

    k = joins.count
    rng = stream(seed, "names")
    start, members = joins.flat
    mode = pick(rng, (0.4, 0.35, 0.25), k)
    held = rng.random((k, 6)) < np.where(mode == 0, 0.2, 0.7)[:, None]
    return pd.DataFrame(
        {
            "network_id": ids[:k],
            "name": network_names(rng, who.places, k),
            "kind": "network",
            "governance_mode": text(mode, ("participant", "lead_organisation", "administrative_organisation")),
            "lead": np.where(mode == 0, "", who.ids[members[start[:-1]]]) if k else [],
            **{item: text(held[:, i].astype(np.int64), ("no", "yes")) for i, item in enumerate(HARDWIRING)},
            "open_membership": text((rng.random(k) < 0.5).astype(np.int64), ("no", "yes")),
            "framework_box": "capacity_networks",
            "start": (2008 + rng.integers(0, 15, size=k)).astype(str).astype(object),
        }
    )


def _values_table(
    rng: np.random.Generator, who: Cast, scale: IntArray, rated: NDArray[np.bool_], year: int
) -> pd.DataFrame:
    import pandas as pd

    rows = np.flatnonzero(rated)
    q = len(ITEMS)
    anchor = rng.random((rows.size, q)) < np.where(np.array(ITEMS) == ANCHOR, 0.6, 0.08)
    return pd.DataFrame(
        {
            "entity": np.repeat(who.ids[rows], q),
            "item": np.tile(np.array(ITEMS, dtype=object), rows.size),
            "rating": scale[rows].reshape(-1),
            "scale_min": 1,
            "scale_max": 5,
            "anchor": text(anchor.reshape(-1).astype(np.int64), ("no", "yes")),
            "n_raters": np.repeat(rng.integers(1, 13, size=rows.size), q),
            "wave": str(year),
        }
    )

"""Numbers behind F14: a study of the network as it is, beside the network after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..chance.scenario import ScenarioTest
    from ..network import Network
    from ..scenarios import Change
    from ..study import Study

__all__ = ["stepping"]


def stepping(study: Study, after: Network, change: Change) -> ScenarioTest:
    """Compare the view of a study with that of the changed network, under the same settings."""
    from ..chance.scenario import scenario_test
    from ..scenarios import KIND

    settings = study.settings
    kinds = None
    if settings.kinds or change.ties:
        # An added tie counts whatever kinds are looked at, and adds no kind to those.
        asked = [*study.network.check_kinds(settings.kinds), *([KIND] if change.ties else [])]
        kinds = [kind for kind in dict.fromkeys(asked) if kind in after.kinds]
    return scenario_test(
        study.view,
        after.view(kinds or None, settings.wave, confidential=study.confidential),
        dict(change.into),
        change.ties,
        confidence=study.ties["confidence"].to_numpy(dtype=float),
        draws=study.how_many,
        seed=settings.seed,
    )

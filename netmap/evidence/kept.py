"""Every piece of evidence of a study: computed when first asked for, and then kept."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from ..study import Study
    from .alignment import Alignment
    from .backing import Backing
    from .carrying import Carrying
    from .connecting import Connecting
    from .introducing import Introducing
    from .joining import Joining
    from .knowing import Knowing
    from .leading import Leading
    from .mixing import Mixing
    from .scoring import Scoring
    from .spreading import Spreading
    from .trusting import Trusting
    from .valuing import Valuing
    from .wiring import Wiring

__all__ = ["Evidence"]


class Evidence:
    """What a study knows beyond its measures; `Study` is one."""

    @property
    def _study(self) -> Study:
        return cast("Study", self)

    @cached_property
    def backing(self) -> Backing:
        """Numbers behind F2."""
        from .backing import backing

        return backing(self._study)

    @cached_property
    def trusting(self) -> Trusting | None:
        """Numbers behind F3, or None with too few ratings of trust."""
        from .trusting import trusting

        return trusting(self._study)

    @cached_property
    def alignment(self) -> Alignment | None:
        """Numbers behind F4, or None without values."""
        from .alignment import alignment

        return alignment(self._study)

    @cached_property
    def valuing(self) -> Valuing | None:
        """Profiles of values and what they say of pairs and networks, or None without values."""
        from .valuing import valuing

        return valuing(self._study)

    @cached_property
    def scoring(self) -> Scoring | None:
        """Scores of trust and of what partners bring, or None without ratings that may be shown."""
        from .scoring import scoring

        return scoring(self._study)

    @cached_property
    def wiring(self) -> Wiring | None:
        """What is known of the accountability and the intensity of ties, or None where neither is."""
        from .wiring import wiring

        return wiring(self._study)

    @cached_property
    def spreading(self) -> Spreading | None:
        """Numbers behind F5, or None with too few organisations and ties."""
        from .spreading import spreading

        return spreading(self._study)

    @cached_property
    def connecting(self) -> Connecting | None:
        """Numbers behind F13, or None without needs and decisions."""
        from .connecting import connecting

        return connecting(self._study)

    @cached_property
    def mixing(self) -> Mixing | None:
        """Numbers behind F6, or None without sectors."""
        from .mixing import mixing

        return mixing(self._study)

    @cached_property
    def joining(self) -> Joining | None:
        """Numbers behind F7, or None without groups."""
        from .joining import joining

        return joining(self._study)

    @cached_property
    def introducing(self) -> Introducing:
        """Numbers behind F9."""
        from .introducing import introducing

        return introducing(self._study)

    @cached_property
    def leading(self) -> Leading | None:
        """Numbers behind F10, or None with too few nominations."""
        from .leading import leading

        return leading(self._study)

    @cached_property
    def knowing(self) -> Knowing | None:
        """Numbers behind F11, or None where nobody is recorded who knows and who decides."""
        from .knowing import knowing

        return knowing(self._study)

    @cached_property
    def carrying(self) -> Carrying | None:
        """Numbers behind F12, or None with too little activity recorded."""
        from .carrying import carrying

        return carrying(self._study)

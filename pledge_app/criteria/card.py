"""What an office may say about a criterion beside its figure: folded, mostly inherited. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

# Texts that a criterion takes over from the groups above it where it says nothing itself.
TEXTS = (
    "data_source",
    "data_check",
    "data_cutoff",
    "data_limits",
    "legal_basis",
    "applies_to",
    "help_text",
)


@dataclass(frozen=True)
class Card:
    """`nearly_counts`: "cơ bản đạt" counts as "đạt" among counted items. `is_strict`: nhiều hơn,
    dưới; a figure that equals the goal does not reach it. `needs_evidence`: None where the group
    decides. The data card: where the figure comes from, how it is checked, by which day it is
    cut off, what it does not say.
    """

    nearly_counts: bool = True
    is_strict: bool = False
    needs_evidence: bool | None = None
    data_source: str = ""
    data_check: str = ""
    data_cutoff: str = ""
    data_limits: str = ""
    legal_basis: str = ""
    applies_to: str = ""
    help_text: str = ""


FIELDS = ("nearly_counts", "is_strict", "needs_evidence", *TEXTS)


def inherited(cards: Iterable[Card]) -> Card:
    """A criterion's card as it holds: its own first, then those of the groups above, the nearest
    first.
    """
    own, *above = cards
    for card in above:
        if own.needs_evidence is None:
            own = replace(own, needs_evidence=card.needs_evidence)
        blank = {name: getattr(card, name) for name in TEXTS if not getattr(own, name)}
        own = replace(own, **blank)
    return own

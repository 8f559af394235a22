"""What the room registers: criteria sets."""

from __future__ import annotations

from pledge_app.criteria.badges import BADGES
from pledge_app.criteria.trail_sentences import SENTENCES
from pledge_app.criteria.words import card_lines, figure_words, measure_words
from pledge_app.kernel.room import Room

ROOM = Room(
    name="criteria",
    sentences=SENTENCES,
    badges=BADGES,
    filters={"figure": figure_words, "measure": measure_words, "card_lines": card_lines},
)

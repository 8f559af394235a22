"""The folded fields of a criterion as a table words them → its card. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from pledge_app.criteria.card import TEXTS, Card
from pledge_app.criteria.kinds import ValueKind
from pledge_app.criteria.vocabulary import Column, plain_key
from pledge_app.kernel.text import fold

STRICT: dict[bool, tuple[str, ...]] = {
    False: (
        "it nhat",
        "nhieu nhat",
        "toi thieu",
        "toi da",
        "tu",
        "bang muc la dat",
        ">=",
        "<=",
        "≥",
        "≤",
    ),
    True: (
        "nhieu hon",
        "hon",
        "tren",
        "duoi",
        "it hon",
        ">",
        "<",
    ),
}
NEARLY: dict[bool, tuple[str, ...]] = {
    True: (
        "dat, co ban dat",
        "dat va co ban dat",
        "dat hoac co ban dat",
        "ca co ban dat",
    ),
    False: (
        "chi dat",
        "dat",
    ),
}
EVIDENCE: dict[bool, tuple[str, ...]] = {
    True: (
        "bat buoc",
        "co",
        "can",
        "phai co",
        "x",
    ),
    False: (
        "khong bat buoc",
        "khong",
        "khong can",
    ),
}
INHERITED = ("theo nhom",)  # what our own file says where the group decides


def read_card(
    cells: Mapping[Column, str],
    kind: ValueKind,
    heard: list[str],
    notes: list[str],
) -> Card:
    """What is folded away. What is not understood is `heard` and kept in the `notes`. Where nothing
    says so, "cơ bản đạt" is not "đạt".
    """
    said = {
        Column.STRICT: strict_of(cells.get(Column.STRICT, "")),
        Column.NEARLY: nearly_of(cells.get(Column.NEARLY, "")),
        Column.EVIDENCE: evidence_of(cells.get(Column.EVIDENCE, "")),
    }
    for column, value in said.items():
        typed = cells.get(column, "")
        if typed and value is None and plain_key(typed) not in INHERITED:
            heard.append(f"{column}||{typed}")
            notes.append(typed)
    nearly = said[Column.NEARLY]
    if nearly is None and kind is ValueKind.COUNTED_ROWS:
        nearly = "co ban dat" in fold(cells.get(Column.NAME, ""))
        if not nearly:
            heard.append("reached||")
    return Card(
        nearly_counts=nearly is not False,
        is_strict=bool(said[Column.STRICT]),
        needs_evidence=said[Column.EVIDENCE],
        **{name: cells.get(Column(name), "") for name in TEXTS},
    )


def strict_of(cell: str) -> bool | None:
    """Nhiều hơn, dưới → True: equal is not enough; ít nhất → False."""
    plain = plain_key(cell)
    # the words of our own file, which say both ways of a direction at once
    if plain.startswith("bang muc la dat"):
        return False
    if plain.startswith("phai hon muc"):
        return True
    return _yes_no(plain, STRICT)


def nearly_of(cell: str) -> bool | None:
    """Đạt, cơ bản đạt → True."""
    return _yes_no(plain_key(cell), NEARLY)


def evidence_of(cell: str) -> bool | None:
    """Bắt buộc → True."""
    return _yes_no(plain_key(cell), EVIDENCE)


def _yes_no(plain: str, spellings: dict[bool, tuple[str, ...]]) -> bool | None:
    return next((value for value, words in spellings.items() if plain in words), None)

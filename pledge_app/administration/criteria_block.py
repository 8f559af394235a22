"""The table of criteria that was pasted or chosen as a file. Text of before Unicode is asked
about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from flask import request
from flask_babel import gettext as _

from pledge_app.campaigns.pasting import block_too_large
from pledge_app.criteria.block import LARGEST_BLOCK, BlockTooLarge, read_block
from pledge_app.kernel.errors import DomainError
from pledge_app.kernel.old_charsets import Charset, charset_of, in_font, to_unicode
from pledge_app.tables.reading import LONGEST_CELL, read_table

LONGEST_PASTED = 1200  # characters of one cell
MOST_EXAMPLES = 8  # of changed cells, on the page that asks


class OldAnswer(Enum):
    """What was said of text in an old charset."""

    NONE = auto()  # not asked yet
    CONVERT = auto()
    KEEP = auto()


@dataclass(frozen=True)
class OldText:
    """A table in an old charset as two blocks, as it came and as Unicode. `changed`: (before,
    after) of its cells, each text once.
    """

    before: str
    after: str
    changed: list[tuple[str, str]]

    @property
    def examples(self) -> list[tuple[str, str]]:
        """What the page shows."""
        return self.changed[:MOST_EXAMPLES]


def posted_table(answer: OldAnswer = OldAnswer.NONE) -> list[list[str]] | OldText:
    """The table of the file, or the pasted one; an OldText where its charset must be asked about
    first. SheetError; DomainError.
    """
    file = request.files.get("file")
    if file is not None and file.filename:
        return _file_table(file.read())
    block = request.form.get("converted" if answer is OldAnswer.CONVERT else "block", "")
    table = _block_table(block)
    charset = charset_of([block]) if answer is OldAnswer.NONE else None
    if charset is None:
        return table
    after = to_unicode(block, charset)
    return OldText(block, after, _changed(table, _block_table(after)))


def _file_table(data: bytes) -> list[list[str]] | OldText:
    """Its fonts say what is in an old charset; where they say nothing, the texts may."""
    texts: list[tuple[str, str]] = []

    def gather(text: str, font: str) -> str:
        texts.append((text, font))
        return text

    table = read_table(data, gather)
    for number, cells in enumerate(table, 1):
        _check_cells(number, cells, LONGEST_CELL - 1)  # what is longer was cut by the reader
    charset = charset_of(text for text, font in texts if in_font(text, font) == text)
    if not any(_decoded(text, font, charset) != text for text, font in texts):
        return table
    after = read_table(data, lambda text, font: _decoded(text, font, charset))
    changed = _changed(table, after)
    return OldText(_as_block(table), _as_block(after), changed)


def _decoded(text: str, font: str, charset: Charset | None) -> str:
    shown = in_font(text, font)
    return to_unicode(text, charset) if shown == text and charset is not None else shown


def _changed(before: list[list[str]], after: list[list[str]]) -> list[tuple[str, str]]:
    pairs = zip(sum(before, []), sum(after, []), strict=False)
    return list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))


def _as_block(table: Sequence[Sequence[str]]) -> str:
    """As Excel copies it: a cell that begins with a quote is quoted."""
    return "\n".join("\t".join(map(_as_cell, row)) for row in table)


def _as_cell(text: str) -> str:
    if not text.startswith('"'):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _block_table(block: str) -> list[list[str]]:
    if len(block) > LARGEST_BLOCK:
        raise DomainError(_("Phần dán quá lớn. Hãy chia thành nhiều lần hoặc chọn tệp .xlsx."))
    for number, text in enumerate(block.split("\n"), 1):
        _check_cells(number, text.split("\t"), LONGEST_PASTED)
    try:
        return read_block(block, LONGEST_PASTED)
    except BlockTooLarge as problem:
        raise DomainError(block_too_large()) from problem


def _check_cells(number: int, cells: Sequence[str], most: int) -> None:
    """No cell of a row is longer than is read: nothing is cut off in silence."""
    if any(len(cell) > most for cell in cells):
        raise DomainError(
            _(
                "Dòng %(n)s có ô dài quá %(most)s ký tự. Hãy rút ngắn rồi dán lại.",
                n=number,
                most=most,
            )
        )

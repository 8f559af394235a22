"""Tab-separated text as Excel copies it, read into cells. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pledge_app.kernel.text import admit, clean_line

LARGEST_BLOCK = 400_000  # characters; 200 criteria × 13 communes with long names need a tenth of it
LONGEST_CELL = 300  # no name and no figure is longer; cut before it is normalised
# Of a block; blank ones count.
MOST_ROWS = 2000
MOST_COLUMNS = 200
MOST_CELLS = 60_000

_END_OF_CELL = re.compile("[\t\n]")


class BlockTooLarge(ValueError):
    """A block has more rows, columns or cells than is read: MOST_ROWS, MOST_COLUMNS, MOST_CELLS."""


def read_block(block: str, longest: int = LONGEST_CELL) -> list[list[str]]:
    """Tab-separated text as Excel copies it → cells in one line each of at most `longest`
    characters, a rectangle.

    Quoted cells may hold line breaks and tabs, "" inside quotes is a quote; NBSP is a space; empty
    columns and rows at the end are left out. A quote that does not close right before a tab or a
    line's end is an ordinary character. Raises TextProblem for a block or a cell that is not looked
    at, BlockTooLarge before a rectangle is made.
    """
    text = admit(block, LARGEST_BLOCK)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\0", "")
    rows = [_stripped(row, longest) for row in _rows(text)]
    width = _trimmed(rows)
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS or len(rows) * width > MOST_CELLS:
        raise BlockTooLarge
    rows = [list(map(clean_line, row[:width])) for row in rows]
    width = _trimmed(rows)  # a cell may hold nothing but what cannot be seen
    return [_padded(row, width) for row in rows]


def _stripped(row: Sequence[str], longest: int) -> list[str]:
    return [cell[:longest].strip() for cell in row]


def _padded(row: list[str], width: int) -> list[str]:
    """The row, cut or filled up to `width` cells."""
    missing = width - len(row)
    return row[:width] + [""] * missing


def _trimmed(rows: list[list[str]]) -> int:
    """Take away the empty rows at the end; how many columns are filled."""
    while rows and not any(rows[-1]):
        rows.pop()
    return max(map(last_filled, rows), default=0)


def last_filled(row: Sequence[str]) -> int:
    """How many cells of a row count: up to the last one that holds something."""
    return max((number for number, cell in enumerate(row, start=1) if cell), default=0)


def _rows(text: str) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    at = 0
    may_be_quoted = True
    while at <= len(text):
        cell = None
        if may_be_quoted and text[at : at + 1] == '"':
            cell, end = _quoted(text, at + 1)
            may_be_quoted = end <= len(text)  # one that never closes: quotes are ordinary from here
        if cell is None:
            separator = _END_OF_CELL.search(text, at)
            end = separator.start() if separator else len(text)
            cell = text[at:end]
        rows[-1].append(cell)
        if text[end : end + 1] == "\n":
            rows.append([])
        at = end + 1
    return rows


def _quoted(text: str, at: int) -> tuple[str | None, int]:
    """(what stands between the quotes, the place behind them). None where they close inside a
    cell, or never: then the place lies past the end.
    """
    parts: list[str] = []
    while True:
        quote = text.find('"', at)
        if quote < 0:
            return None, len(text) + 1
        parts.append(text[at:quote])
        at = quote + 2
        if text[quote + 1 : at] != '"':
            ends_cell = text[quote + 1 : at] in ("", "\t", "\n")
            cell = '"'.join(parts) if ends_cell else None
            return cell, quote + 1

"""How wide a heading is on paper, so that it is broken into lines before it is laid out.

A rule of a third to half of the text's length needs the text's own length: a box into which text is
wrapped is as wide as the page allows, not as wide as its longest line.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise

from PIL import ImageFont

from pledge_app.papers.printing.assets import FONT_DIRECTORY
from pledge_app.papers.vietnamese import one_name

POINTS_PER_MM = 72 / 25.4
NO_BREAK = "\u00a0"
KINDS = re.compile(
    r"\b(?:(?:CỤM|KHỐI|VÙNG) THI ĐUA|ỦY BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|BAN THƯỜNG TRỰC|ỦY BAN "
    r"MTTQ|MẶT TRẬN|VIỆT NAM|(?:TỔNG )?CÔNG TY(?: (?:TNHH|CỔ PHẦN))?|CHI NHÁNH|NGÂN HÀNG|LIÊN "
    r"ĐOÀN|CÔNG ĐOÀN|ĐIỆN LỰC|KHO BẠC|BẢO HIỂM)\b"
)
"""What a body is stays on one line."""
PLURAL = re.compile(r"\bCÁC (?=(?:XÃ|PHƯỜNG|ĐƠN VỊ|HUYỆN|TỈNH|THÔN|XÓM)\b)")
SCALE = 64
"""The face is measured large, for exactness to a hundredth of a point."""


def in_lines(heading: str, width: float, size: float) -> str:
    """A bold heading broken with "\\n" into lines of at most `width` millimetres at `size`
    points.

    Lines already broken stay; a unit's name stays together; a single word that is too long stays
    alone.
    """
    limit = width * POINTS_PER_MM / size * SCALE
    return "\n".join(_wrapped(line, limit) for line in one_name(heading).split("\n"))


def balanced(heading: str, width: float, size: float) -> str:
    """As `in_lines` in as few lines, but of lengths as equal as can be: no word is left alone on
    a line.
    """
    limit = width * POINTS_PER_MM / size * SCALE
    return "\n".join(_balanced(line, limit) for line in _glued(heading).split("\n"))


def width_mm(text: str, size: float) -> float:
    """Millimetres of a bold text on one line at `size` points."""
    return _bold_face().getlength(text) / SCALE * size / POINTS_PER_MM


def _glued(heading: str) -> str:
    """A unit's name stays on one line, with CÁC before it; so does the kind of a cluster."""
    kept = KINDS.sub(lambda found: found.group().replace(" ", NO_BREAK), one_name(heading))
    return PLURAL.sub(f"CÁC{NO_BREAK}", kept)


def _balanced(line: str, limit: float) -> str:
    words = line.split(" ")
    fewest = _wrapped(line, limit).count("\n") + 1
    return "\n".join(_most_even(words, fewest, limit))


def _most_even(words: list[str], lines: int, limit: float) -> list[str]:
    return min(_splits(words, lines), key=lambda parts: _unevenness(parts, limit))


def _unevenness(lines: Sequence[str], limit: float) -> tuple[bool, float]:
    """What fits comes first; then the lines whose lengths, squared, are the least together."""
    lengths = [_bold_face().getlength(line) for line in lines]
    return max(lengths) > limit, sum(length**2 for length in lengths)


def _splits(words: list[str], lines: int) -> Iterator[list[str]]:
    """Every way to share the words among so many lines, none empty."""
    for places in combinations(range(1, len(words)), lines - 1):
        edges = [0, *places, len(words)]
        yield [" ".join(words[start:end]) for start, end in pairwise(edges)]


def _wrapped(line: str, limit: float) -> str:
    lines: list[str] = []
    for word in line.split(" "):
        if lines and _bold_face().getlength(f"{lines[-1]} {word}") <= limit:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines)


@cache
def _bold_face() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_DIRECTORY / "LiberationSerif-Bold.ttf"), SCALE)

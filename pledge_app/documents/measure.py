"""How wide a heading is on paper, so that it is broken into lines before it is laid out.

A rule of a third to half of the text's length needs the text's own length: a box into which text is wrapped is as wide
as the page allows, not as wide as its longest line.
"""

from functools import cache

from PIL import ImageFont

from pledge_app.documents.assets import FONT_DIRECTORY
from pledge_app.documents.vietnamese import one_name

POINTS_PER_MM = 72 / 25.4
SCALE = 64
"""The face is measured large, for exactness to a hundredth of a point."""


def in_lines(heading: str, width: float, size: float) -> str:
    """A bold heading broken with "\\n" into lines of at most `width` millimetres at `size` points.

    Lines already broken stay; a unit's name stays together; a single word that is too long stays alone.
    """
    limit = width * POINTS_PER_MM / size * SCALE
    return "\n".join(_wrapped(line, limit) for line in one_name(heading).split("\n"))


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

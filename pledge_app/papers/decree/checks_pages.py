"""How the pages are filled: what no decree forbids and every office sends back."""

from collections.abc import Iterator

from pledge_app.papers.decree.checks_body import AUTHORITY, Body
from pledge_app.papers.decree.checks_closing import CODE
from pledge_app.papers.decree.components import BOTTOM_MM, MM, TOP_MM, Finding
from pledge_app.papers.decree.reading import Line, Sheet

LEAST_FILLED = 1 / 3
"""Of the height between the margins: emptier pages invite additions above the signatures."""
PAGE = "Bố trí trang"


def check_pages(body: Body) -> Iterator[Finding]:
    """Pages of a paper of two pages or more that are nearly empty, or hold one block only."""
    if len(body.sheets) < 2:
        return
    for number, sheet in body.sheets.items():
        lines = [line for line in body.lines if line.page == number]
        if number == 1 or not lines:
            continue
        yield from _alone(body, number, lines)
        if not _reaches_down(sheet, lines):
            yield Finding(PAGE, "empty", number, "chưa kín một phần ba trang")


def _reaches_down(sheet: Sheet, lines: list[Line]) -> bool:
    lowest = min(
        [line.y for line in lines] + [shape.y0 for shape in sheet.drawn if shape.y0 > 1],
    )
    top, bottom = sheet.height - TOP_MM[0] * MM, BOTTOM_MM[0] * MM
    return top - lowest >= LEAST_FILLED * (top - bottom)


def _alone(body: Body, number: int, lines: list[Line]) -> Iterator[Finding]:
    closing = [line for line in body.closing if line.page == number]
    if len(closing) < len(lines):
        return
    offices = [line for line in closing if line.bold and AUTHORITY.match(line.text)]
    if lines[0].text.startswith("Nơi nhận") and not offices:
        yield Finding(PAGE, "recipients", number, "cả trang chỉ có Nơi nhận")
        return
    blocks = {round(line.middle / 40) for line in offices}
    others = [line for line in closing if line.light and not CODE.match(line.text)]
    if len(blocks) == 1 and not others:
        yield Finding(PAGE, "block", number, "cả trang chỉ có một khối chữ ký")

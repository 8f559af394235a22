"""Changes of a faultless paper's HTML and style sheet, from which faults are made."""

import re
from collections.abc import Callable

STYLE = "font-size: 15.5pt; font-weight: 400; font-style: italic"
ALL_STYLE = "size bold italic"
Change = Callable[[str, str], tuple[str, str]]


def style(old: str, new: str) -> Change:
    def change(html: str, css: str) -> tuple[str, str]:
        assert old in css
        return html, css.replace(old, new)

    return change


def more(rule: str) -> Change:
    return lambda html, css: (html, css + rule)


def text(old: str, new: str) -> Change:
    """A space of `old` is also one that does not break a line."""
    found = re.compile(re.escape(old).replace("\\ ", "[ \u00a0]"))

    def change(html: str, css: str) -> tuple[str, str]:
        assert found.search(html)
        return found.sub(lambda _found: new, html), css

    return change


def opening(block: str) -> Change:
    """A block more, before the first heading."""

    def change(html: str, css: str) -> tuple[str, str]:
        return html.replace("<h2>", block + "<h2>", 1), css

    return change


def line(css: str, words: str) -> str:
    return f'<p style="{css}">{words}</p>'

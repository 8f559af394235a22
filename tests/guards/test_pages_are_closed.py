"""Templates and static files: nothing inline (the security policy forbids it), nothing from
elsewhere, nothing that Chrome 109 does not know, and no text that escapes escaping.
"""

from __future__ import annotations

import re

import pytest

from tests.guards.sources import ROOT, files, lines_with, text_of

PAPERS = ROOT / "templates" / "papers"
PAGES = [path for path in files("templates", ".html") if not path.is_relative_to(PAPERS)]
OWN = [path for path in files("static", ".css", ".js") if "vendor" not in path.parts]
CSS = [path for path in OWN if path.suffix == ".css"]
JS = [path for path in OWN if path.suffix == ".js"]

# file → why its Markup or |safe cannot carry what a user typed
ESCAPING_ALLOWED: dict[str, str] = {
    "pledge_app/papers/printing/assets.py": "our own pictures",
    "pledge_app/papers/printing/paper.py": "our own QR",
    "pledge_app/home/guides.py": "our own guides, HTML in them refused",
    "pledge_app/charts/svg.py": "SVG built from numbers and escaped names",
}


def test_nothing_is_inline() -> None:
    inline = r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)"
    assert not lines_with(inline, PAGES, ignore_case=True)


def test_nothing_comes_from_elsewhere() -> None:
    elsewhere = (
        r"(?:src|srcset|action|formaction|poster|data)\s*=\s*[\"'](?:https?:)?//"
        r"|<link[^>]+href\s*=\s*[\"'](?:https?:)?//|url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//"
        r"|\b(?:fetch|importScripts|import)\(\s*[\"'`](?:https?:)?//"
    )
    assert not lines_with(
        elsewhere, [*files("templates"), *files("static", ".css", ".js", ".svg", ".html")]
    )


def test_what_users_typed_is_always_escaped() -> None:
    paths = [
        path
        for path in [*files("templates"), *files("pledge_app", ".py")]
        if str(path.relative_to(ROOT)) not in ESCAPING_ALLOWED
    ]
    assert not lines_with(
        r"\|\s*safe\b|\bMarkup\((?![\"']{2}\))|autoescape\s+false|autoescape\s*=\s*False", paths
    )


# What Chrome 109 does not know, with the release that brought it.
TOO_NEW_IN_CSS = {
    "nesting (112/120)": r"^\s+&|^\s*&[\s:.\[>+~]",
    "@scope (118)": r"@scope\b",
    "@starting-style (117)": r"@starting-style\b",
    "view transitions (111)": r"view-transition|@view-transition",
    "color-mix (111)": r"color-mix\(",
    "oklch, oklab, lab, lch (111)": r"\b(?:ok)?(?:lch|lab)\(",
    "relative colours (119)": r"\b(?:rgb|hsl)a?\(\s*from\b",
    "light-dark (123)": r"light-dark\(",
    "popover (114)": r":popover-open",
    "anchor positioning (125)": r"anchor-name|position-anchor|\banchor\(",
    "scroll-driven animation (115)": r"animation-timeline|scroll-timeline|view-timeline",
    "text-wrap balance, pretty (114, 117)": r"text-wrap\s*:",
    "field-sizing (123)": r"field-sizing",
    "interpolate-size (129)": r"interpolate-size|calc-size\(",
    ":user-invalid (119)": r":user-(?:in)?valid",
    "subgrid (117)": r"\bsubgrid\b",
    "scripting queries (120)": r"\(scripting\b",
    "round, rem, mod (125)": r"\b(?:round|mod|rem)\(",
    "sin, cos (111)": r"\b(?:sin|cos|tan|atan2)\(",
    "lh units (109 is the first, rlh 111)": r"\d(?:rlh)\b",
    "font-variant-emoji, reading-flow": r"font-variant-emoji|reading-flow",
}
TOO_NEW_IN_JS = {
    "toSorted, toReversed, toSpliced (110)": r"\.(?:toSorted|toReversed|toSpliced)\(",
    "Object.groupBy, Map.groupBy (117)": r"\.groupBy\(",
    "Promise.withResolvers, try (119, 128)": r"Promise\.(?:withResolvers|try)\(",
    "Array.fromAsync (121)": r"Array\.fromAsync",
    "Set methods (122)": r"\.(?:symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(",
    "iterator helpers (122)": (
        r"\.(?:values|keys|entries)\(\)"
        r"\.(?:map|filter|take|drop|toArray|some|find)\("
    ),
    "Temporal": r"\bTemporal\.",
    "URL.canParse (120)": r"URL\.(?:canParse|parse)\(",
    "popover (114)": r"\b(?:show|hide|toggle)Popover\(|\bpopover(?:Target)?\b\s*=",
    "view transitions (111)": r"startViewTransition",
    "AbortSignal.any (116)": r"AbortSignal\.any\(",
    "ArrayBuffer.transfer (114)": r"\.transferToFixedLength\(",
    "isWellFormed (111)": r"\.(?:isWellFormed|toWellFormed)\(",
    "import attributes (123)": r"\bwith\s*\{\s*type\s*:",
    "scheduler.yield (129)": r"scheduler\.yield",
    "Uint8Array.fromBase64, toHex (140)": r"\.(?:toHex|fromHex|toBase64|fromBase64)\(",
    "requestClose, closedby (134)": r"requestClose\(|closedBy",
    "moveBefore (133)": r"\.moveBefore\(",
}
TOO_NEW_IN_HTML = (
    r"\spopover(?:target)?\b|\sclosedby=|<search\b|<selectedcontent\b|\scommandfor="
    r"|<details[^>]*\sname="
)


@pytest.mark.parametrize("feature", TOO_NEW_IN_CSS)
def test_styles_work_in_chrome_109(feature: str) -> None:
    assert not lines_with(TOO_NEW_IN_CSS[feature], CSS)


@pytest.mark.parametrize("feature", TOO_NEW_IN_JS)
def test_scripts_work_in_chrome_109(feature: str) -> None:
    assert not lines_with(TOO_NEW_IN_JS[feature], JS)


def test_pages_work_in_chrome_109() -> None:
    assert not lines_with(TOO_NEW_IN_HTML, PAGES)


def test_fonts_of_the_styles_are_there() -> None:
    missing = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in CSS
        for name in re.findall(r"url\(\s*[\"']?([^\"')#?]+)", text_of(path))
        if not name.startswith("data:") and not (path.parent / name).resolve().is_file()
    ]
    assert not missing

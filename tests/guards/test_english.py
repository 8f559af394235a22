"""The English catalogue is complete: every string of the screens, with the same places to fill.
Papers stay Vietnamese.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import chain

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from pledge_app.web.language import CATALOGUES
from tests.guards.sources import ROOT, files

PLACES = re.compile(r"%\(\w+\)[sd]|%%")
ONLY_VIETNAMESE = re.compile(
    r"[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE
)
COMMENTS = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)  # of a script
# Words of the field that English keeps: they stand beside their explanation.
KEPT = re.compile(
    r"[Ff]or example:? .*|chào mừng|vùng Quang "
    r"Đông|“[^”]*”|\"[^\"]*\"|\([^)]*\)|[0-9/]+[-A-ZĐ]+|Vào vai|xã Hải Quang|Vùng Quang "
    r"Đông|Tiếng Việt|DỰ THẢO"
)


@cache
def catalogue() -> Catalog:
    with (CATALOGUES / "en/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="en")


@cache
def asked() -> frozenset[str]:
    """Every string that the sources ask to be translated."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    methods = [(row["pattern"], row["method"]) for row in settings["tool"]["babel"]["mappings"]]
    keywords = {"_": None, "gettext": None, "_l": None, "lazy_gettext": None, "N_": None}
    return frozenset(
        str(found[2])
        for folder in ("pledge_app", "templates")
        for found in extract_from_dir(
            ROOT / folder,
            [
                (pattern.removeprefix(f"{folder}/"), method)
                for pattern, method in methods
                if pattern.startswith(folder)
            ],
            keywords=keywords,
            directory_filter=lambda _path: True,
        )
    )


def test_every_string_has_its_english() -> None:
    known = {
        message.id for message in catalogue() if message.id and message.string and not message.fuzzy
    }
    assert sorted(asked() - known) == [], (
        "run `make messages`, then translate what is empty in messages.po"
    )


def test_no_english_is_left_over() -> None:
    assert sorted({str(message.id) for message in catalogue() if message.id} - asked()) == [], (
        "run `make messages`"
    )


def test_the_places_to_fill_are_the_same() -> None:
    wrong = [
        message.id
        for message in catalogue()
        if message.id
        and sorted(PLACES.findall(str(message.id))) != sorted(PLACES.findall(str(message.string)))
    ]
    assert wrong == []


def test_the_english_is_english() -> None:
    left = [
        message.string
        for message in catalogue()
        if message.id and ONLY_VIETNAMESE.search(KEPT.sub("", str(message.string)))
    ]
    assert left == []


@pytest.mark.parametrize(
    "path", files("templates", ".html"), ids=lambda path: str(path.relative_to(ROOT))
)
def test_papers_are_not_translated(path) -> None:
    if path.is_relative_to(ROOT / "templates" / "papers"):
        assert not re.search(r"\b_\(|\{% trans", path.read_text(encoding="utf-8"))


def test_scripts_hold_no_words_of_the_screens() -> None:
    """What a script says comes with the page, where it is translated."""
    scripts = [*files("static/js", ".js"), *files("static/js", ".mjs")]
    assert len(scripts) > 10
    speaking = [
        str(path.relative_to(ROOT))
        for path in scripts
        if ONLY_VIETNAMESE.search(COMMENTS.sub("", path.read_text(encoding="utf-8")))
    ]
    assert speaking == []


def test_the_sources_are_in_the_extraction() -> None:
    assert len(asked()) > 1000
    assert not [text for text in chain(asked()) if not text.strip()]

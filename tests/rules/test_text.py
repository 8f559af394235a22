"""Vietnamese text: cleaning, searching, equality, order."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledge_app.kernel.text import (
    clean_line,
    clean_text,
    fold,
    like_pattern,
    nfc,
    same_name_key,
    sort_key,
)

VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
LETTERS = "".join(dict.fromkeys(nfc(VOWELS) + "đ"))
ALL_134 = [c for c in LETTERS if c not in "aeiouy"]
ALL_134 = ALL_134 + [c.upper() for c in ALL_134]
words = st.text(
    alphabet=st.sampled_from(LETTERS + LETTERS.upper() + "bcghklmnpqrstvx 019-,."), max_size=24
)


def test_there_are_134_letters_with_marks() -> None:
    assert len(set(ALL_134)) == 134


@pytest.mark.parametrize("letter", ALL_134)
def test_every_letter_is_kept_cleaned_folded_and_sorted(letter: str) -> None:
    nfd = unicodedata.normalize("NFD", letter)
    assert clean_line(nfd) == letter == clean_text(nfd)
    assert fold(letter) == fold(nfd)
    assert len(fold(letter)) == 1
    assert fold(letter) in "adeiouy"
    assert same_name_key(letter) == same_name_key(nfd) == same_name_key(letter.swapcase())
    assert sort_key(letter) == sort_key(nfd)


def test_letters_stand_in_the_order_of_the_dictionary() -> None:
    assert sorted(LETTERS, key=sort_key) == sorted(LETTERS, key=LETTERS_IN_ORDER.index)


LETTERS_IN_ORDER = "aàảãáạăằẳẵắặâầẩẫấậđeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"


@pytest.mark.parametrize(
    "names",
    [
        ["Xóm 1", "Xóm 2", "Xóm 10", "Xóm 10A", "Xóm 11"],
        ["Đội 2", "Xóm Đông", "Xóm Đồng", "Xóm Đông 2"],
        ["Hà Nội", "Hai Bình", "Hải Đông", "Hải Lý", "Hải Quang", "Hải Tây", "Haiti"],
        ["Dũng", "Đăng", "Đặng", "Em"],
        ["ma", "Ma", "mà", "mả", "mã", "má", "mạ", "mai"],
        ["a", "á", "ab"],
        ["Tiêu chí 1.2", "Tiêu chí 1.10", "Tiêu chí 2"],
    ],
)
def test_names_are_sorted_as_a_clerk_would(names: list[str]) -> None:
    assert sorted(sorted(names, key=fold, reverse=True), key=sort_key) == names


@given(words, words)
def test_a_sort_key_agrees_with_any_plain_collation(a: str, b: str) -> None:
    assert set(sort_key(a) + sort_key(b)) <= set("0123456789abcdef")
    if sort_key(a) == sort_key(b):
        assert fold(a).replace("0", "") == fold(b).replace("0", "")


@given(st.text(max_size=40))
def test_cleaning_twice_changes_nothing_more(s: str) -> None:
    for clean in (clean_line, clean_text, fold):
        assert clean(clean(s)) == clean(s)
    clean_line(s).encode("utf-8")
    assert "\n" not in clean_line(s)
    assert isinstance(sort_key(s), str)


@given(words)
def test_search_finds_a_name_however_it_is_typed(s: str) -> None:
    assert fold(s) == fold(s.upper()) == fold(unicodedata.normalize("NFD", s))
    assert same_name_key(s) == same_name_key(unicodedata.normalize("NFD", s.upper()))


def test_the_place_of_the_tone_does_not_matter() -> None:
    assert fold("HÒA") == fold("HOÀ") == "hoa"
    assert same_name_key("Xã HÒA Bình") == same_name_key("xã Hoà  bình")
    assert same_name_key("Qúy") == same_name_key("Quý")
    assert same_name_key("thuỷ") == same_name_key("Thủy")
    assert same_name_key("Hải Lý") != same_name_key("Hải Ly")
    assert same_name_key("Đông") != same_name_key("Dông")
    assert fold("Đông") == "dong"


def test_what_cannot_be_seen_is_removed() -> None:
    assert clean_line("Hải\u202e\u200b Qu\u00adang\x00\ufeff") == "Hải Quang"
    assert clean_line("  a\u00a0\t b\r\nc ") == "a b c"
    assert clean_text("một \r\n\r\n\r\n\r\n hai\u2028ba\x07 ") == "một\n\nhai\nba"
    assert clean_line("a\ud800b") == "ab"
    assert clean_line("e\u200d\u0302\u0301") == "ế"
    assert fold("chuyển – đổi “số” m²") == 'chuyen - doi "so" m2'


def _is_like(name: str, pattern: str) -> bool:
    """LIKE as SQLite reads it, blind to the case of ASCII letters."""
    signs = {"%": ".*", "_": "."}
    wanted = "".join(signs.get(c, c) for c in pattern)
    return re.fullmatch(wanted, name, re.DOTALL | re.ASCII | re.IGNORECASE) is not None


@given(name=words, ends=st.tuples(st.integers(0, 24), st.integers(0, 24)))
def test_what_the_database_is_asked_for_holds_every_name_with_the_text(name, ends):
    part = fold(name)[slice(*sorted(ends))]
    assert _is_like(clean_line(name), like_pattern(part))


@pytest.mark.parametrize("asked", ["HẢI QUANG", "hai quang", "quang"])
def test_names_that_cannot_hold_the_text_are_left_out_by_the_database(asked):
    assert _is_like("UBND xã Hải Quang", like_pattern(asked))
    assert not _is_like("UBND xã Hải Phong", like_pattern(asked))

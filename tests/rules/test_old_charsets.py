"""TCVN3 and VNI: every letter, and when a text is certainly written so."""

from __future__ import annotations

import pytest

from pledge_app.kernel.old_charsets import (
    TABLES,
    Charset,
    charset_of,
    charset_of_font,
    in_font,
    is_syllable,
    to_unicode,
)

SMALL = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
# As Word shows a text in .VnTime and in VNI-Times when its font is gone.
SAMPLES = {
    Charset.TCVN3: ("Tû lÖ hé nghÌo gi¶m, ®\xadêng th«n ®\xad\xeec bª t«ng hãa", "ThÞ trÊn"),
    Charset.VNI: ("Tyû leä hoä ngheøo giaûm, ñöôøng thoân ñöôïc beâ toâng hoùa", "Thò traán"),
}
READ = ("Tỷ lệ hộ nghèo giảm, đường thôn được bê tông hóa", "Thị trấn")


def old(text: str, charset: Charset) -> str:
    """The text as the charset writes it."""
    letters = {new: sign for sign, new in reversed(list(TABLES[charset].items()))}
    return "".join(letters.get(letter, letter) for letter in text)


@pytest.mark.parametrize("charset", list(Charset))
def test_every_small_letter_comes_back(charset):
    for letter in SMALL:
        assert to_unicode(old(letter, charset), charset) == letter


def test_vni_has_every_capital_and_tcvn3_those_without_a_tone():
    for letter in SMALL.upper():
        assert to_unicode(old(letter, Charset.VNI), Charset.VNI) == letter
    for letter in "ĂÂÊÔƠƯĐ":
        assert to_unicode(old(letter, Charset.TCVN3), Charset.TCVN3) == letter


def test_a_capital_with_a_small_sign_is_a_capital():
    assert to_unicode("Aùo, AÙO", Charset.VNI) == "Áo, ÁO"


@pytest.mark.parametrize("charset", list(Charset))
def test_real_text_is_known_for_certain_and_read(charset):
    typed = SAMPLES[charset]
    assert charset_of(typed) == charset
    assert tuple(to_unicode(text, charset) for text in typed) == READ


@pytest.mark.parametrize(
    "texts",
    [
        READ,
        ("Hòa, Hà, Hè, Nhì, Cò, Là",),  # Unicode without one letter beyond Latin-1
        ("Tû lÖ",),  # too little
        ("Thu nhap", "1.234,5", ""),
        ("Élève à l'école française, naïve, garçon, Noël",),
        (*SAMPLES[Charset.TCVN3], "Số"),  # Unicode stands beside it
        (*SAMPLES[Charset.TCVN3], *SAMPLES[Charset.VNI]),
    ],
)
def test_nothing_is_guessed(texts):
    assert charset_of(texts) is None


def test_a_font_names_its_charset():
    assert charset_of_font(".VnTime") is Charset.TCVN3
    assert charset_of_font("VNI-Times") is Charset.VNI
    assert charset_of_font("Times New Roman") is None


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("NhiÖm vô", ".VnTime", "Nhiệm vụ"),
        ("nhiÖm vô", ".VnTimeH", "NHIỆM VỤ"),
        ("Nhieäm vuï", "VNI-Times", "Nhiệm vụ"),
        ("Nhiệm vụ", ".VnTime", "Nhiệm vụ"),
        ("Hà", "Arial", "Hà"),
    ],
)
def test_a_cell_is_read_by_its_font(text, font, expected):
    assert in_font(text, font) == expected


@pytest.mark.parametrize("word", ["quốc", "nghiệp", "giếng", "khuya", "ƯỚC", "gì", "huỷ", "y"])
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["quồc", "ngb", "stra", "àá", "b", "lÖ"])
def test_no_syllables(word):
    assert not is_syllable(word)

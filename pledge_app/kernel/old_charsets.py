"""Text in the fonts of before Unicode: TCVN3 (ABC, fonts .Vn…) and VNI (fonts VNI-…), as such a
font leaves it in a table: letters of Latin-1 that mean others. Pure.

No library on PyPI that is kept up reads both. The tables: TCVN 5712:1993, character set VN3, the
lower-case letters and the seven capitals that it has, as glibc's TCVN5712-1 maps them; VNI for
Windows as vietunicode.sourceforge.net/charset lists it: a letter and the sign of its mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from pledge_app.kernel.text import nfc


class Charset(StrEnum):
    """Which one; as people call it."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"


ACUTE = "\u0301"
GRAVE = "\u0300"
HOOK = "\u0309"
TILDE = "\u0303"
DOT = "\u0323"
CIRCUMFLEX = "\u0302"
BREVE = "\u0306"
TONES = (ACUTE, GRAVE, HOOK, TILDE, DOT)
TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
VNI_LETTERS = {
    "ñ": "đ",
    "ô": "ơ",
    "ö": "ư",
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
}
# The sign behind a letter, by the letters that it stands behind.
VNI_MARKS = {
    "aeouyôö": dict(zip("ùøûõï", TONES, strict=True)),
    "aeo": {
        "â": CIRCUMFLEX,
        **dict(zip("áàåãä", (CIRCUMFLEX + tone for tone in TONES), strict=True)),
    },
    "a": {"ê": BREVE, **dict(zip("éèúüë", (BREVE + tone for tone in TONES), strict=True))},
}
FEWEST_WORDS = 3  # different ones; fewer say nothing for certain
SURE_SHARE = 0.95  # of the words that are then Vietnamese; a name of elsewhere may stand among them
DOUBTED_SHARE = 0.5  # as it is typed, less than this is

_WORD = re.compile("[A-Za-z\xa1-\xff]+")
_STOPS = ("c", "ch", "p", "t")
_SYLLABLE = re.compile(
    "(?:qu|ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|[bcdđghklmnprstvx])?"
    "(?:uyê|uya|uyu|uây|oai|oay|oeo|uôi|ươi|ươu|iêu|yêu|oao|"
    "iê|yê|ia|ya|ua|uô|ưa|ươ|oa|oă|oe|oo|uâ|uê|uơ|uy|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|"
    "[aăâeêioôơuưy])"
    "(?P<end>ch|ng|nh|[cmnpt])?"
)


# Each vowel with a tone → the vowel without it, the tone.
_TONED = {nfc(bare + tone): (bare, tone) for bare in "aăâeêioôơuưy" for tone in TONES}


def _vni() -> dict[str, str]:
    table: dict[str, str] = {}
    for old, new in VNI_LETTERS.items():
        table |= {old: new, old.upper(): new.upper()}
    for letters, marks in VNI_MARKS.items():
        for letter in letters:
            base = VNI_LETTERS.get(letter, letter)
            for sign, mark in marks.items():
                new = nfc(base + mark)
                capital = new.upper()
                table[letter + sign] = new
                table[letter.upper() + sign.upper()] = capital
                table[letter.upper() + sign] = capital
    return table


VNI = _vni()
TABLES: Mapping[Charset, Mapping[str, str]] = {Charset.TCVN3: TCVN3, Charset.VNI: VNI}
_PARTS = {
    charset: re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    for charset, table in TABLES.items()
}


def to_unicode(text: str, charset: Charset) -> str:
    """What does not belong to the charset stays as it is."""
    table = TABLES[charset]
    return _PARTS[charset].sub(lambda part: table[part.group()], text)


def charset_of_font(name: str) -> Charset | None:
    """.VnTime → TCVN3, VNI-Times → VNI; None for a font of Unicode."""
    folded = name.casefold()
    if folded.startswith(".vn"):
        return Charset.TCVN3
    return Charset.VNI if folded.startswith("vni-") else None


def in_font(text: str, name: str) -> str:
    """The text of a cell in a font as it is read on paper: .VnTimeH shows capitals only. A text
    that has letters of Unicode already is none of the font's.
    """
    charset = charset_of_font(name)
    if charset is None or any(letter.isalpha() and ord(letter) > 0xFF for letter in text):
        return text
    shown = to_unicode(text, charset)
    has_capitals = charset is Charset.TCVN3 and name.casefold().endswith("h")
    return shown.upper() if has_capitals else shown


def charset_of(texts: Iterable[str]) -> Charset | None:
    """The charset that texts without a font are written in; None where that is not certain.

    Certain is: no letter of Unicode Vietnamese stands among them, the words with signs make no
    Vietnamese as they are typed, and nearly all are syllables when one charset is read, not when
    the other is.
    """
    words: set[str] = set()
    for text in texts:
        if any(letter.isalpha() and ord(letter) > 0xFF for letter in text):
            return None
        words.update(word for word in _WORD.findall(text) if not word.isascii())
    if len(words) < FEWEST_WORDS or _share(words) >= DOUBTED_SHARE:
        return None
    sure = [
        charset
        for charset in Charset
        if _share({to_unicode(word, charset) for word in words}) >= SURE_SHARE
    ]
    return sure[0] if len(sure) == 1 else None


def _share(words: set[str]) -> float:
    return sum(map(is_syllable, words)) / len(words)


def is_syllable(word: str) -> bool:
    """Whether Vietnamese could write it: its letters, one tone, none but sắc and nặng before a
    stop.
    """
    letters = [_TONED.get(letter, (letter, "")) for letter in word.lower()]
    tones = [tone for _bare, tone in letters if tone]
    parts = _SYLLABLE.fullmatch("".join(bare for bare, _tone in letters))
    if parts is None or len(tones) > 1:
        return False
    return parts["end"] not in _STOPS or not tones or tones[0] in (ACUTE, DOT)

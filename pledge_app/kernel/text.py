"""Vietnamese text: cleaning what was typed, search keys, name equality, sorting.

`vn-text` and `vn-collate` were judged and left out: vn-collate sorts a space after every letter
("Haiti" before "Hải Anh"), knows no natural numbers and rates all other signs alike; vn-text's fold
keeps NBSP, full-width forms and typographic dashes apart.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_LINE, LONGEST_TEXT = 300, 8_000
"""Characters of one field, from the form to the paper: a line, and several lines (two printed pages)."""

_KEPT_CONTROLS = {"\n", "\t"}
_DROPPED_CATEGORIES = {"Cc", "Cf", "Cs"}  # controls, bidi/zero-width/soft hyphen, lone surrogates
_NEWLINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_INLINE_SPACES = re.compile(r"[^\S\n]+")

_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng
_LETTER_MARKS = {"\u0302", "\u0306", "\u031b"}  # mũ, trăng, móc: these make other letters
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_WEIGHT = {letter: weight for weight, letter in enumerate(_ALPHABET, start=0x40)}
_SPACE, _SIGN, _NUMBER, _FOREIGN = "10", "20", "30", "f0"  # first bytes: space < sign < number < letters
_LIKE = str.maketrans({"đ": "d", "ð": "d", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-",
                       "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})


def nfc(s: str) -> str:
    """The one stored spelling of a text."""
    return unicodedata.normalize("NFC", s)


def _visible(s: str) -> str:
    """Without control, bidi-override, zero-width and broken characters; one kind of line break."""
    s = _NEWLINES.sub("\n", s)
    return "".join(c for c in s if c in _KEPT_CONTROLS or (
        unicodedata.category(c) not in _DROPPED_CATEGORIES
        and ord(c) & 0xFFFE != 0xFFFE))  # U+FFFE and its like are in no XML


def clean_line(s: str) -> str:
    """One line: visible characters, every run of white space a single space, NFC."""
    return nfc(_SPACES.sub(" ", _visible(s)).strip())


def clean_text(s: str) -> str:
    """Several lines: as `clean_line` for each, at most one empty line between paragraphs."""
    lines = (line.strip() for line in _INLINE_SPACES.sub(" ", _visible(s)).split("\n"))
    return nfc(re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip())


def fold(s: str) -> str:
    """The search key: no diacritics, đ = d, no case, one kind of dash and quote; "HÒA" = "HOÀ" = "hoa"."""
    key = _visible(s)
    for _ in range(4):  # a few signs need a second round (İ, ligatures); four reach the end for all
        plain = unicodedata.normalize("NFKD", key).casefold()
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain)
                        if unicodedata.category(c) not in ("Mn", "Cf"))
        plain = plain.translate(_LIKE)
        if plain == key:
            break
        key = plain
    return _SPACES.sub(" ", key).strip()


def same_name_key(s: str) -> str:
    """Equal for two spellings of one name: "HÒA" and "HOÀ", "Quý" and "Qúy". Diacritics count.

    The tone is moved to the end of its syllable, so that its place no longer matters.
    """
    letters = unicodedata.normalize("NFD", clean_line(s).casefold())
    out: list[str] = []
    tones = ""
    for c in letters + " ":
        if c in _TONES:
            tones += c
        else:
            if not c.isalpha() and not unicodedata.combining(c):
                out.append(tones)
                tones = ""
            out.append(c)
    return nfc("".join(out)[:-1])


def _number_weight(digits: str) -> str:
    """Numbers compare by value: length of the significant digits first ("2" before "10")."""
    digits = digits.lstrip("0") or "0"
    size = min(len(digits), 0xFFFF)
    return f"{_NUMBER}{size:04x}{digits}"


def sort_key(s: str) -> str:
    """A text whose plain order is the Vietnamese dictionary's, numbers by value.

    Letters first, then tones (ngang huyền hỏi ngã sắc nặng), then small before capital, over the whole
    text. Made of 0-9 and a-f only, so a database's own collation cannot disagree with binary order.
    """
    primary: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    for cluster in re.findall(r"[0-9]+|[^\u0300-\u036f0-9][\u0300-\u036f]*",
                              unicodedata.normalize("NFD", clean_line(s))):
        if cluster[0] in "0123456789":
            primary.append(_number_weight(cluster))
            tones.append("0")
            cases.append("0")
            continue
        letter = nfc(cluster[0] + "".join(m for m in cluster[1:] if m in _LETTER_MARKS)).lower()
        primary.append(_letter_weight(letter))
        tones.append(str(max((_TONES.get(m, 0) for m in cluster[1:]), default=0)))
        cases.append("1" if cluster[0].isupper() else "0")
    return "".join([*primary, "00", *tones, "00", *cases])


def _letter_weight(letter: str) -> str:
    if letter == " ":
        return _SPACE
    if letter in _LETTER_WEIGHT:
        return f"{_LETTER_WEIGHT[letter]:02x}"
    point = "".join(f"{ord(c):06x}" for c in letter)
    return f"{_FOREIGN if letter[0].isalpha() else _SIGN}{point}"

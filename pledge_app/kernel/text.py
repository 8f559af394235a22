"""Vietnamese text: cleaning what was typed, search keys, name equality, sorting.

`vn-text` and `vn-collate` were judged and left out: vn-collate sorts a space after every letter
("Haiti" before "Hải Anh"), knows no natural numbers and rates all other signs alike; vn-text's fold
keeps NBSP, full-width forms and typographic dashes apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST_LINE, LONGEST_TEXT = 300, 8_000
"""Characters of one field, from the form to the paper: a line, and several lines (two printed
pages).
"""

LONGEST = 20_000  # characters; for texts that no field of a form limits further
PARTS = 3  # a letter typed as its parts is up to three characters: e, mũ, sắc
MOST_MARKS = 10  # in a row; no script of the world needs more than a few
_KANA_MARKS = {0xFF9E, 0xFF9F}

_KEPT_CONTROLS = {"\n", "\t"}
_DROPPED_CATEGORIES = {"Cc", "Cf", "Cs"}  # controls, bidi/zero-width/soft hyphen, lone surrogates
_NEWLINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_NEVER_MARKED = frozenset("bcfghjklmnpqrstvwxz")  # no Vietnamese letter folds to one of these
_INLINE_SPACES = re.compile(r"[^\S\n]+")

_TONES = {
    "\u0300": 1,
    "\u0309": 2,
    "\u0303": 3,
    "\u0301": 4,
    "\u0323": 5,
}  # huyền hỏi ngã sắc nặng
_LETTER_MARKS = {"\u0302", "\u0306", "\u031b"}  # mũ, trăng, móc: these make other letters
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_WEIGHT = {letter: weight for weight, letter in enumerate(_ALPHABET, start=0x40)}
_SPACE, _SIGN, _NUMBER, _FOREIGN = (
    "10",
    "20",
    "30",
    "f0",
)  # first bytes: space < sign < number < letters
_LIKE = str.maketrans(
    {
        "đ": "d",
        "ð": "d",
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
    }
)


class TextProblem(ValueError):
    """Why a text is not looked at any further: `reason` is "long" or "marks", `limit` how many
    there may be.
    """

    def __init__(self, reason: str, limit: int) -> None:
        super().__init__(f"{reason}: more than {limit}")
        self.reason = reason
        self.limit = limit


def _ranges(points: Iterable[int]) -> str:
    """Code points as they stand in a class of an expression."""
    runs: list[list[int]] = []
    for point in points:
        if runs and point == runs[-1][1] + 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in runs)


def _a_stack() -> re.Pattern[str]:
    """More than MOST_MARKS marks in a row: the categories Mn, Mc, Me and two kana signs that
    become marks.
    """
    points = [*range(0x80, 0x20000), *range(0xE0100, 0xE01F0)]  # a test looks for others
    marks = (
        point
        for point in points
        if unicodedata.category(chr(point))[0] == "M" or point in _KANA_MARKS
    )
    return re.compile(f"[{_ranges(marks)}]{{{MOST_MARKS + 1},}}")


_STACK = _a_stack()


def admit(s: str, longest: int = LONGEST) -> str:
    """`s` itself, once its length was asked and it was looked through: the door before
    everything else.

    Putting marks into order takes the square of their number and holds the whole process meanwhile.
    Raises TextProblem.
    """
    if len(s) > longest * PARTS:
        raise TextProblem("long", longest)
    if not s.isascii() and _STACK.search(s):
        raise TextProblem("marks", MOST_MARKS)
    return s


def nfc(s: str) -> str:
    """The one stored spelling of a text. Raises TextProblem for marks, never for its length."""
    return unicodedata.normalize("NFC", admit(s, len(s)))


def _visible(s: str, longest: int = LONGEST) -> str:
    """Without control, bidi-override, zero-width and broken characters; one kind of line break.
    Raises TextProblem, also for marks that such characters kept apart.
    """
    s = _NEWLINES.sub("\n", admit(s, longest))
    return admit(
        "".join(
            c
            for c in s
            if c in _KEPT_CONTROLS
            or (unicodedata.category(c) not in _DROPPED_CATEGORIES and ord(c) & 0xFFFE != 0xFFFE)
        ),
        longest,
    )  # U+FFFE and its like are in no XML


def clean_line(s: str, longest: int = LONGEST) -> str:
    """One line: visible characters, every run of white space a single space, NFC. Raises
    TextProblem.
    """
    return _fits(
        unicodedata.normalize("NFC", _SPACES.sub(" ", _visible(s, longest)).strip()),
        longest,
    )


def clean_text(s: str, longest: int = LONGEST) -> str:
    """Several lines: as `clean_line` for each, at most one empty line between paragraphs. Raises
    TextProblem.
    """
    lines = (line.strip() for line in _INLINE_SPACES.sub(" ", _visible(s, longest)).split("\n"))
    return _fits(
        unicodedata.normalize("NFC", re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()),
        longest,
    )


def _fits(cleaned: str, longest: int) -> str:
    if len(admit(cleaned, longest)) > longest:
        raise TextProblem("long", longest)
    return cleaned


def fold(s: str) -> str:
    """The search key: no diacritics, đ = d, no case, one kind of dash and quote; "HÒA" = "HOÀ" =
    "hoa".
    """
    key = _visible(s)
    for _ in range(4):  # a few signs need a second round (İ, ligatures); four reach the end for all
        plain = unicodedata.normalize("NFKD", key).casefold()
        plain = "".join(
            c
            for c in unicodedata.normalize("NFKD", plain)
            if unicodedata.category(c) not in ("Mn", "Cf")
        )
        plain = plain.translate(_LIKE)
        if plain == key:
            break
        key = plain
    return _SPACES.sub(" ", key).strip()


def like_pattern(s: str) -> str:
    """What SQL's LIKE, blind to the case of a-z, finds of every name whose key holds the key of
    `s`; it finds a few more, so the keys are compared after it.

    Every sign that may be written in several ways stands for any sign. For names in Vietnamese
    letters: a ligature, one sign that folds to two letters, is not found.
    """
    signs = (c if c in _NEVER_MARKED else "_" for c in fold(s))
    return f"%{''.join(signs)}%"


def same_name_key(s: str) -> str:
    """Equal for two spellings of one name: "HÒA" and "HOÀ", "Quý" and "Qúy". Diacritics count.

    The tone is moved to the end of its word, so that its place no longer matters. A key to compare,
    in no normal form.
    """
    letters = unicodedata.normalize("NFD", clean_line(s).casefold())
    out: list[str] = []
    tones = ""
    for c in letters + " ":
        if c in _TONES:
            tones += c
        else:
            if not c.isalpha() and not unicodedata.combining(c):
                out.append("".join(sorted(tones)))
                tones = ""
            out.append(c)
    return "".join(out)[:-1]


def _number_weight(digits: str) -> str:
    """Numbers compare by value: length of the significant digits first ("2" before "10")."""
    digits = digits.lstrip("0") or "0"
    size = min(len(digits), 0xFFFF)
    return f"{_NUMBER}{size:04x}{digits}"


def sort_key(s: str) -> str:
    """A text whose plain order is the Vietnamese dictionary's, numbers by value.

    Letters first, then tones (ngang huyền hỏi ngã sắc nặng), then small before capital, over the
    whole text. Made of 0-9 and a-f only, so a database's own collation cannot disagree with binary
    order.
    """
    primary: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    for cluster in re.findall(
        r"[0-9]+|[^\u0300-\u036f0-9][\u0300-\u036f]*",
        unicodedata.normalize("NFD", clean_line(s)),
    ):
        if cluster[0] in "0123456789":
            primary.append(_number_weight(cluster))
            tones.append("0")
            cases.append("0")
            continue
        letter = nfc(cluster[0] + "".join(m for m in cluster[1:] if m in _LETTER_MARKS)).lower()
        primary.append(_letter_weight(letter))
        tones.append(str(max((_TONES.get(m, 0) for m in cluster[1:]), default=0)))
        cases.append("1" if cluster[0].isupper() else "0")
    return "".join(
        [
            *primary,
            "00",
            *tones,
            "00",
            *cases,
        ]
    )


def _letter_weight(letter: str) -> str:
    if letter == " ":
        return _SPACE
    if letter in _LETTER_WEIGHT:
        return f"{_LETTER_WEIGHT[letter]:02x}"
    point = "".join(f"{ord(c):06x}" for c in letter)
    return f"{_FOREIGN if letter[0].isalpha() else _SIGN}{point}"

"""How a paper writes numbers, dates and lists in Vietnamese. Pure functions on text."""

import re
from datetime import date, datetime

from pledge_app.kernel import roman as numerals

DECIMAL = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ROMAN = [numerals.roman(number) for number in range(11)]


def figure(text: str) -> str:
    """ "1234.5" → "1.234,5"; anything that is no plain decimal is printed as it is."""
    match = DECIMAL.fullmatch(text)
    if match is None:
        return text
    sign, whole, part = match.groups()
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{part}" if part else f"{sign}{grouped}"


def leading_zero(number: str) -> str:
    """A paper's number below 10 gets a zero before it (NĐ 30, Phụ lục I, box 3)."""
    return f"0{number}" if len(number) == 1 and number.isdigit() else number


def day_number(day: str) -> str:
    """Days below 10 get a zero before them (box 4)."""
    return f"0{int(day)}" if day and int(day) < 10 else day


def month_number(month: str) -> str:
    """Months 1 and 2 get a zero before them, 3 to 9 do not (box 4)."""
    if not month:
        return month
    return f"0{int(month)}" if int(month) < 3 else str(int(month))


def short_date(text: str) -> str:
    """ "2023-02-10" → "10/02/2023"; text that is no date ("Quý I") stays."""
    return date.fromisoformat(text).strftime("%d/%m/%Y") if ISO_DATE.fullmatch(text) else text


def long_date(text: str) -> str:
    """ "2023-02-10T08:00" → "10 tháng 02 năm 2023", with the zeros of box 4; room for ink when
    "".
    """
    if not text:
        return "….. tháng ….. năm ….."
    moment = datetime.fromisoformat(text)
    return (
        f"{day_number(str(moment.day))} tháng {month_number(str(moment.month))} năm {moment.year}"
    )


CITED_DAY = re.compile(r"ngày ([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})")


def cited_days(text: str) -> list[date]:
    """The days that a text names in words; one that no calendar has is left out."""
    found = []
    for day, month, year in CITED_DAY.findall(text):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:  # 31/02: its form is judged elsewhere
            continue
    return found


def clock(text: str) -> str:
    """ "2023-02-10T08:00" → "08 giờ 00 phút"; room for ink when ""."""
    if not text:
        return "….. giờ ….. phút"
    return datetime.fromisoformat(text).strftime("%H giờ %M phút")


def roman(number: int) -> str:
    """1 to 10 as Roman numerals."""
    return ROMAN[number]


def full_stop(text: str) -> str:
    """A sentence with its end, unless the author gave it one."""
    return text if not text or text[-1] in ".;:!?…" else f"{text}."


UNIT_NAME = re.compile(
    r"\b(?:XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU|HUYỆN|QUẬN|THỊ XÃ|THÀNH PHỐ|TỈNH|THÔN|XÓM|ẤP|BẢN|BUÔN)"
    r"(?: [^\s,]+){1,4}"
)


def one_name(heading: str) -> str:
    """ "ỦY BAN NHÂN DÂN XÃ HẢI TÂY" breaks before XÃ at the earliest: a unit's name stays on one
    line.
    """
    return UNIT_NAME.sub(lambda found: found.group().replace(" ", "\u00a0"), heading)


def unit_apart(heading: str) -> str:
    """ "ỦY BAN NHÂN DÂN XÃ HẢI TÂY": XÃ HẢI TÂY on a line of its own."""
    return re.sub(
        r" (?=\S*\u00a0)",
        "\n",
        one_name(heading),
        count=1,
    )


def unsaid(phrases: list[str], said: str) -> list[str]:
    """The anniversaries that a text does not tell; "kỷ niệm" and "mừng" may stand once before
    several of them.
    """
    told = said.lower()
    return [
        phrase
        for phrase in phrases
        if re.sub(r"^(chào mừng|kỷ niệm|mừng) ", "", phrase.lower()) not in told
    ]


FILTERS = {
    each.__name__: each
    for each in (
        figure,
        leading_zero,
        day_number,
        month_number,
        short_date,
        long_date,
        clock,
        roman,
        full_stop,
        one_name,
        unit_apart,
        unsaid,
    )
}

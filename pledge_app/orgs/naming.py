"""What the name of an office says: its unit, the unit's level, the kind of body. Only proposed."""

from __future__ import annotations

import re

from pledge_app.kernel.text import clean_line, fold
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import BodyKind

# "thành phố" is a province or stands below one: nothing is proposed for it
_UNIT = re.compile(
    r"\b(tỉnh|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(\S.*)$",
    re.IGNORECASE,
)
_LEVELS = {
    "tỉnh": UnitLevel.PROVINCE,
    "huyện": UnitLevel.DISTRICT,
    "quận": UnitLevel.DISTRICT,
    "thị xã": UnitLevel.DISTRICT,
    "xã": UnitLevel.COMMUNE,
    "phường": UnitLevel.COMMUNE,
    "thị trấn": UnitLevel.COMMUNE,
    "đặc khu": UnitLevel.COMMUNE,
}
_KINDS = (
    (("uy ban nhan dan", "ubnd"), BodyKind.UBND),
    (("hoi dong thi dua",), BodyKind.EMULATION_COUNCIL),
    (("hoi dong nhan dan", "hdnd"), BodyKind.COUNCIL),
    (("dang uy", "huyen uy", "tinh uy", "thanh uy", "quan uy"), BodyKind.PARTY),
    (("uy ban mat tran", "ban thuong truc", "mat tran", "ubmttq"), BodyKind.MTTQ),
    (("cong ty", "tong cong ty", "doanh nghiep", "ngan hang", "tap doan"), BodyKind.ENTERPRISE),
    (("truong", "benh vien", "trung tam", "tram"), BodyKind.SERVICE),
    (("ban chi huy", "bo chi huy", "cong an", "don bien phong"), BodyKind.ARMED),
    (("so ", "phong ", "ban ", "van phong", "chi cuc", "cuc ", "thue "), BodyKind.DEPARTMENT),
)


def unit_in(office: str) -> tuple[str, UnitLevel] | None:
    """("Huyện Châu Thành", DISTRICT) of "Phòng Nội vụ huyện Châu Thành"; None: not in the name."""
    match = _UNIT.search(clean_line(office))
    if match is None:
        return None
    word = match.group(1).lower()
    bare = match.group(2)
    return f"{word[0].upper()}{word[1:]} {bare}", _LEVELS[word]


def kind_in(office: str) -> BodyKind | None:
    """The kind of body that the first words of the name say; None when they say none."""
    key = fold(office) + " "
    for beginnings, kind in _KINDS:
        if key.startswith(beginnings):
            return kind
    return None

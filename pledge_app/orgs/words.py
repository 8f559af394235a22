"""Levels and kinds in the words of the screen."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from pledge_app.orgs.levels import UnitLevel

LEVEL_WORDS: dict[UnitLevel, LazyString] = {
    UnitLevel.PROVINCE: _l("Cấp tỉnh"), UnitLevel.DISTRICT: _l("Cấp huyện"),
    UnitLevel.COMMUNE: _l("Cấp xã"), UnitLevel.HAMLET: _l("Thôn, xóm, tổ dân phố"),
}


def level_word(level: UnitLevel) -> LazyString:
    """"Cấp xã" for a commune."""
    return LEVEL_WORDS[level]

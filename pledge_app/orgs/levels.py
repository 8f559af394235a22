"""The levels of units. The level above is never assumed: districts ended on 1 July 2025."""

from __future__ import annotations

from enum import StrEnum


class UnitLevel(StrEnum):
    """Level of a territory. Stored."""

    PROVINCE = "province"  # tỉnh, thành phố trực thuộc trung ương
    DISTRICT = "district"  # huyện, quận, thị xã, thành phố thuộc tỉnh: until 30/06/2025
    COMMUNE = "commune"  # xã, phường, thị trấn, đặc khu
    HAMLET = "hamlet"  # thôn, xóm, ấp, bản, buôn, tổ dân phố

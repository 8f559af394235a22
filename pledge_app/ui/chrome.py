"""What stands around every page, as plain data for templates/_layout/base.html."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class NavItem:
    """One room in the navigation."""

    label: str
    href: str
    icon: str
    current: bool = False


@dataclass(frozen=True)
class Chrome:
    """The frame of a page. `person_name` empty: nobody is logged in."""

    office_name: str
    version: str
    person_name: str = ""
    roles: str = ""
    nav: tuple[NavItem, ...] = field(default=())
    year_label: str = ""
    line_label: str = ""
    unit_label: str = ""
    unread: int = 0
    is_demo: bool = False
    demo_password: str = ""
    business_date: date | None = None

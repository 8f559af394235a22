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
    """The frame of a page. `person_name` empty: nobody is logged in.

    `person_key` keeps apart what two people of one PC typed; `*_href` empty: the label is no link.
    """

    office_name: str
    version: str
    person_name: str = ""
    person_key: str = ""
    roles: str = ""
    nav: tuple[NavItem, ...] = field(default=())
    is_narrow: bool = False  # the person folded the navigation: a cookie of this browser says so
    year_label: str = ""
    year_href: str = ""
    years: tuple[tuple[str, str], ...] = ()  # (value, word) that lists may show
    line_label: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    unit_label: str = ""
    unit_href: str = ""
    help_href: str = ""
    unread: int = 0
    is_demo: bool = False
    demo_password: str = ""
    business_date: date | None = None

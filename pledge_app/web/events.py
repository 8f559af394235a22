"""Pages of higher rooms that every request may lead to."""

from __future__ import annotations

from pledge_app.kernel.events import Arrow, Page

START_PAGE: Arrow[Page] = Arrow("start page")
LOGIN_PAGE: Arrow[Page] = Arrow("login page")

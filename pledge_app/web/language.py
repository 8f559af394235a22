"""The language of the screens: Vietnamese, or English where a visitor's browser chose it. Papers
are Vietnamese.

Source strings are Vietnamese; pledge_app/translations/en holds the English ones. Numbers and dates
stay as Vietnam writes them in both. What is kept (notices, notes) is kept in Vietnamese:
`kept_text`.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote

from flask import Flask, has_request_context, request
from flask_babel import Babel, LazyString, force_locale

from pledge_app.web.safe_next import safe_next

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
HOME = "vi"
COOKIE = "language"
CATALOGUES = Path(__file__).resolve().parent.parent / "translations"
__all__ = [
    "COOKIE",
    "LANGUAGES",
    "init_app",
    "kept_language",
    "kept_text",
    "language",
]


def init_app(app: Flask) -> None:
    """Every page speaks the language of its browser."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(CATALOGUES)
    Babel(app, default_locale=HOME, locale_selector=language)
    app.context_processor(
        lambda: {
            "language": language(),
            "languages": LANGUAGES,
            "this_page": this_page,
        }
    )


def language() -> str:
    """ "vi" or "en"; the worker and commands speak Vietnamese."""
    chosen = request.cookies.get(COOKIE, HOME) if has_request_context() else HOME
    return chosen if chosen in LANGUAGES else HOME


def this_page() -> str:
    """The address to come back to after the language was chosen; the front page after a refused
    or odd request.
    """
    asked = quote(request.path) + (
        f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    )
    return safe_next(asked, "/") if request.method == "GET" else "/"


def kept_language() -> AbstractContextManager[None]:
    """While it holds, every sentence is made in the language in which the office keeps its
    texts.
    """
    return force_locale(HOME)


def kept_text(sentence: LazyString | str) -> str:
    """A lazy sentence in the language in which the office keeps its texts, whoever caused it."""
    with force_locale(HOME):
        return str(sentence)

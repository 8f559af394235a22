"""Where to go after the login: only a path of this site."""

from __future__ import annotations

from urllib.parse import urlsplit

SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/?&=%+,")


def safe_next(target: str | None, otherwise: str) -> str:
    """`target` when it is a plain path of this site, else `otherwise`."""
    if not target or not target.startswith("/") or target.startswith("//") or len(target) > 500:
        return otherwise
    if (
        not set(target) <= SAFE
        or "%0" in target.lower()
        or "%5c" in target.lower()
        or "/%2f" in target.lower()
    ):
        return otherwise
    parts = urlsplit(target)
    return otherwise if parts.scheme or parts.netloc else target

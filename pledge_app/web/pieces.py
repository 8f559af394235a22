"""Pages of which a piece is renewed: what htmx understands in an answer."""

from __future__ import annotations


def reload_if(is_done: bool) -> dict[str, str]:
    """Headers of an answer to a page that waits: once what it waits for is there, htmx loads the
    whole page again.
    """
    return {"HX-Refresh": "true"} if is_done else {}

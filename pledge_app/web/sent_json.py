"""JSON that somebody sent: read once for every place, whatever it nests or hides."""

from __future__ import annotations

import json


def read_json(text: str) -> object:
    """What the text says, without what no page can carry; None when it is no JSON, or nested
    thousands deep, as no page of ours nests.
    """
    try:
        return clean(json.loads(text))
    except (ValueError, RecursionError):
        return None


def clean(sent: object) -> object:
    """What JSON can carry and no page can: NUL, and a surrogate without its other half."""
    if isinstance(sent, str):
        return sent.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")
    if isinstance(sent, list):
        return [clean(one) for one in sent]
    if isinstance(sent, dict):
        return {clean(name): clean(one) for name, one in sent.items()}
    return sent

"""What the operator's commands refuse."""

from __future__ import annotations


class UpkeepError(RuntimeError):
    """Something is wrong with a backup or with the data; the message names the first bad thing."""

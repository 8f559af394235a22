"""Canonical JSON: one byte string for one content, so that its SHA-256 can be printed and
compared.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any


def plain(value: Any) -> Any:
    """`value` as JSON types: text NFC, Decimal as its shortest exact string, dates as ISO 8601."""
    if isinstance(value, str):
        return unicodedata.normalize(
            "NFC", value
        )  # a digest of what is stored: it went through kernel.text before
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Decimal):
        return exact_text(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, dict):
        return {plain(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    raise TypeError(f"not plain data: {type(value).__name__}")


def exact_text(value: Decimal) -> str:
    """12.50 → "12.5", 100 → "100": one spelling for one number."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def canonical_json(content: Any) -> str:
    """Sorted keys, no spaces, NFC, no floats."""
    return json.dumps(
        plain(content),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def content_sha256(content: Any) -> str:
    """SHA-256 (64 hex digits) of the canonical JSON of `content`."""
    return hashlib.sha256(canonical_json(content).encode("utf-8")).hexdigest()

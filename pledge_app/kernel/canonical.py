"""Canonical JSON: one byte string for one content, so that its SHA-256 can be printed and
compared.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias, overload

JsonObject: TypeAlias = dict[str, Any]
"""An object as it comes back from JSON: whoever reads it knows its keys."""
JsonValue: TypeAlias = "None | bool | int | str | list[JsonValue] | dict[str, JsonValue]"
"""What goes into canonical JSON: it has no floats."""


@overload
def plain(value: Mapping[str, object]) -> JsonObject: ...
@overload
def plain(value: object) -> JsonValue: ...
def plain(value: object) -> JsonValue:
    """`value` as JSON types: text NFC, Decimal as its shortest exact string, dates as ISO 8601."""
    if isinstance(value, str):
        return _one_spelling(value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Decimal):
        return exact_text(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, dict):
        return {_one_spelling(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    raise TypeError(f"not plain data: {type(value).__name__}")


def _one_spelling(text: str) -> str:
    # A digest of what is stored: it went through kernel.text before.
    return unicodedata.normalize("NFC", text)


def exact_text(value: Decimal) -> str:
    """12.50 → "12.5", 100 → "100": one spelling for one number."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def canonical_json(content: object) -> str:
    """Sorted keys, no spaces, NFC, no floats."""
    return json.dumps(
        plain(content),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def content_sha256(content: object) -> str:
    """SHA-256 (64 hex digits) of the canonical JSON of `content`."""
    return hashlib.sha256(canonical_json(content).encode("utf-8")).hexdigest()

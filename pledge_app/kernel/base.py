"""The declarative base of all tables, and the names of their constraints."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Date, Enum, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from pledge_app.kernel.canonical import JsonObject
from pledge_app.kernel.columns import Exact, NfcText, Plain, UtcTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table: named constraints (SQLite batch migrations need them) and our own column
    types.
    """

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            str: NfcText,
            Decimal: Exact,
            datetime: UtcTime,
            date: Date,
            JsonObject: Plain,
            list[JsonObject]: Plain,
            list[int]: Plain,
            list[str]: Plain,
            list[Any]: Plain,
        },
    )


db = SQLAlchemy(model_class=Base)


def new_pid() -> str:
    """A public id: 128 random bits as 22 URL-safe characters. Row numbers never leave the
    server.
    """
    return secrets.token_urlsafe(16)


class Identified:
    """A row that a URL can name."""

    id: Mapped[int] = mapped_column(primary_key=True)
    pid: Mapped[str] = mapped_column(String(22), unique=True, default=new_pid)


def choice(kind: type[StrEnum], name: str) -> Enum:
    """A column for a StrEnum: its values as text, and a CHECK constraint called `name`."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )

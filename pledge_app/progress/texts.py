"""What a report says beside its figures: the parts of its paper, in their order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from pledge_app.kernel.text import LONGEST_TEXT, PARTS, TextProblem, clean_text
from pledge_app.progress.models import ProgressReport
from pledge_app.ui.typed_values import text_sentence

TEXT_WORDS: Mapping[str, LazyString] = {
    "situation": _l("Tình hình chung"),
    "movements": _l("Kết quả các phong trào thi đua"),
    "difficulties": _l("Tồn tại, hạn chế, khó khăn"),
    "causes": _l("Nguyên nhân"),
    "directions": _l("Phương hướng, nhiệm vụ kỳ tới"),
    "proposals": _l("Đề xuất, kiến nghị"),
}
"""By the name of the column, which is the name of its field."""
TEXTS = tuple(TEXT_WORDS)


@dataclass
class Texts:
    """The text fields of the form: `said` by name, `done` by campaign id."""

    done: dict[int, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    token: str = ""  # names the content that was opened
    wrong: dict[str, str] = field(default_factory=dict)  # field name → sentence


def said_in(report: ProgressReport) -> dict[str, str]:
    """The texts of a report by their names; those of campaigns are not among them."""
    return {name: str(getattr(report, name)) for name in TEXTS}


def put_texts(report: ProgressReport, said: Mapping[str, str]) -> None:
    """Set the texts that are named; the others stay as they are."""
    for name in TEXTS:
        if name in said:
            setattr(report, name, said[name])


def texts_of(report: ProgressReport) -> Texts:
    """The texts as they are in the database."""
    return Texts(
        done_in(report),
        said_in(report),
        texts_token(report),
    )


def done_in(report: ProgressReport) -> dict[int, str]:
    """What was done for each campaign, by campaign id."""
    return {row.campaign_id: row.done for row in report.campaigns}


def texts_token(report: ProgressReport) -> str:
    """Twelve hex digits for the texts as stored: what somebody does to a row of figures is no
    conflict for them.
    """
    contents = [
        *said_in(report).values(),
        *sorted(done_in(report).items()),
    ]
    return hashlib.sha256(json.dumps(contents).encode("utf-8")).hexdigest()[:12]


def texts_shown(report: ProgressReport) -> dict[str, str]:
    """The texts by the name of their fields."""
    done = {f"done-{row.campaign.pid}": row.done for row in report.campaigns}
    return done | said_in(report)


def typed_texts(report: ProgressReport, texts: Texts) -> dict[str, str]:
    """What was typed, by the name of its field."""
    done = {f"done-{row.campaign.pid}": texts.done[row.campaign_id] for row in report.campaigns}
    return done | texts.said


def read_texts(report: ProgressReport, typed: Mapping[str, str]) -> Texts:
    """The texts as typed; those that were not sent as stored. `wrong` names what is too long."""
    by_field: dict[str, str] = {}
    texts = Texts(token=typed.get("ver-texts", ""))
    for name, stored in texts_shown(report).items():
        text, wrong = cleaned(
            typed.get(name, stored),
            LONGEST_TEXT,
        )
        if wrong:
            texts.wrong[name] = wrong
        by_field[name] = text
    texts.done = {row.campaign_id: by_field[f"done-{row.campaign.pid}"] for row in report.campaigns}
    texts.said = {name: by_field[name] for name in TEXTS}
    return texts


def cleaned(typed: str, longest: int) -> tuple[str, str]:
    """The text, cleaned, and why it is not taken ("" when it is): then as typed, but for what
    nobody would read.
    """
    try:
        return clean_text(typed, longest), ""
    except TextProblem as problem:
        return typed[: longest * PARTS], text_sentence(problem)

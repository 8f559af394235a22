"""The trail reads as sentences: every verb that the program records has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pledge_app.audit.sentences import SENTENCES, reason, sentence

PROGRAM = Path(__file__).resolve().parents[2] / "pledge_app"


def test_every_recorded_verb_has_a_sentence():
    recorded = {verb for path in PROGRAM.rglob("*.py")
                for verb in re.findall(r"\brecord\(\s*\"([a-z_.]+)\"", path.read_text(encoding="utf-8"))}
    assert recorded <= SENTENCES.keys(), sorted(recorded - SENTENCES.keys())


@pytest.mark.parametrize("verb", sorted(SENTENCES))
def test_a_sentence_needs_no_data(app, verb):
    """Old events may lack a key that was added later."""
    assert sentence(verb, {}).strip()


def test_what_is_special_about_a_sending_is_said(app):
    said = sentence("report.sent_up", {"late": True, "merged_steps": True})
    assert "nộp sau hạn" in said
    assert "nhập làm một" in said


def test_all_reasons_are_given():
    assert reason({"reasons": ["một", "hai"]}) == "một; hai"
    assert reason({"reason": "một"}) == "một"
    assert reason({}) == ""

"""The trail reads as sentences: every verb that the program records has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pledge_app.application import ROOMS
from pledge_app.audit.sentences import reason, sentence

VERBS = sorted(verb for room in ROOMS for verb in room.sentences)
PROGRAM = Path(__file__).resolve().parents[2] / "pledge_app"


def test_every_recorded_verb_has_a_sentence():
    recorded = {
        verb
        for path in PROGRAM.rglob("*.py")
        for verb in re.findall(r"\brecord\(\s*\"([a-z_.]+)\"", path.read_text(encoding="utf-8"))
    }
    assert recorded <= set(VERBS), sorted(recorded - set(VERBS))


@pytest.mark.parametrize("verb", VERBS)
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


def test_a_sending_names_number_and_day_as_far_as_they_are_known(app):
    said = {"round": 2, "number": 12, "dated": "2023-02-10"}
    assert (
        sentence("pledge.sent_up", said)
        == "gửi bản đăng ký lên cấp trên, lần 2, số 12, văn bản ngày 10/02/2023"
    )
    assert (
        sentence("pledge.sent_up", {"round": 1, "number": None, "dated": None})
        == "gửi bản đăng ký lên cấp trên, lần 1"
    )


def test_a_sign_off_names_the_leader_and_the_day(app):
    assert sentence(
        "pledge.sign_off_recorded", {"leader": "Ông Hùng, Chủ tịch", "signed_on": "2023-02-09"}
    ) == ("ghi nhận Ông Hùng, Chủ tịch đã ký trên giấy ngày 09/02/2023")
    assert sentence("pledge.signed_off", {"office": "Chủ tịch UBND xã Hải Quang"}) == (
        "ký duyệt bản đăng ký với chức vụ Chủ tịch UBND xã Hải Quang"
    )
    assert "nhập làm một" in sentence("pledge.signed_off", {"merged_steps": True})


def test_a_verb_has_its_sentence_in_the_room_that_registers_it():
    """What was done is told by the room's table; elsewhere it tells only where a thing stands."""
    told = {
        path.relative_to(PROGRAM).as_posix()
        for path in PROGRAM.rglob("*.py")
        if re.search(
            r"^\s*\"[a-z_]+\.[a-z_]+\": (lambda|_)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert told == {f"{room.name}/trail_sentences.py" for room in ROOMS if room.sentences}

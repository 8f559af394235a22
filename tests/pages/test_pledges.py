"""The pages of a pledge, as a browser without JavaScript sees them."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from pledge_app.kernel.base import db
from pledge_app.pledges import sheet
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from tests import make
from tests.make import target_of


def test_every_page_of_a_pledge_opens_for_its_people_in_every_state(visit, cast):
    made = make.pledge(cast, state="draft")
    for path in ("", "/nhap", "/dot-thi-dua", "/tom-tat"):
        visit("lan").get(f"/giao-uoc/{made.pid}{path}")
    visit("lan").get("/giao-uoc")


@pytest.mark.parametrize("state", make.ORDER)
def test_one_pledge_shows_its_state_and_history(visit, cast, state):
    made = make.pledge(cast, state=state)
    page = visit("hung").get(f"/giao-uoc/{made.pid}").text
    assert "lập bản đăng ký" in page
    visit("hung").get(f"/giao-uoc/{made.pid}/tom-tat")


def test_a_stranger_does_not_find_a_pledge(visit, cast):
    made = make.pledge(cast, state="sent")
    for path in ("", "/nhap", "/dot-thi-dua", "/tom-tat"):
        visit("xa").get(f"/giao-uoc/{made.pid}{path}", status=404)


def test_the_reviewer_sees_it_from_the_first_sending_on(visit, cast):
    made = make.pledge(cast, state="with_leader")
    visit("rev").get(f"/giao-uoc/{made.pid}", status=404)
    other = make.pledge(cast, "Hải Đông", state="sent")
    visit("rev").get(f"/giao-uoc/{other.pid}")


def test_members_of_the_cluster_see_it_once_agreed(visit, cast):
    sent, agreed = make.pledge(cast, state="sent"), make.pledge(cast, "Hải Đông", state="agreed")
    visit("tay").get(f"/giao-uoc/{sent.pid}", status=404)
    visit("tay").get(f"/giao-uoc/{agreed.pid}")
    visit("giam").get(f"/giao-uoc/{sent.pid}")


def test_an_empty_list_says_the_next_step_and_has_the_button(visit, cast):
    page = visit("lan").get("/giao-uoc").text
    assert "Lập bản đăng ký" in page
    answer = visit("lan").post("/giao-uoc/lap", _start_fields(page))
    assert answer.location.endswith("/nhap")
    again = visit("lan").post("/giao-uoc/lap", _start_fields(page))
    assert again.location == answer.location
    assert db.session.query(Pledge).count() == 1


def _start_fields(page: str) -> dict[str, str]:
    return {
        name: re.findall(rf'name="{name}" value="([^"]+)"', page)[0] for name in ("body", "year")
    }


def form_of(made: Pledge) -> dict[str, str]:
    """The whole sheet as a browser would send it."""
    fields: dict[str, str] = {}
    for group in sheet.groups(made):
        for row in group.rows:
            fields[f"ver-{row.pid}"] = row.token
            fields |= {cell.id: cell.shown for cell in row.cells if cell.kind != "computed"}
            for hamlet in row.items:
                fields |= {f"state-{hamlet.pid}": hamlet.state, f"by-{hamlet.pid}": hamlet.period}
    return fields


def test_the_whole_sheet_is_saved_without_javascript(visit, cast):
    made = make.pledge(cast)
    fields = form_of(made)
    fields[f"goal-{target_of(made, '2').pid}"] = "1.234,5"
    visit("lan").post(f"/giao-uoc/{made.pid}/nhap", fields)
    db.session.expire_all()
    assert str(target_of(made, "2").goal) == "1234.5"


def test_faulty_cells_come_back_as_typed_and_the_other_rows_are_saved(visit, cast):
    made = make.pledge(cast)
    fields = form_of(made)
    fields[f"goal-{target_of(made, '1').pid}"] = "1.5"
    fields[f"q1-{target_of(made, '1').pid}"] = "١"
    fields[f"goal-{target_of(made, '2').pid}"] = "-0"
    page = visit("lan").post(f"/giao-uoc/{made.pid}/nhap", fields, status=422).text
    assert "Ý bạn là 1,5?" in page and 'value="1.5"' in page and 'value="١"' in page
    db.session.expire_all()
    assert target_of(made, "2").goal == 0 and target_of(made, "1").goal is None


def test_two_clerks_on_different_rows_never_conflict(visit, cast):
    made = make.pledge(cast)
    first, second = form_of(made), form_of(made)
    first[f"goal-{target_of(made, '1').pid}"] = "4"
    second[f"goal-{target_of(made, '2').pid}"] = "170"
    visit("lan").post(f"/giao-uoc/{made.pid}/nhap", first)
    visit("hung").post(f"/giao-uoc/{made.pid}/nhap", second)
    db.session.expire_all()
    assert target_of(made, "1").goal == 4 and target_of(made, "2").goal == 170


def test_two_clerks_on_one_row_see_both_texts(visit, cast):
    made = make.pledge(cast)
    first, second = form_of(made), form_of(made)
    first[f"goal-{target_of(made, '1').pid}"] = "4"
    second[f"goal-{target_of(made, '1').pid}"] = "5"
    visit("lan").post(f"/giao-uoc/{made.pid}/nhap", first)
    page = visit("hung").post(f"/giao-uoc/{made.pid}/nhap", second, status=409).text
    assert 'value="5"' in page and "người khác vừa ghi “4”" in page


def test_handing_in_an_unfinished_sheet_lists_what_is_missing_with_links(visit, cast):
    made = make.pledge(cast)
    page = (
        visit("lan")
        .post(f"/giao-uoc/{made.pid}/nhap", form_of(made) | {"then": "submit"}, status=422)
        .text
    )
    assert f'href="#goal-{target_of(made, "1").pid}"' in page
    visit("lan").post(f"/giao-uoc/{made.pid}/trinh", status=422)


def test_a_late_sheet_is_refused_kept_and_shown(visit, cast):
    made = make.pledge(cast, state="complete")
    fields = form_of(made) | {f"measures-{target_of(made, '1').pid}": "Mở lớp tập huấn"}
    visit("lan").post(f"/giao-uoc/{made.pid}/trinh")
    assert (
        "Mở lớp tập huấn"
        in visit("lan").post(f"/giao-uoc/{made.pid}/nhap", fields, status=409).text
    )
    assert "Mở lớp tập huấn" in visit("lan").get("/noi-dung-da-giu").text


def test_the_way_from_the_clerk_to_the_level_above(visit, cast):
    made = make.pledge(cast, state="complete")
    at = f"/giao-uoc/{made.pid}"
    visit("lan").post(f"{at}/trinh")
    visit("hung").post(f"{at}/tra-lai", {"ver": _ver(made), "reason": "Nâng chỉ tiêu OCOP"})
    assert "Nâng chỉ tiêu OCOP" in visit("lan").get(at).text
    visit("lan").post(f"{at}/trinh")
    visit("hung").post(f"{at}/ky-duyet", {"ver": _ver(made)})
    assert 'name="number"' not in visit("van").get(at).text, (
        "the number is asked once, on the paper's page"
    )
    visit("van").post(f"{at}/gui", {"ver": _ver(made)})
    db.session.expire_all()
    assert made.state is PledgeState.SENT
    visit("van").post(f"{at}/gui", {"ver": _ver(made)}, status=409)
    visit("lan").post(f"{at}/rut-lai")


def _ver(made: Pledge) -> str:
    db.session.expire_all()
    return str(made.version_id)


def test_a_pledge_signed_on_paper_may_go_up(visit, cast):
    made = make.pledge(cast, state="with_leader")
    at = f"/giao-uoc/{made.pid}"
    visit("lan").post(
        f"{at}/da-trinh-ky", {"leader": "Ông Hùng, Chủ tịch", "signed_on": "11/02/2023"}, status=422
    )
    visit("lan").post(
        f"{at}/da-trinh-ky", {"leader": "Ông Hùng, Chủ tịch", "signed_on": "09/02/2023"}
    )
    page = visit("lan").get(at).text
    assert "Ông Hùng, Chủ tịch" in page and "Đã trình ký trên giấy ngày 09/02/2023" in page


def test_the_scan_of_a_paper_sign_off_is_kept_and_a_renamed_program_is_refused(visit, cast):
    made = make.pledge(cast, state="with_leader")
    at, words = f"/giao-uoc/{made.pid}", {"leader": "Ông Hùng, Chủ tịch", "signed_on": "09/02/2023"}
    fake = visit("lan").post(
        f"{at}/da-trinh-ky", words | {"scan": (BytesIO(b"MZ" + b"x" * 2000), "ký.pdf")}, status=422
    )
    assert "Ông Hùng, Chủ tịch" in fake.text
    picture = BytesIO()
    Image.effect_noise((1240, 1754), 40).save(picture, "PNG", dpi=(150, 150))
    picture.seek(0)
    visit("lan").post(f"{at}/da-trinh-ky", words | {"scan": (picture, "ký.png")})
    assert "ký.png" in visit("hung").get(at).text


def test_campaigns_and_titles_are_saved_as_one_plain_form(visit, cast):
    made = make.pledge(cast)
    key = made.campaigns[0].campaign.pid
    fields = {
        "ver": _ver(made),
        f"joins_{key}": "y",
        f"objective_{key}": "Trồng 500 cây",
        "title_0": "Tập thể LĐTT",
        "holder_0": "UBND xã",
        "resolution": "",
    }
    visit("lan").post(f"/giao-uoc/{made.pid}/dot-thi-dua", fields)
    page = visit("lan").get(f"/giao-uoc/{made.pid}").text
    assert "Trồng 500 cây" in page and "Tập thể LĐTT" in page
    visit("lan").post(f"/giao-uoc/{made.pid}/dot-thi-dua", fields | {"ver": "0"}, status=409)
    visit("lan").post(
        f"/giao-uoc/{made.pid}/dot-thi-dua", fields | {"ver": _ver(made), "title_0": ""}, status=422
    )


def test_the_newest_request_stands_on_top_with_a_link_to_the_cell(visit, cast):
    made = make.pledge(cast, state="returned")
    page = visit("lan").get(f"/giao-uoc/{made.pid}").text
    assert f"/giao-uoc/{made.pid}/nhap#row-{target_of(made, '1').pid}" in page
    assert (
        "Chỉ tiêu OCOP thấp so với khả năng." in visit("lan").get(f"/giao-uoc/{made.pid}/nhap").text
    )

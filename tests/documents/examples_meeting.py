"""The papers around the meeting of vùng Quang Đông 2023; names, place and day are illustrative."""

from collections.abc import Callable
from typing import Any

from pledge_app.meetings.paper import (
    DelegatesContent,
    InvitationContent,
    NewsContent,
    ProgrammeContent,
    ScriptContent,
)
from pledge_app.papers.content.schema import PaperContent
from tests.documents.examples_parts import CHAIRS, COMMUNES, common, heading, signatory

SUBJECT = "Hội nghị ký kết giao ước thi đua năm 2023"


def frame(type_name: str) -> PaperContent:
    made = common(
        type_name,
        SUBJECT,
        f"{type_name.capitalize()} {SUBJECT}",
        "Vùng thi đua Quang Đông",
        heading("VÙNG THI ĐUA\nQUANG ĐÔNG", "", "Hải Quang"),
    )
    return {**made, "bases": [], "short_code": "", "show_qr": False}


def example_invitation() -> InvitationContent:
    return {
        **frame("GIẤY MỜI"),
        "heading": heading(
            "ỦY BAN NHÂN DÂN\nXÃ HẢI ĐÔNG", "GM-UBND", "Hải Đông", "UBND HUYỆN HẢI HẬU"
        ),
        "recipients": ["Như thành phần mời", "Lưu: VT"],
        "inviter": "Ủy ban nhân dân xã Hải Đông",
        "invited": [f"Đại diện lãnh đạo Ủy ban nhân dân xã {unit}" for unit in COMMUNES],
        "occasion": f"{SUBJECT} của vùng Quang Đông",
        "chair": f"Đồng chí {CHAIRS[1]}",
        "starts_at": "2023-02-24T08:00",
        "place": "Hội trường UBND xã Hải Quang",
        "notes": ["Đề nghị các đơn vị mang theo con dấu để ký, đóng dấu tại Hội nghị."],
        "signatories": [signatory("sig-1", "", CHAIRS[1])],
    }


def example_programme() -> ProgrammeContent:
    return {
        **frame("CHƯƠNG TRÌNH"),
        "schema": 3,
        "starts_at": "",
        "place": (
            "Hội trường Ủy ban nhân dân xã Hải Quang, huyện Hải Hậu, tỉnh Nam Định (tầng 2, cạnh "
            "trạm y tế)"
        ),
        "items": [
            {
                "matter": "Tuyên bố lý do, giới thiệu đại biểu",
                "by": "Ban tổ chức",
                "at": "08 giờ 00",
            },
            {"matter": "Thông qua Bản giao ước thi đua năm 2023", "by": "", "at": ""},
        ],
    }


def example_delegates() -> DelegatesContent:
    return {
        **frame("DANH SÁCH ĐẠI BIỂU"),
        "delegates": [
            {
                "name": name,
                "office": f"Chủ tịch Ủy ban nhân dân xã {unit}",
                "note": "Khách mời" if place == 0 else "",
            }
            for place, (unit, name) in enumerate(zip(COMMUNES, CHAIRS, strict=True))
        ],
    }


def example_script() -> ScriptContent:
    return {
        **frame("LỜI DẪN CHƯƠNG TRÌNH"),
        "parts": [
            {
                "matter": "Tuyên bố lý do, giới thiệu đại biểu",
                "said": [
                    "Kính thưa các vị đại biểu, thưa các đồng chí!",
                    "Xin trân trọng giới thiệu các vị đại biểu.",
                ],
            },
            {
                "matter": "Ký kết giao ước thi đua",
                "said": [
                    "Sau đây là nội dung trọng tâm của Hội nghị. Trân trọng kính mời đại diện "
                    "các xã lên ký Bản giao ước thi đua năm 2023, dưới sự chứng kiến của các vị "
                    "đại biểu."
                ],
            },
        ],
    }


def example_news() -> NewsContent:
    return {
        **frame("TIN BÀI"),
        "headline": "Các xã vùng Quang Đông tổ chức Hội nghị Ký giao ước thi đua năm 2023",
        "lead": [
            "Vừa qua, các xã trong vùng Quang Đông, gồm các xã Hải Quang, Hải Đông, Hải Tây, Hải "
            "Lý tổ chức ký giao ước thi đua năm 2023."
        ],
        "body": [
            "Nội dung thi đua: phát động bốn đợt thi đua trong năm.",
            "Các xã đã ký giao ước.",
        ],
        "written_by": "Như Xuân",
    }


MEETING_EXAMPLES: dict[str, Callable[[], Any]] = {
    "invitation": example_invitation,
    "programme": example_programme,
    "delegates": example_delegates,
    "script": example_script,
    "news": example_news,
}

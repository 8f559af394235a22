"""Papers of vùng Quang Đông 2023: what the public report gives is true, figures and names are
illustrative.
"""

from collections.abc import Callable
from typing import Any

from pledge_app.meetings.paper import Attendee, MinutesContent
from pledge_app.pledges.paper import RegistrationContent
from pledge_app.progress.paper import QUARTER_REPORT, QuarterReportContent
from tests.documents.examples_agreement import example_agreement
from tests.documents.examples_parts import CHAIRS, COMMUNES, common, heading, signatory


def _target(
    code: str, name: str, unit: str, goal: str, assigned: str = "", reason: str = ""
) -> Any:
    return {
        "code": code,
        "name": name,
        "unit": unit,
        "goal": goal,
        "assigned": assigned,
        "reason": reason,
        "note": "",
    }


def _registered_groups() -> list[Any]:
    return [
        {
            "code": "A",
            "name": "Phát triển kinh tế",
            "rows": [
                _target("1", "Giá trị thu nhập trên 1 ha canh tác", "triệu đồng/ha", "135", "130"),
                _target(
                    "2", "Thu nhập bình quân đầu người", "triệu đồng/người/năm", "72.5", "72.5"
                ),
                _target(
                    "3",
                    "Số sản phẩm OCOP từ 3 sao trở lên",
                    "sản phẩm",
                    "2",
                    "3",
                    "một sản phẩm chưa hoàn thiện hồ sơ truy xuất nguồn gốc",
                ),
            ],
        },
        {
            "code": "B",
            "name": "Xây dựng nông thôn mới",
            "rows": [
                _target(
                    "4",
                    "Số đơn vị cấp xóm đạt hoặc cơ bản đạt nông thôn mới kiểu mẫu",
                    "%",
                    "100",
                    "100",
                ),
                _target("5", "Xã đạt nông thôn mới kiểu mẫu", "đạt/không đạt", "Đạt"),
            ],
        },
    ]


def _registered_campaigns() -> list[Any]:
    return [
        {
            "name": "Đợt thi đua quý I “Lập thành tích cao nhất”",
            "objective": "Hoàn thành gieo cấy lúa xuân trong khung thời vụ",
            "launched": "2023-01-03",
            "closed": "2023-03-31",
        },
        {
            "name": "Đợt thi đua quý II",
            "objective": "Hoàn thành cải tạo 02 tuyến đường xóm",
            "launched": "2023-04-01",
            "closed": "2023-06-30",
        },
        {
            "name": "Đợt thi đua quý III",
            "objective": "01 xóm được công nhận nông thôn mới kiểu mẫu",
            "launched": "2023-07-01",
            "closed": "2023-09-30",
        },
        {
            "name": "Đợt thi đua quý IV",
            "objective": "Hoàn thành các chỉ tiêu kế hoạch năm",
            "launched": "2023-10-01",
            "closed": "2023-12-31",
        },
    ]


def example_registration() -> RegistrationContent:
    return {
        **common(
            "BẢN ĐĂNG KÝ THI ĐUA",
            "Năm 2023 của xã Hải Quang",
            "Bản đăng ký thi đua năm 2023 của xã Hải Quang",
            "Ủy ban nhân dân xã Hải Quang",
            heading("ỦY BAN NHÂN DÂN\nXÃ HẢI QUANG", "BĐK-UBND", "Hải Quang", "UBND HUYỆN HẢI HẬU"),
        ),
        "recipients": ["Như trên", "Đảng ủy, HĐND xã", "Lưu: VT"],
        "opening": ["Ủy ban nhân dân xã Hải Quang đăng ký thi đua năm 2023 với các nội dung sau:"],
        "addressed_to": ["Hội đồng Thi đua - Khen thưởng huyện Hải Hậu"],
        "campaigns": _registered_campaigns(),
        "groups": _registered_groups(),
        "target_notes": [],
        "measures": [
            "Phân công cấp ủy viên, cán bộ phụ trách từng xóm; kiểm điểm tiến độ hằng tháng."
        ],
        "titles": [
            {
                "name": "Tập thể Lao động xuất sắc",
                "candidate": "Ủy ban nhân dân xã Hải Quang",
                "note": "",
            },
            {"name": "Chiến sĩ thi đua cơ sở", "candidate": "03 cá nhân", "note": ""},
        ],
        "closing": (
            "Ủy ban nhân dân xã Hải Quang kính đề nghị Hội đồng Thi đua - Khen thưởng huyện xem "
            "xét, tổng hợp."
        ),
        "signatories": [signatory("sig-1", "", CHAIRS[0])],
    }


def _secretary() -> Any:
    return {
        "cell": "sig-1",
        "authority": "",
        "organisation": "",
        "acting": "",
        "title": "THƯ KÝ",
        "name": "Đỗ Thị Hoa",
    }


def _chair() -> Any:
    return {
        "cell": "sig-2",
        "authority": "",
        "organisation": "",
        "acting": "",
        "title": "CHỦ TỌA",
        "name": CHAIRS[0],
    }


def _signed() -> list[Any]:
    return [
        {
            "unit": f"xã {unit}",
            "name": name,
            "office": "TM. Ủy ban nhân dân xã, Chủ tịch",
            "means": "ký trên bản giấy",
        }
        for unit, name in zip(COMMUNES, CHAIRS, strict=True)
    ]


def _person(name: str, title: str, unit: str, reason: str = "") -> Attendee:
    return {"name": name, "title": title, "unit": unit, "reason": reason}


def example_minutes() -> MinutesContent:
    return {
        **common(
            "BIÊN BẢN",
            "Hội nghị ký kết giao ước thi đua các xã vùng Quang Đông năm 2023",
            "Biên bản Hội nghị ký kết giao ước thi đua vùng Quang Đông năm 2023",
            "Vùng thi đua Quang Đông",
            heading("VÙNG THI ĐUA\nQUANG ĐÔNG", "BB-VTĐ", "Hải Quang", "HUYỆN HẢI HẬU"),
        ),
        "bases": [],
        "recipients": ["Hội đồng Thi đua - Khen thưởng huyện", "Các xã trong vùng", "Lưu: VT"],
        "starts_at": "2023-02-15T08:00",
        "ends_at": "2023-02-15T10:30",
        "place": "Hội trường Ủy ban nhân dân xã Hải Quang",
        "present": [
            _person(name, "Chủ tịch Ủy ban nhân dân xã", f"xã {unit}")
            for unit, name in zip(COMMUNES[:3], CHAIRS[:3], strict=True)
        ],
        "absent": [
            _person(
                CHAIRS[3], "Chủ tịch Ủy ban nhân dân xã", "xã Hải Lý", "ủy quyền Phó Chủ tịch dự"
            )
        ],
        "refused": [],
        "agenda": [
            "Thông qua dự thảo Bản giao ước thi đua năm 2023.",
            "Bầu đơn vị trưởng vùng, phó trưởng vùng.",
            "Ký kết giao ước thi đua.",
        ],
        "proceedings": [
            "Đại diện đơn vị trưởng vùng trình bày dự thảo Bản giao ước thi đua; các đại biểu "
            "thảo luận, thống nhất với các nội dung của dự thảo."
        ],
        "votes": [
            {
                "matter": "Thông qua Bản giao ước thi đua năm 2023",
                "in_favour": 4,
                "against": 0,
                "abstained": 0,
                "result": "thông qua",
            }
        ],
        "signed": _signed(),
        "witnesses": [
            {
                "name": "Lê Văn Minh",
                "title": "Đại diện Hội đồng Thi đua - Khen thưởng huyện",
                "organisation": "huyện Hải Hậu",
                "signatory": None,
            }
        ],
        "lead": {"unit": "xã Hải Quang", "person": CHAIRS[0], "basis": "Hội nghị biểu quyết"},
        "deputy": {"unit": "xã Hải Đông", "person": CHAIRS[1], "basis": "Hội nghị biểu quyết"},
        "closing": "Biên bản được lập thành 05 bản có giá trị như nhau, "
        "đã thông qua trước Hội nghị.",
        "secretary": _secretary(),
        "chair": _chair(),
    }


CHART = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 160" width="480" height="160">
<g font-family="Liberation Serif" font-size="12" fill="#000">
<text x="0" y="30">Thu nhập trên 1 ha canh tác</text>
<rect x="200" y="18" width="66" height="16" fill="#444"/>
<text x="272" y="30">26,7 %</text>
<text x="0" y="70">Sản phẩm OCOP</text><rect x="200" y="58" width="125" height="16" fill="#444"/>
<text x="331" y="70">50 %</text>
<text x="0" y="110">Xóm nông thôn mới kiểu mẫu</text>
<rect x="200" y="98" width="238" height="16" fill="#444"/>
<text x="444" y="110">95 %</text></g></svg>"""


def _line(
    code: str, name: str, unit: str, goal: str, now: str, total: str, percent: str, *more: Any
) -> Any:
    estimated, explanation = more or (False, "")
    return {
        "code": code,
        "name": name,
        "unit": unit,
        "goal": goal,
        "planned": {"1": "33.5", "2": "1"}.get(code, ""),
        "this_quarter": now,
        "cumulative": total,
        "percent": percent,
        "estimated": estimated,
        "explanation": explanation,
    }


def _reported_groups() -> list[Any]:
    return [
        {
            "code": "I",
            "name": "Phát triển kinh tế",
            "rows": [
                _line(
                    "1",
                    "Giá trị thu nhập trên 1 ha canh tác",
                    "triệu đồng/ha",
                    "135",
                    "36",
                    "36",
                    "26.7",
                    True,
                    "ước theo năng suất lúa xuân",
                ),
                _line("2", "Số sản phẩm OCOP từ 3 sao trở lên", "sản phẩm", "2", "1", "1", "50"),
            ],
        },
        {
            "code": "II",
            "name": "Xây dựng nông thôn mới",
            "rows": [
                _line(
                    "3",
                    "Số đơn vị cấp xóm đạt hoặc cơ bản đạt nông thôn mới kiểu mẫu",
                    "%",
                    "100",
                    "95",
                    "95",
                    "95",
                ),
                _line(
                    "4",
                    "Tổng sản lượng lương thực",
                    "tấn",
                    "5420",
                    "",
                    "",
                    "",
                    False,
                    "chưa đến kỳ thu hoạch",
                ),
            ],
        },
    ]


def _reported_campaigns() -> list[Any]:
    return [
        {
            "name": "Đợt thi đua quý I “Lập thành tích cao nhất”",
            "done": [
                "Hoàn thành gieo cấy lúa xuân trong khung thời vụ.",
                "Trồng 1.200 cây xanh trên các tuyến đường xóm.",
            ],
        }
    ]


def _chart() -> Any:
    return {
        "svg": CHART,
        "title": "Tỷ lệ hoàn thành so với chỉ tiêu năm",
        "description": (
            "Thu nhập trên 1 ha canh tác 26,7 %; sản phẩm OCOP 50 %; xóm nông thôn mới kiểu "
            "mẫu 95 %."
        ),
    }


def example_quarter_report() -> QuarterReportContent:
    return {
        **common(
            "BÁO CÁO",
            "Kết quả thực hiện giao ước thi đua quý I năm 2023",
            "Báo cáo kết quả thực hiện giao ước thi đua quý I năm 2023 - UBND xã Hải Quang",
            "Ủy ban nhân dân xã Hải Quang",
            heading("ỦY BAN NHÂN DÂN\nXÃ HẢI QUANG", "BC-UBND", "Hải Quang", "UBND HUYỆN HẢI HẬU"),
        ),
        "bases": [],
        "opening": [
            "Thực hiện Bản giao ước thi đua năm 2023 của các xã vùng Quang Đông, Ủy ban nhân dân "
            "xã Hải Quang báo cáo tiến độ quý I năm 2023 như sau:"
        ],
        "recipients": ["Như trên", "Đảng ủy, HĐND xã", "Lưu: VT"],
        "schema": QUARTER_REPORT.schema_version,
        "quarter": 1,
        "period": "quý I",
        "until": "hết quý I",
        "next_period": "quý II năm 2023",
        "shows_cumulative": True,
        "situation": [
            "Xã đã phát động đợt thi đua quý I đến 10/10 xóm, giao chỉ tiêu cho từng bộ phận."
        ],
        "summary": ["Đến hết quý I, 00/04 chỉ tiêu đạt kế hoạch năm; 01 chỉ tiêu chưa có số liệu."],
        "movements": ["Phong trào “Vì người nghèo” vận động được 42 triệu đồng."],
        "causes": ["Chưa có hợp đồng bao tiêu sản phẩm từ đầu vụ."],
        "directions": [
            "Hoàn thành hồ sơ một sản phẩm OCOP.",
            "Duy trì họp giao ban các xóm vào ngày 25 hằng tháng.",
        ],
        "addressed_to": ["Ủy ban nhân dân huyện Hải Hậu", "Hội đồng Thi đua - Khen thưởng huyện"],
        "groups": _reported_groups(),
        "target_notes": [],
        "chart": _chart(),
        "campaigns": _reported_campaigns(),
        "difficulties": [
            "Giá vật tư nông nghiệp tăng, ảnh hưởng đến thu nhập trên diện tích canh tác."
        ],
        "proposals": ["Đề nghị huyện hỗ trợ hướng dẫn hoàn thiện hồ sơ sản phẩm OCOP."],
        "closing": (
            "Trên đây là báo cáo kết quả thực hiện giao ước thi đua quý I năm 2023 của Ủy ban nhân "
            "dân xã Hải Quang./."
        ),
        "signatories": [signatory("sig-1", "", CHAIRS[0])],
    }


EXAMPLES: dict[str, Callable[[], Any]] = {
    "registration": example_registration,
    "agreement": example_agreement,
    "minutes": example_minutes,
    "quarter_report": example_quarter_report,
}

"""The agreement of vùng Quang Đông 2023, with as many parties as asked for."""

from typing import Any

from pledge_app.agreements.paper import AgreementContent, Campaign, CriterionGroup
from tests.documents.examples_parts import CHAIRS, COMMUNES, common, heading, party


def campaigns() -> list[Campaign]:
    def drive(quarter: int, theme: str, starts: str, ends: str, *anniversaries: str) -> Campaign:
        return {
            "quarter": quarter,
            "theme": theme,
            "anniversaries": list(anniversaries),
            "starts_on": starts,
            "ends_on": ends,
            "contents": [],
        }

    drives = [
        drive(
            1,
            "Lập thành tích cao nhất",
            "2023-01-03",
            "2023-03-31",
            "kỷ niệm 93 năm Ngày thành lập Đảng Cộng sản Việt Nam",
            "mừng Xuân Quý Mão",
        ),
        drive(
            2,
            "",
            "2023-04-01",
            "2023-06-30",
            "kỷ niệm 48 năm Ngày giải phóng miền Nam, thống nhất đất nước",
            "Ngày Quốc tế Lao động",
            "69 năm Ngày Chiến thắng Điện Biên Phủ",
            "133 năm Ngày sinh Chủ tịch Hồ Chí Minh",
        ),
        drive(
            3,
            "",
            "2023-07-01",
            "2023-09-30",
            "kỷ niệm 78 năm Cách mạng tháng Tám và Quốc khánh 02/9",
            "135 năm Ngày thành lập huyện Hải Hậu (1888 - 2023)",
        ),
        drive(
            4,
            "",
            "2023-10-01",
            "2023-12-31",
            "79 năm Ngày thành lập Quân đội nhân dân Việt Nam",
            "34 năm Ngày hội Quốc phòng toàn dân",
        ),
    ]
    drives[0]["contents"] = [
        "Ra quân làm thủy lợi nội đồng, hoàn thành gieo cấy lúa xuân trong khung thời vụ.",
        "Tổ chức Tết trồng cây, chỉnh trang đường làng, ngõ xóm.",
    ]
    return drives


def _row(columns: int, code: str, name: str, unit: str, *values: str) -> Any:
    return {
        "code": code,
        "name": name,
        "unit": unit,
        "values": [values[place % len(values)] for place in range(columns)],
    }


def _economy(columns: int) -> CriterionGroup:
    return {
        "code": "I",
        "name": "Phát triển kinh tế",
        "rows": [
            _row(
                columns,
                "1",
                "Giá trị thu nhập trên 1 ha canh tác",
                "triệu đồng/ha",
                "135",
                "128.5",
                "130",
                "126",
            ),
            _row(
                columns,
                "2",
                "Thu nhập bình quân đầu người",
                "triệu đồng/người/năm",
                "72.5",
                "70",
                "71.2",
                "69.8",
            ),
            _row(
                columns,
                "3",
                "Số sản phẩm OCOP được công nhận từ 3 sao trở lên",
                "sản phẩm",
                "3",
                "2",
                "2",
                "1",
            ),
            _row(
                columns,
                "4",
                "Diện tích chuyển đổi cơ cấu cây trồng, vật nuôi",
                "ha",
                "12.5",
                "10",
                "8.75",
                "",
            ),
            _row(
                columns, "5", "Tổng sản lượng lương thực", "tấn", "5420", "6105.5", "4980", "2310"
            ),
        ],
    }


def _countryside(columns: int) -> CriterionGroup:
    return {
        "code": "II",
        "name": "Xây dựng nông thôn mới",
        "rows": [
            _row(
                columns,
                "6",
                "Số đơn vị cấp xóm đạt hoặc cơ bản đạt nông thôn mới kiểu mẫu",
                "%",
                "100",
            ),
            _row(columns, "7", "Xã đạt nông thôn mới kiểu mẫu", "đạt/không đạt", "Đạt"),
            _row(
                columns,
                "8",
                "Tỷ lệ hộ sử dụng nước sạch đáp ứng quy chuẩn",
                "%",
                "99.5",
                "99",
                "98.75",
                "100",
            ),
        ],
    }


def _society(columns: int) -> CriterionGroup:
    return {
        "code": "III",
        "name": "Văn hóa, xã hội, quốc phòng, an ninh",
        "rows": [
            _row(columns, "9", "Tỷ lệ gia đình văn hóa", "%", "92", "93.5", "91", "90"),
            _row(
                columns,
                "10",
                "Tỷ lệ hộ nghèo theo chuẩn đa chiều",
                "%",
                "0.85",
                "1.1",
                "0.9",
                "1.25",
            ),
            _row(columns, "11", "Giao quân đạt chỉ tiêu", "%", "100"),
        ],
    }


def criteria(columns: int) -> list[CriterionGroup]:
    return [_economy(columns), _countryside(columns), _society(columns)]


def _measures() -> list[str]:
    return [
        "Tích cực cải tiến, ứng dụng tiến bộ khoa học kỹ thuật vào sản xuất; đẩy mạnh chuyển "
        "đổi sản xuất, chuyển đổi cơ cấu cây trồng, vật nuôi; nâng cao giá trị thu nhập trên "
        "1 ha canh tác.",
        "Tiếp tục đẩy mạnh thực hiện các nhiệm vụ, giải pháp tái cơ cấu nông nghiệp gắn với "
        "phát triển sản phẩm OCOP giai đoạn 2021 - 2025 theo kế hoạch.",
        "Triển khai thực hiện hiệu quả phong trào xây dựng nông thôn mới.",
    ]


def example_agreement(parties: int = 4) -> AgreementContent:
    units = [
        COMMUNES[place] if place < 4 else f"Hải Minh họa {place + 1}" for place in range(parties)
    ]
    members = [party(place + 1, unit, CHAIRS[place % 4]) for place, unit in enumerate(units)]
    return {
        **common(
            "BẢN GIAO ƯỚC THI ĐUA",
            "Các xã vùng Quang Đông, huyện Hải Hậu năm 2023",
            "Bản giao ước thi đua vùng Quang Đông năm 2023",
            "Vùng thi đua Quang Đông",
            heading("VÙNG THI ĐUA\nQUANG ĐÔNG", "", "Hải Quang", "HUYỆN HẢI HẬU"),
        ),
        "opening": [
            "Để phong trào thi đua, công tác khen thưởng năm 2023 thiết thực, hiệu quả; động "
            "viên kịp thời sự nỗ lực, cố gắng của cán bộ, đảng viên và các tầng lớp Nhân dân, "
            "phấn đấu hoàn thành vượt mức các chỉ tiêu kế hoạch năm 2023,"
        ],
        "recipients": [
            "Hội đồng Thi đua - Khen thưởng huyện",
            "Ủy ban MTTQ Việt Nam huyện",
            "Các đơn vị ký giao ước",
            "Lưu: VT",
        ],
        "parties": members,
        "witnesses": [
            {
                "name": "Đại diện Hội đồng Thi đua - Khen thưởng huyện",
                "title": "",
                "organisation": "huyện Hải Hậu",
                "signatory": None,
            }
        ],
        "contents_intro": [
            "Căn cứ phương hướng nhiệm vụ, chỉ tiêu được giao năm 2023 và tình hình thực tế của "
            "các xã trong vùng, tổ chức phát động các phong trào thi đua yêu nước với những mục "
            "tiêu, chỉ tiêu và biện pháp thực hiện thiết thực, cụ thể, theo từng giai đoạn trong "
            "năm."
        ],
        "campaigns": campaigns(),
        "criteria_intro": ["Các bên thống nhất phấn đấu đạt các chỉ tiêu sau:"],
        "groups": criteria(parties),
        "criteria_notes": [
            "Chỉ tiêu 6 tính theo số xóm được công nhận ở một trong hai mức: đạt hoặc cơ bản đạt."
        ],
        "measures": _measures(),
        "organisation": [
            "Các đơn vị ký giao ước cụ thể hóa nội dung thành kế hoạch và tổ chức thực hiện; "
            "hằng quý báo cáo tiến độ về đơn vị trưởng vùng.",
            "Đơn vị trưởng vùng theo dõi, tổng hợp, đề xuất khen thưởng theo quy định.",
        ],
        "commitment": [
            "Các đơn vị cam kết tổ chức thực hiện nghiêm túc các nội dung giao ước. Bản giao ước "
            "có hiệu lực kể từ ngày ký."
        ],
        "copies": (
            "Bản giao ước này được lập thành 06 bản có giá trị như nhau: mỗi bên giữ 01 bản, gửi "
            "cấp trên 01 bản, lưu 01 bản."
        ),
    }

"""`flask check-paper FILE`: prints what departs from the decree, one line each."""

import sys
from pathlib import Path

import pikepdf

from pledge_app.papers.decree.checker import check_make_up, check_paper
from pledge_app.papers.decree.reading import read

CHECKED = (
    "khổ giấy, lề, phông, số trang",
    "Quốc hiệu, Tiêu ngữ, cơ quan ban hành, số, ký hiệu, địa danh, ngày, tên loại, trích yếu",
    "Kính gửi; căn cứ: kiểu chữ, dấu câu, ngày ban hành",
    "bố cục, mục trống, đầu bảng, lời văn: cỡ chữ, lùi đầu dòng, giãn dòng",
    "chỗ còn để trống, viết tắt nội bộ, lặp từ, tiếng và ký hiệu bị ngắt, số bản so với các bên",
    "thẩm quyền và khối chữ ký, Nơi nhận, phụ lục",
    "bố trí trang: trang chưa kín một phần ba, trang chỉ có Nơi nhận hoặc một khối chữ ký",
)
"""What the checker looks at: it says no more of a paper than this."""


def main(path: str | Path) -> int:
    """0 = nothing found, 1 = something found, 2 = the file cannot be read."""
    try:
        pdf = Path(path).read_bytes()
        found = [*check_paper(pdf), *check_make_up(read(pdf))]
    except (OSError, pikepdf.PdfError) as fault:
        sys.stderr.write(f"Không đọc được tệp {path}: {fault}\n")
        return 2
    for finding in found:
        sys.stdout.write(f"{finding}\n")
    good = "Không phát hiện lỗi trong các mục đã kiểm (Nghị định 30/2020/NĐ-CP, Phụ lục I)."
    sys.stdout.write("Các mục đã kiểm:\n")
    for line in CHECKED:
        sys.stdout.write(f"- {line}\n")
    sys.stdout.write((f"{len(found)} điểm chưa đúng thể thức." if found else good) + "\n")
    return 1 if found else 0

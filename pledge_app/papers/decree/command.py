"""`flask check-paper FILE`: prints what departs from the decree, one line each."""

import sys
from pathlib import Path

import pikepdf

from pledge_app.papers.decree.checker import check_paper


def main(path: str | Path) -> int:
    """0 = nothing found, 1 = something found, 2 = the file cannot be read."""
    try:
        found = check_paper(Path(path).read_bytes())
    except (OSError, pikepdf.PdfError) as fault:
        sys.stderr.write(f"Không đọc được tệp {path}: {fault}\n")
        return 2
    for finding in found:
        sys.stdout.write(f"{finding}\n")
    good = "Không phát hiện lỗi trong các mục đã kiểm (Nghị định 30/2020/NĐ-CP, Phụ lục I)."
    sys.stdout.write((f"{len(found)} điểm chưa đúng thể thức." if found else good) + "\n")
    return 1 if found else 0

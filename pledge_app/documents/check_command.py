"""`flask check-paper FILE`: prints what departs from the decree, one line each."""

import sys
from pathlib import Path

import pikepdf

from pledge_app.documents.checker import check_paper


def main(path: str | Path) -> int:
    """0 = nothing found, 1 = something found, 2 = the file cannot be read."""
    try:
        found = check_paper(Path(path).read_bytes())
    except (OSError, pikepdf.PdfError) as fault:
        print(f"Không đọc được tệp {path}: {fault}", file=sys.stderr)
        return 2
    for finding in found:
        print(finding)
    print(f"{len(found)} điểm chưa đúng thể thức." if found else "Đúng thể thức theo Nghị định 30/2020/NĐ-CP.")
    return 1 if found else 0

"""The judge is judged: veraPDF passes an archival file, and names what a plain or broken one
lacks.
"""

from __future__ import annotations

from pathlib import Path

from weasyprint import HTML

from tests.verapdf import validate_all

PAGE = "<html lang=vi><title>Giao ước</title><h1>Giao ước thi đua</h1><p>Chỉ tiêu</p></html>"


def test_an_archival_file_passes_and_others_are_named_one_by_one(tmp_path: Path) -> None:
    archival, plain, nonsense = (
        tmp_path / name for name in ("archival.pdf", "plain.pdf", "nonsense.pdf")
    )
    HTML(string=PAGE).write_pdf(archival, pdf_variant="pdf/a-3a")
    HTML(string=PAGE).write_pdf(plain)
    nonsense.write_text("not a PDF")

    clean, faults, unreadable = validate_all([archival, plain, nonsense])

    assert clean == []
    assert [fault for fault in faults if "MarkInfo" in fault], faults
    assert unreadable[0].startswith("unreadable: "), unreadable

"""The checker is tried on faults made on purpose: each must be named, and by its own component
and rule.
"""

import io
from collections.abc import Iterable
from pathlib import Path

import pikepdf
import pytest

from pledge_app.agreements.paper import AGREEMENT
from pledge_app.papers.decree.applicable import OUR_OWN, ROWS
from pledge_app.papers.decree.checker import check_paper
from pledge_app.papers.decree.command import main
from pledge_app.papers.printing.paper import css_text, pictures, print_html, render, render_html
from tests.documents.examples import EXAMPLES
from tests.documents.examples_agreement import example_agreement
from tests.documents.examples_meeting import MEETING_EXAMPLES
from tests.documents.faults import FAULTS, FILE_FAULTS
from tests.documents.test_seeded_faults import SEEDED

ALL = {**EXAMPLES, **MEETING_EXAMPLES}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_the_checker_names_the_fault(fault: str) -> None:
    kind, component, rules, change = FAULTS[fault]
    content = ALL[kind]() if kind != "annexed" else example_agreement(13)
    kind = "agreement" if kind == "annexed" else kind
    html, css = change(render_html(kind, content), css_text(AGREEMENT.newest.shared))
    found = check_paper(print_html(html, css, pictures(content)).pdf, kind)
    assert {(component, rule) for rule in rules.split()} <= {
        (one.component, one.rule) for one in found
    }, [*map(str, found)]


@pytest.mark.parametrize("fault", sorted(FILE_FAULTS))
def test_the_checker_names_the_fault_of_the_file(fault: str) -> None:
    component, rule, spoil = FILE_FAULTS[fault]
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(render("minutes", EXAMPLES["minutes"]()).pdf)) as pdf:
        spoil(pdf)
        pdf.save(stream)
    assert (component, rule) in {
        (one.component, one.rule) for one in check_paper(stream.getvalue(), "minutes")
    }


def test_every_rule_of_every_row_has_its_fault() -> None:
    seeded = {
        (component, rule) for _, component, rules, _ in FAULTS.values() for rule in rules.split()
    }
    seeded |= {(component, rule) for component, rule, _ in FILE_FAULTS.values()}
    seeded |= {(component, rule) for _, component, rule, _ in SEEDED.values()}
    rules: Iterable[tuple[str, tuple[str, ...]]] = [
        *((row, rules) for row, (_, rules) in ROWS.items()),
        *OUR_OWN.items(),
    ]
    wanted = {(component, rule) for component, each in rules for rule in each}
    assert seeded == wanted


@pytest.mark.parametrize("parties", [1, 2, 6, 7, 13, 20])
def test_an_agreement_of_any_size_is_without_fault(parties: int) -> None:
    assert [
        *map(str, check_paper(render("agreement", example_agreement(parties)).pdf, "agreement"))
    ] == []


def test_an_annex_must_say_what_it_belongs_to() -> None:
    html = render_html("agreement", example_agreement(13)).replace("(Kèm theo", "(Theo")
    found = check_paper(print_html(html, css_text(AGREEMENT.newest.shared), {}).pdf, "agreement")
    assert "Dòng (Kèm theo ...)" in {finding.component for finding in found}


def test_the_command_says_it_in_vietnamese_and_by_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, no_pdf = (tmp_path / name for name in ("good.pdf", "bad.pdf", "no.pdf"))
    content = EXAMPLES["minutes"]()
    good.write_bytes(render("minutes", content).pdf)
    html, css = (
        render_html("minutes", content),
        css_text(AGREEMENT.newest.shared) + ".nation { font-size: 15pt }",
    )
    bad.write_bytes(print_html(html, css, {}).pdf)
    no_pdf.write_bytes(b"not a paper")
    assert (main(good), main(bad), main(no_pdf), main(tmp_path / "absent")) == (0, 1, 2, 2)
    said = capsys.readouterr().out
    assert "Không phát hiện lỗi trong các mục đã kiểm" in said
    assert "Đúng thể thức" not in said, "it says no more than it looked at"
    assert "Quốc hiệu (trang 1): cỡ chữ 15" in said

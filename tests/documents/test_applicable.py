"""No row of the decree's table is passed over in silence: for each kind of paper it is judged,
or the reason is given.
"""

import csv
from pathlib import Path

import pytest

from pledge_app.papers.decree import components as decree
from pledge_app.papers.decree.applicable import ROWS, UNKNOWN, Part
from pledge_app.papers.definition import Paper
from pledge_app.papers.registry import paper_of, parts_of
from tests.documents.every_paper import PAPERS

CSV = Path(decree.__file__).parent / "nd30_components.csv"


def rows_of_the_csv() -> list[str]:
    lines = (
        line for line in CSV.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    )
    return [row["thanh_phan"] for row in csv.DictReader(lines)]


def test_the_table_has_every_row_of_the_csv_and_no_other() -> None:
    assert list(ROWS) == rows_of_the_csv()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.kind)
@pytest.mark.parametrize("part", Part)
def test_each_paper_must_may_or_cannot_have_each_part(paper: Paper, part: Part) -> None:
    parts = paper.parts
    assert [part in parts.must, part in parts.may, part in parts.cannot].count(True) == 1
    assert parts.cannot.get(part, "a reason").strip()


@pytest.mark.parametrize("component", rows_of_the_csv())
def test_a_row_that_some_kind_may_have_is_judged_by_rules(component: str) -> None:
    part, rules = ROWS[component]
    assert bool(rules) == any(paper.parts.has(part) for paper in PAPERS)


@pytest.mark.parametrize(
    "component", sorted(row for row, (_, rules) in ROWS.items() if {"size", "bold"} <= set(rules))
)
def test_what_is_judged_by_its_style_has_a_size_in_the_csv(component: str) -> None:
    assert component in decree.components()


def test_the_type_on_the_paper_tells_the_kind_when_nobody_else_does() -> None:
    told = {name: paper for paper in PAPERS for name in paper.type_names}
    assert {"BẢN GIAO ƯỚC THI ĐUA", "BIÊN BẢN", "GIẤY MỜI"} < set(told)
    for printed, paper in told.items():
        assert parts_of(None, {"Số:", printed}) is paper.parts
    assert parts_of(None, {"THÔNG BÁO"}) is UNKNOWN
    assert parts_of("a kind of tomorrow", {"BIÊN BẢN"}) is UNKNOWN
    assert parts_of("minutes", {"GIẤY MỜI"}) is paper_of("minutes").parts


def test_a_finding_counts_only_where_its_row_does() -> None:
    programme, report = paper_of("programme").parts, paper_of("quarter_report").parts
    assert not programme.keeps("Quyền hạn, chức vụ người ký", "missing")
    assert report.keeps("Quyền hạn, chức vụ người ký", "missing")
    assert report.keeps("Căn cứ ban hành", "ending")
    assert not report.keeps("Căn cứ ban hành", "missing")
    assert programme.keeps("Kính gửi", "unwanted")
    assert not report.keeps("Kính gửi", "unwanted")
    assert programme.keeps("Tệp", "title")

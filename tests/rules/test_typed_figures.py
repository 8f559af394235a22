"""The number corpus: every row of inputs/numbers.csv gives its value, or a question with its
suggestion.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from pledge_app.application import ROOT
from pledge_app.kernel.numbers import (
    LONGEST_TYPED,
    NumberProblem,
    Shape,
    format_number,
    parse_figure,
)

INPUTS = Path(__file__).parent / "inputs"
ROWS = list(csv.DictReader((INPUTS / "numbers.csv").open(encoding="utf-8")))
SUGGESTED = re.compile(r"(?:Ý bạn là|gợi ý) (-?[0-9.,]*[0-9])")


def shape(unit: str, *, may_be_negative: bool = True) -> Shape:
    return Shape(unit, "%" in unit, unit == "đạt/không đạt", may_be_negative)


def problem_of(text: str, of: Shape, beside: tuple[str, ...] = ()) -> NumberProblem:
    with pytest.raises(NumberProblem) as refused:
        parse_figure(text, of, beside)
    return refused.value


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['typed']} {row['criterion_unit']}")
def test_the_corpus(row: dict[str, str]) -> None:
    of = shape(row["criterion_unit"])
    suggestion = SUGGESTED.search(row["say"])
    if row["right"] == "?":
        assert problem_of(row["typed"], of).suggestion.removesuffix(" (đúng)") == (
            suggestion[1] if suggestion else "9.806" if row["typed"] == "9806" else ""
        )
    elif "=" in row["right"]:  # no kind of criterion takes part and whole: the share is offered
        assert problem_of(row["typed"], of).suggestion == row["right"].rpartition(" ")[2]
    elif row["right"].startswith("trống"):
        assert parse_figure(row["typed"], of) is None
    else:
        right = "1" if row["right"] == "đạt" else row["right"]
        assert parse_figure(row["typed"], of) == Decimal(right.replace(",", "."))


def test_what_is_suggested_is_understood() -> None:
    asked = [row for row in ROWS if row["right"] == "?" or "=" in row["right"]]
    suggested = [
        (suggestion, shape(row["criterion_unit"]))
        for row in asked
        if (suggestion := problem_of(row["typed"], shape(row["criterion_unit"])).suggestion)
    ]
    assert len(suggested) > 15
    assert all(parse_figure(suggestion, of) is not None for suggestion, of in suggested)


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [("1,234", "1.234"), ("20,000", "20.000"), ("1.500", "1,500")],
)
def test_beside_an_english_number_a_figure_with_two_meanings_is_asked_about(
    typed: str, suggestion: str
) -> None:
    block = (typed, "1,234.5")
    assert parse_figure(typed, shape("ha"), (typed,)) is not None
    problem = problem_of(typed, shape("ha"), block)
    assert (problem.reason, problem.suggestion) == ("block", suggestion)
    assert parse_figure(f"{typed} (đúng)", shape("ha"), block) is not None
    assert parse_figure("12,5", shape("ha"), block) == Decimal("12.5")


@pytest.mark.parametrize("typed", ["(0,5)", "- 0,25", "–5", "-5"])
def test_nothing_negative_is_offered_where_nothing_may_be_negative(typed: str) -> None:
    assert problem_of(typed, shape("ha", may_be_negative=False)).suggestion == ""


@pytest.mark.parametrize(
    ("typed", "unit", "suggestion"),
    [
        ("1,4 tỷ đồng", "triệu đồng/người/năm", "1.400"),
        ("350 nghìn đồng", "triệu đồng", "0,35"),
        ("12 triệu", "đồng", "12.000.000"),
        ("12 nghìn", "người", "12.000"),
        ("12 mô hình", "ha", ""),
        ("12 triệu đồng", "người", ""),
        ("3 ha", "ha/năm", "3"),
        ("12.5 ha", "ha", "12,5"),
        ("250,5/326", "%", "76,84"),
        ("5/0", "%", ""),
        ("250/326/2", "%", ""),
        ("> 90%", "%", "90"),
        (">= 90", "%", "90"),
        ("1 234.567", "%", ""),
        ("95%", "", "95"),
    ],
)
def test_words_around_a_number(typed: str, unit: str, suggestion: str) -> None:
    assert problem_of(typed, shape(unit)).suggestion == suggestion


@pytest.mark.parametrize(
    ("typed", "value"), [("250 (đúng)", 250), ("9806% (Đúng)", 9806), ("95.125 (đúng)", 95125)]
)
def test_a_figure_that_was_asked_about_can_be_meant_as_it_stands(typed: str, value: int) -> None:
    assert parse_figure(typed, shape("%")) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("Đạt", 1),
        ("dat", 1),
        ("X", 1),
        ("Đ", 1),
        ("có", 1),
        ("không đạt", 0),
        ("Chưa đạt", 0),
        ("0", 0),
    ],
)
def test_yes_and_no_in_words(typed: str, value: int) -> None:
    assert parse_figure(typed, shape("đạt/không đạt")) == value
    assert problem_of("100", shape("đạt/không đạt")).reason == "yes_no"


def test_a_long_text_is_refused_before_it_is_looked_at() -> None:
    assert problem_of("a\u0301" * 100_000, shape("ha")).reason == "shape"
    assert parse_figure(" " * (LONGEST_TYPED - 1) + "1", shape("ha")) == 1


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not here")
def test_the_totals_in_the_browser_read_what_the_server_reads() -> None:
    script = f"""import {{ readFileSync }} from "node:fs";
    import {{ readNumber }} from "{(ROOT / "static/js/grid/numbers.js").as_uri()}";
    const rows = JSON.parse(readFileSync(0, "utf-8"));
    console.log(JSON.stringify(rows.map((text) => {{
      const read = readNumber(text);
      return typeof read === "bigint" ? String(read) : null;
    }})));"""
    texts = [row["typed"] for row in ROWS if row["criterion_unit"] != "đạt/không đạt"]
    told = subprocess.run(
        ["node", "--input-type=module", "-e", script],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    for text, read in zip(texts, json.loads(told.stdout), strict=True):
        try:
            value = parse_figure(text, Shape(is_percent="%" in text))
        except NumberProblem:
            value = None
        if value is not None:
            assert read == str(int(value * 10_000)), text
        assert read is None or format_number(Decimal(read) / 10_000)

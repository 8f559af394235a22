"""What an agreement's and a registration's paper begin with, and what older contents become."""

from datetime import date
from typing import Any

import pytest

from pledge_app.agreements.cluster_words import abbreviation, cluster_bases, kind_of
from pledge_app.agreements.paper import AGREEMENT
from pledge_app.agreements.paper_third import company_whole, third_layout
from pledge_app.agreements.paper_words import WORDS, word_of
from pledge_app.orgs.models import (
    Body,
    BodyKind,
    Cluster,
    ClusterMembership,
    ClusterPaper,
    ClusterPaperKind,
    Line,
)
from pledge_app.papers.vietnamese import symbols_apart
from pledge_app.pledges.paper import REGISTRATION
from pledge_app.pledges.snapshot import registered
from pledge_app.pledges.titles import titles_on
from tests.documents.examples_agreement import example_agreement


@pytest.mark.parametrize(
    ("kinds", "line", "expected"),
    [
        ([BodyKind.UBND, BodyKind.UBND], Line.UBND, ""),
        ([BodyKind.MTTQ], Line.MTTQ, "front"),
        ([BodyKind.HAMLET, BodyKind.HAMLET], Line.UBND, "hamlets"),
        ([BodyKind.ENTERPRISE, BodyKind.SERVICE], Line.UBND, "enterprises"),
    ],
)
def test_each_kind_of_cluster_begins_with_words_of_its_own(
    kinds: list[BodyKind], line: Line, expected: str
) -> None:
    members = [ClusterMembership(body=Body(kind=kind)) for kind in kinds]
    assert kind_of(Cluster(line=line, members=members)) == expected


def test_a_word_without_a_variant_is_the_plain_one() -> None:
    assert word_of("contents", "front", WORDS) == "contents_front"
    assert word_of("scoring", "front", WORDS) == "scoring"
    assert word_of("contents", "", WORDS) == "contents"


@pytest.mark.parametrize(
    ("kind", "name", "full", "expected"),
    [
        (BodyKind.UBND, "UBND xã A", "Ủy ban nhân dân xã A", "UBND xã A"),
        (BodyKind.MTTQ, "BTT xã A", "Ban Thường trực Ủy ban MTTQ Việt Nam xã A", ""),
        (BodyKind.ENTERPRISE, "Điện lực A", "Điện lực A", ""),
    ],
)
def test_a_name_is_abbreviated_where_there_is_a_shorter_one(
    kind: BodyKind, name: str, full: str, expected: str
) -> None:
    assert abbreviation(Body(kind=kind, name=name, full_name=full)) == expected


def test_the_clusters_own_papers_are_cited_with_their_day() -> None:
    paper = ClusterPaper(
        kind=ClusterPaperKind.DIVISION,
        number="215/QĐ-UBND",
        dated=date(2022, 1, 5),
        issuer="UBND huyện Hải Hậu",
        title="Quyết định Về việc chia cụm thi đua",
    )
    other = ClusterPaper(kind=ClusterPaperKind.OTHER)
    assert cluster_bases([paper, other]) == [
        "Căn cứ Quyết định số 215/QĐ-UBND ngày 05 tháng 01 năm 2022 của UBND huyện Hải Hậu "
        "về việc chia cụm thi đua"
    ]


def test_a_symbol_stays_on_one_line() -> None:
    pieces = symbols_apart("Nghị định số 152/2025/NĐ-CP & Hướng dẫn số 19/HD-UBND")
    assert [text for text, is_symbol in pieces if is_symbol] == ["152/2025/NĐ-CP", "19/HD-UBND"]


def test_a_companys_name_is_broken_between_its_words_only() -> None:
    whole = company_whole("CÔNG TY TNHH MỘT THÀNH VIÊN KHAI THÁC CÔNG TRÌNH THỦY LỢI HẢI HẬU")
    assert whole.split(" ") == [
        "CÔNG\u00a0TY\u00a0TNHH\u00a0MỘT\u00a0THÀNH\u00a0VIÊN",
        "KHAI\u00a0THÁC",
        "CÔNG\u00a0TRÌNH",
        "THỦY\u00a0LỢI",
        "HẢI\u00a0HẬU",
    ]
    assert company_whole("ỦY BAN NHÂN DÂN XÃ A") == "ỦY BAN NHÂN DÂN XÃ A"


@pytest.mark.parametrize(("parties", "across"), [(8, 2), (9, 3), (28, 3)])
def test_more_than_eight_sign_in_three_columns_and_no_table_is_below_11_points(
    parties: int, across: int
) -> None:
    layout: Any = third_layout(example_agreement(parties))
    assert len(layout["cell_rows"][0]) == across
    assert layout["in_annex"]
    assert layout["head_size"] >= 11


def test_points_have_a_column_where_the_set_has_them() -> None:
    content: Any = example_agreement(4)
    assert third_layout(content)["points_width"] == 0
    content["groups"][0]["rows"][0]["points"] = "10"
    wide: Any = third_layout(content)["points_width"]
    assert wide > 0


def test_older_contents_have_none_of_what_came_later() -> None:
    row = {"code": "1"}
    old = {"parties": [{"unit": "xã A"}], "groups": [{"rows": [row]}]}
    new: Any = AGREEMENT.upcasts[2](old)
    assert (new["titles"], new["scoring"], new["parties"][0]["abbreviation"]) == ([], [], "")
    assert new["groups"][0]["rows"][0]["points"] == ""
    sent: Any = REGISTRATION.upcasts[2]({"groups": [{"rows": [row]}]})
    assert (sent["movements"], sent["groups"][0]["rows"][0]["before"]) == ([], "")


def test_titles_are_those_of_the_day() -> None:
    names = {year: [one.name for one in titles_on(date(year, 12, 31))] for year in (2023, 2026)}
    assert "Khu dân cư văn hóa" in names[2023]
    assert "Khu dân cư văn hóa" not in names[2026]
    assert "Xã, phường, đặc khu tiêu biểu" in names[2026]
    assert len(names[2026]) == len(set(names[2026]))


def test_a_title_is_quoted_as_the_law_writes_it() -> None:
    assert registered("Tập thể lao động xuất sắc", "UBND xã") == (
        "“Tập thể lao động xuất sắc” (UBND xã)"
    )
    assert registered("Bằng khen của Chủ tịch UBND tỉnh", "") == "Bằng khen của Chủ tịch UBND tỉnh"

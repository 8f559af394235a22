"""The data files say what their sources say, and the rules accept them."""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pledge_app.campaigns import calendar
from pledge_app.campaigns.bases import KINDS
from pledge_app.campaigns.calendar import celebrate, phrase, read_commemorations, spring_phrase
from pledge_app.campaigns.shipped import KINDS as SHIPPED_KINDS
from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.register import RowFault, read_successions, read_units, split_type_word
from pledge_app.pledges.rules import RowState, TargetPlain, check_target, count_rows

DATA = Path(calendar.__file__).parent.parent / "data"


def lines(name: str) -> list[str]:
    return (DATA / name).read_text("utf-8").splitlines()


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(x for x in lines(name) if not x.startswith("#")))


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text("utf-8"))


SEED = toml("quang_dong_2023.toml")
SHOWN = toml("quang_dong_2023_illustrative.toml")
CRITERIA = {row["ma"]: row for row in table("criteria_quang_dong_2023.csv")}
LEAVES = [code for code, row in CRITERIA.items() if row["la_nhom"] == "không"]
OLD, NEW = read_units(lines("units_nam_dinh_2023.csv")), read_units(lines("units_vietnam_2025.csv"))


def test_the_registers_are_read_without_a_faulty_row() -> None:
    assert OLD.errors == NEW.errors == ()
    levels = [row.level for row in NEW.rows]
    assert (levels.count(UnitLevel.PROVINCE), levels.count(UnitLevel.COMMUNE)) == (34, 3321)
    assert {r.type_word for r in NEW.rows} == {"Tỉnh", "Thành phố", "Xã", "Phường", "Đặc khu"}


def test_a_code_is_never_an_identity() -> None:
    old = {r.code: r.full_name for r in OLD.rows if r.level is UnitLevel.COMMUNE}
    new = {r.code: r.full_name for r in NEW.rows if r.level is UnitLevel.COMMUNE}
    again = set(old) & set(new)
    assert len(again) == 57
    assert old["14287"] == "Xã Hải Tây"
    assert new["14287"] == "Xã Hải Quang"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("village,1,Xã A,", RowFault.LEVEL_UNKNOWN),
        ("commune,1x,Xã A,36", RowFault.CODE_NOT_DIGITS),
        ("commune,١,Xã A,36", RowFault.CODE_NOT_DIGITS),
        ("commune,36,Xã A,36", RowFault.CODE_REPEATED),
        ("commune,1,,36", RowFault.NAME_MISSING),
        ("commune,1,Hải Quang,36", RowFault.TYPE_WORD_UNKNOWN),
        ("commune,1,Xã A,99", RowFault.PARENT_UNKNOWN),
        ("province,2,Tỉnh B,36", RowFault.PARENT_UNEXPECTED),
        ("commune,1", RowFault.COLUMNS_MISSING),
    ],
)
def test_a_faulty_row_is_named_and_the_others_are_read(row: str, fault: RowFault) -> None:
    read = read_units(
        [
            "# remark",
            "level,code,name,parent_code",
            "province,36,Tỉnh Nam Định,",
            row,
            "commune,7,Xã B,36",
        ]
    )
    assert [(e.line, e.fault) for e in read.errors] == [(4, fault)]
    assert [r.code for r in read.rows] == ["36", "7"]


def test_type_words_of_every_spelling() -> None:
    assert split_type_word("Thị trấn  Cồn", UnitLevel.COMMUNE) == ("Thị trấn", "Cồn")
    assert split_type_word("xã Hải Quang", UnitLevel.COMMUNE) == ("Xã", "Hải Quang")
    assert split_type_word("Xóm 2", UnitLevel.HAMLET) == ("Xóm", "2")
    assert split_type_word("Xãng", UnitLevel.COMMUNE) is None
    assert read_units(["level,name"]).errors[0].fault == RowFault.COLUMNS_MISSING


def test_only_known_successions_between_units_of_the_registers() -> None:
    read = read_successions(lines("successions.csv"))
    assert read.errors == ()
    old = {(r.full_name, r.code) for r in OLD.rows}
    new = {(r.full_name, r.code) for r in NEW.rows}
    for row in read.rows:
        assert (row.predecessor, row.predecessor_code) in old
        assert (row.successor, row.successor_code) in (
            old if row.on_date < date(2025, 7, 1) else new
        )
    into: dict[tuple[str, date], set[str]] = {}
    for row in read.rows:
        into.setdefault((row.successor, row.on_date), set()).add(row.predecessor)
    assert into == {
        ("Thị trấn Cồn", date(2024, 9, 1)): {"Xã Hải Lý", "Xã Hải Chính"},
        ("Xã Hải Quang", date(2025, 7, 1)): {"Xã Hải Đông", "Xã Hải Tây", "Xã Hải Quang"},
        ("Xã Hải Tiến", date(2025, 7, 1)): {"Thị trấn Cồn", "Xã Hải Sơn", "Xã Hải Tân"},
    }


def test_a_wrong_date_of_a_succession_is_named() -> None:
    text = [
        "ngay,don_vi_cu,ma_cu,cap_tren_cu,don_vi_moi,ma_moi,cap_tren_moi,can_cu,do_chac",
        "30/02/2024,A,,,B,,,,",
        "2024-09-01,,,,B,,,,",
    ]
    assert [e.fault for e in read_successions(text).errors] == [
        RowFault.DATE_WRONG,
        RowFault.NAME_MISSING,
    ]


def test_the_campaigns_say_what_the_report_says() -> None:
    names = {d.name for d in read_commemorations(lines("commemorations.csv"))}
    assert [c["theme"] for c in SEED["campaign"]] == ["Lập thành tích cao nhất", "", "", ""]
    for campaign in SEED["campaign"]:
        for day in campaign["anniversary"]:
            assert set(day["commemorations"]) <= names
            said = (
                spring_phrase(2023)
                if day.get("is_spring")
                else phrase(2023, day["names"], day.get("founding_year"))
            )
            assert said.removeprefix("kỷ niệm ") in campaign["wording"]
    first = [phrase(2023, ["ngày thành lập Đảng Cộng sản Việt Nam"], 1930), spring_phrase(2023)]
    assert f"chào mừng {celebrate(first)}." in SEED["campaign"][0]["wording"]


def test_the_seed_holds_nothing_illustrative_and_the_other_file_nothing_else() -> None:
    assert SEED["minh_hoa"] is False
    assert SHOWN["minh_hoa"] is True
    for value in SHOWN.values():
        for item in (
            value if isinstance(value, list) else [value] if isinstance(value, dict) else []
        ):
            assert item["minh_hoa"] is True


def test_the_criteria_form_a_tree_of_known_kinds() -> None:
    for row in CRITERIA.values():
        assert row["ma_cha"] == "" or CRITERIA[row["ma_cha"]]["la_nhom"] == "có"
        assert row["nguon"] in ("seed", "minh_hoa")
        assert row["diem_chuan"] == ""
    for code in LEAVES:
        row = CRITERIA[code]
        assert row["nguon"] == "seed"
        assert row["don_vi_tinh"]
        Direction(row["huong"]), Cadence(row["nhip"]), ValueKind(row["loai"])


def figure(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def test_every_illustrative_target_may_be_sent() -> None:
    hamlets = {
        u: [h for h in SHOWN["hamlet"] if h["unit"] == u] for u in SEED["cluster"]["members"]
    }
    second = ["Xã Hải Phúc", "Xã Hải Lộc", "Xã Hải Hà", "Xã Hải Nam"]  # without hamlets in the demo
    assert {(t["unit"], t["criterion"]) for t in SHOWN["target"]} == {
        (u, c) for u in (*SEED["cluster"]["members"], *second) for c in LEAVES
    }
    for t in SHOWN["target"]:
        row = CRITERIA[t["criterion"]]
        counted = row["loai"] == "counted_rows"
        rows = (
            [RowState(h["goal"]) for h in hamlets[t["unit"]]]
            if counted and t["unit"] in hamlets
            else []
        )
        split = tuple(figure(q) for q in t["quarters"])
        assert (
            check_target(
                TargetPlain(
                    Direction(row["huong"]),
                    Cadence(row["nhip"]),
                    ValueKind(row["loai"]),
                    figure(t["goal"]),
                    figure(t["assigned"]),
                    t["reason"],
                    split,
                    tuple(rows),
                )
            )
            == []
        )
        if rows:
            assert 5 <= len(rows) <= 8
            last = count_rows([RowState(h["last_year"]) for h in hamlets[t["unit"]]])
            assert last.percent == figure(t["last_year"])
        if t["criterion"] in SEED["goals"]:
            assert t["goal"] == SEED["goals"][t["criterion"]]


def test_legal_bases_name_a_successor_that_takes_over_without_gap() -> None:
    bases = {row["ma"]: row for row in table("legal_bases.csv")}
    for row in bases.values():
        assert SHIPPED_KINDS[row["loai"]] in KINDS
        starts = date.fromisoformat(row["hieu_luc_tu"])
        assert row["do_chac"] in ("verified", "to verify")
        if row["hieu_luc_den"]:
            ends = date.fromisoformat(row["hieu_luc_den"])
            assert starts < ends
        if row["thay_bang"]:
            after = date.fromisoformat(bases[row["thay_bang"]]["hieu_luc_tu"])
            assert (after - ends).days == 1


def test_a_paper_of_2023_cites_the_law_of_2003_and_one_of_2024_that_of_2022() -> None:
    def in_force(day: str) -> set[str]:
        return {
            r["ma"]
            for r in table("legal_bases.csv")
            if r["hieu_luc_tu"] <= day and (not r["hieu_luc_den"] or day <= r["hieu_luc_den"])
        }

    assert {"luat-2003", "luat-2005", "luat-2013", "nd-91-2017", "tt-12-2019"} <= in_force(
        "2023-02-24"
    )
    assert not {"luat-2022", "nd-98-2023"} & in_force("2023-12-31")
    assert {"luat-2022", "nd-98-2023"} <= in_force("2024-01-01")
    assert "luat-2003" not in in_force("2024-01-01")
    assert "nd-152-2025" in in_force("2025-07-01")
    assert "nd-98-2023" not in in_force("2025-07-01")

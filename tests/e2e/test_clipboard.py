"""What Word, Excel and a web page put on the clipboard lands in the right cells, and can be taken
back.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Playwright, expect

from tests.e2e.browser import Visit, person
from tests.e2e.test_journeys import cell
from tests.loopback import Browser, Web, furnish

INPUTS = Path(__file__).parents[1] / "rules" / "inputs"
PASTE = """({html, text}) => { const data = new DataTransfer();
if (html) { data.setData('text/html', html); }
data.setData('text/plain', text);
document.activeElement.dispatchEvent(new ClipboardEvent('paste',
{clipboardData: data, bubbles: true, cancelable: true})); }"""
NUMBERS = ("goal", "q1", "q2", "q3", "q4")


@pytest.fixture
def sheet(tmp_path: Path, playwright: Playwright) -> Iterator[Visit]:
    """Lan's sheet of a dozen criteria, open in her browser."""
    web = Web(furnish(tmp_path, 12))
    try:
        with person(playwright, tmp_path / "profile") as context:
            address = f"http://127.0.0.1:{web.port}"
            cookies = [
                {"name": name, "value": value, "url": address}
                for name, value in Browser(web).cookies.items()
            ]
            context.add_cookies(cookies)  # type: ignore[arg-type]
            visit = Visit(context, address)
            visit.page.goto(f"{address}/giao-uoc/{web.office.pledge}/nhap")
            yield visit
            assert not visit.said
    finally:
        web.end()


def given(name: str) -> str:
    return (INPUTS / name).read_text(encoding="utf-8")


def paste(visit: Visit, place: Locator, *, html: str = "", text: str = "") -> None:
    place.focus()
    visit.page.evaluate(PASTE, {"html": html, "text": text})


def row(visit: Visit, number: int) -> list[str]:
    """The figures of a row and its measures."""
    return [cell(visit, number, name).input_value() for name in (*NUMBERS, "measures")]


def everything_saved(visit: Visit) -> None:
    expect(visit.page.locator("[data-status]")).to_contain_text("Đã lưu lúc", timeout=15_000)
    expect(visit.page.locator("td.cell.saving, td.cell.unsaved")).to_have_count(0)


def pasted(visit: Visit) -> Locator:
    return visit.page.locator("[data-pasted]")


def test_a_word_table_with_two_paragraphs_in_a_cell_keeps_its_rows(sheet: Visit) -> None:
    paste(
        sheet, cell(sheet, 0, "goal"), html=given("word_table.html"), text=given("word_table.txt")
    )
    everything_saved(sheet)
    sheet.page.reload()
    assert row(sheet, 0) == ["4", "1", "1", "1", "1", "- Tuyên truyền\n- Vận động"]
    assert row(sheet, 1) == ["15", "3", "4", "4", "4", "Biện pháp hai"]
    assert cell(sheet, 3, "q1").input_value() == ""


def test_a_frame_of_one_cell_is_one_cell_and_erases_nothing(sheet: Visit) -> None:
    cell(sheet, 1, "measures").fill("Của dòng hai")
    everything_saved(sheet)
    html = given("one_cell_table.html")
    paste(sheet, cell(sheet, 0, "measures"), html=html, text="Dòng một\nDòng hai\nDòng ba")
    everything_saved(sheet)
    sheet.page.reload()
    assert cell(sheet, 0, "measures").input_value() == "Dòng một\nDòng hai\nDòng ba"
    assert cell(sheet, 1, "measures").input_value() == "Của dòng hai"


def test_quoted_cells_of_excel_stay_one_cell_each(sheet: Visit) -> None:
    text = '12\t3\t3\t3\t3\t"Dòng một\nDòng ""hai"""\n3\t\t\t\t\t"Ngôi nhà xanh" số 2\n'
    paste(sheet, cell(sheet, 0, "goal"), text=text)
    everything_saved(sheet)
    assert row(sheet, 0) == ["12", "3", "3", "3", "3", 'Dòng một\nDòng "hai"']
    assert row(sheet, 1) == ["3", "", "", "", "", '"Ngôi nhà xanh" số 2']


def test_a_blank_or_merged_cell_erases_nothing_and_the_page_says_so(sheet: Visit) -> None:
    cell(sheet, 0, "q1").fill("7")
    cell(sheet, 1, "goal").fill("8")
    everything_saved(sheet)
    html = "<table><tr><td rowspan=2>4</td><td></td></tr><tr><td>5</td></tr></table>"
    paste(sheet, cell(sheet, 0, "goal"), html=html, text="4\t\n\t5")
    expect(pasted(sheet)).to_contain_text(
        "Đã dán 2 ô. 1 ô trống trong khối không xóa nội dung đang có."
    )
    everything_saved(sheet)
    sheet.page.reload()
    assert row(sheet, 0)[:2] == ["4", "7"]
    assert row(sheet, 1)[:2] == ["8", "5"]


def test_a_paste_can_be_undone_and_what_was_typed_since_stays(sheet: Visit) -> None:
    cell(sheet, 0, "goal").fill("9")
    everything_saved(sheet)
    paste(sheet, cell(sheet, 0, "goal"), text="4\t1\n5\t2\n")
    expect(pasted(sheet)).to_contain_text("Đã dán 4 ô.")
    everything_saved(sheet)
    cell(sheet, 1, "q1").fill("3")
    everything_saved(sheet)
    sheet.page.get_by_role("button", name="Hoàn tác").click()
    expect(pasted(sheet)).to_contain_text(
        "Đã hoàn tác 3 ô. 1 ô đã sửa sau khi dán được giữ nguyên."
    )
    everything_saved(sheet)
    sheet.page.reload()
    assert row(sheet, 0)[:2] == ["9", ""]
    assert row(sheet, 1)[:2] == ["", "3"]


def test_the_heads_copied_with_a_block_shift_nothing(sheet: Visit) -> None:
    paste(sheet, cell(sheet, 0, "goal"), text="Chỉ tiêu\tQuý I\n4\t1\n5\t2\n")
    expect(pasted(sheet)).to_contain_text("Đã bỏ dòng tiêu đề của bảng.")
    assert row(sheet, 0)[:2] == ["4", "1"]
    assert row(sheet, 1)[:2] == ["5", "2"]


def test_a_column_of_measures_from_excel_goes_down_the_rows(sheet: Visit) -> None:
    html = "<table><tr><td>Một</td></tr><tr><td>Hai</td></tr></table>"
    paste(sheet, cell(sheet, 0, "measures"), html=html, text="Một\nHai\n")
    everything_saved(sheet)
    assert [row(sheet, number)[-1] for number in (0, 1)] == ["Một", "Hai"]


def test_nothing_of_a_copied_page_runs_or_is_fetched(sheet: Visit) -> None:
    asked: list[str] = []
    sheet.page.on("request", lambda request: asked.append(request.url))
    html = (
        "<table><tr><td>4<script>document.title='x'</script><img src='/bay' "
        "onerror='document.title=1'></td><td style='display:none'>9</td><td>5</td></tr></table>"
    )
    paste(sheet, cell(sheet, 0, "goal"), html=html, text="4\t5")
    everything_saved(sheet)
    assert not [url for url in asked if "bay" in url]
    assert sheet.page.title() not in ("x", "1")
    assert row(sheet, 0)[0] == "4"


def test_english_numbers_in_a_block_are_asked_about_and_one_press_takes_what_was_meant(
    sheet: Visit,
) -> None:
    paste(sheet, cell(sheet, 0, "goal"), text="1,234\n1,234.5\n")
    notes = sheet.page.locator("tr.notes")
    expect(notes.nth(0)).to_contain_text("Ý bạn là 1.234?", timeout=15_000)
    sheet.page.reload()  # what was not saved is kept with the block it came from
    expect(notes.nth(0)).to_contain_text("Ý bạn là 1.234?", timeout=15_000)
    expect(notes.nth(1)).to_contain_text("Ý bạn là 1.234,5?", timeout=15_000)
    notes.nth(0).get_by_role("button", name="Sửa thành 1.234").click()
    notes.nth(1).get_by_role("button", name="Sửa thành 1.234,5").click()
    everything_saved(sheet)
    sheet.look()
    sheet.page.reload()
    assert [row(sheet, number)[0] for number in (0, 1)] == ["1.234", "1.234,5"]


def test_a_question_is_asked_again_when_the_whole_sheet_is_sent(sheet: Visit) -> None:
    paste(sheet, cell(sheet, 0, "goal"), text="1,234\n1,234.5\n")
    expect(sheet.page.locator("tr.notes").nth(0)).to_contain_text("Ý bạn là 1.234?", timeout=15_000)
    sheet.press("Lưu")
    notes = sheet.page.locator("tr.notes")
    expect(notes.nth(0)).to_contain_text("Ý bạn là 1.234?")
    notes.nth(0).get_by_role("button", name="Sửa thành 1.234").click()
    expect(cell(sheet, 0, "goal")).to_have_value("1.234")

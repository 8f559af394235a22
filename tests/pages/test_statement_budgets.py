"""How many statements a list, a queue or a dashboard asks does not depend on how many communes
there are.
"""

from __future__ import annotations

import io
import zipfile

from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.base import db
from tests import scale

MOST = 39  # the pages that ask most: a meeting with its signatures, and what is due from every room


def test_more_communes_mean_no_more_statements(app, cast):
    scale.more_criteria(12)
    province = scale.begin(cast)
    scale.grow(province, 10)
    few = scale.counted(app, province)
    scale.grow(province, 70)
    assert scale.counted(app, province) == few
    assert max(few.values()) <= MOST


def test_the_reviewers_of_the_measure_have_25_and_129_communes(app, cast):
    province = scale.begin(cast)
    scale.grow(province, 160)
    assert province.held == {"rev25": 25, "rev129": 129, "rest": 6}


def test_the_assigned_figures_show_25_units_at_a_time_and_excel_all_of_them(app, cast, visit):
    province = scale.begin(cast)
    scale.grow(province, 60)
    path = f"/nam-thi-dua/{db.session.get_one(EmulationYear, cast.year).pid}"
    for page in (path, f"{path}/chi-tieu-giao"):
        first = visit("quan").get(page).text
        assert "Trang 1 trên 3 · 64 đơn vị" in first
        assert "Số 0060" in visit("quan").get(f"{page}?trang=3").text
    book = zipfile.ZipFile(
        io.BytesIO(visit("quan").post(f"{path}/chi-tieu-giao/xlsx", status=200).data)
    )
    words = book.read("xl/sharedStrings.xml").decode()
    assert all(f"UBND xã Số {number:04}" in words for number in range(1, 61))

"""The fixed words of each kind of paper: name, symbol, opening, closing articles. Versioned;
frozen papers keep theirs.

A word may hold places to fill, written {năm}; which ones a kind knows stands in PLACES.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.documents.models import PaperKind, PaperWording
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, NotFound, Problem, check
from pledge_app.kernel.text import clean_text
from pledge_app.kernel.versions import check_version
from pledge_app.orgs.policy import administer

K = PaperKind
DEFAULTS: dict[PaperKind, dict[str, str]] = {
    K.REGISTRATION: {
        "type_name": "BẢN ĐĂNG KÝ THI ĐUA",
        "symbol": "ĐK-{ký hiệu}",
        "opening": "{cơ quan} đăng ký thi đua năm {năm} như sau:",
        "closing": "",
    },
    K.QUARTER_REPORT: {
        "type_name": "BÁO CÁO",
        "subject": "Kết quả thực hiện giao ước thi đua {kỳ}",
        "symbol": "BC-{ký hiệu}",
        "opening": "{cơ quan} báo cáo kết quả thực hiện giao ước thi đua {kỳ} như sau:",
        "closing": "",
    },
    K.AGREEMENT: {
        "type_name": "BẢN GIAO ƯỚC THI ĐUA",
        "purpose": (
            "Để đẩy mạnh phong trào thi đua, phấn đấu hoàn thành các chỉ tiêu, nhiệm vụ năm "
            "{năm}, các đơn vị thống nhất ký giao ước thi đua với các nội dung dưới đây."
        ),
        "contents": (
            "Các đơn vị tổ chức phát động và thực hiện các phong trào, đợt thi đua trong năm "
            "{năm} theo hướng dẫn của cấp trên, gắn với hoàn thành các chỉ tiêu đã đăng ký."
        ),
        "standards": "",
        "measures": (
            "Cụ thể hóa nội dung giao ước thành kế hoạch của đơn vị; phân công người phụ trách "
            "từng chỉ tiêu.\nTuyên truyền, vận động cán bộ, công chức và Nhân dân tham gia các "
            "phong trào thi đua.\nKiểm tra, đôn đốc thường xuyên; kịp thời biểu dương, khen "
            "thưởng điển hình tiên tiến."
        ),
        "organisation": (
            "Các đơn vị báo cáo kết quả thực hiện hằng quý theo thời hạn của hướng dẫn năm "
            "{năm}.\nCụm trưởng theo dõi, đôn đốc, tổng hợp; tổ chức sơ kết, tổng kết, bình xét "
            "theo hướng dẫn của cấp trên."
        ),
        "commitment": (
            "Các đơn vị cam kết tổ chức thực hiện nghiêm túc các nội dung giao ước; kết quả thực "
            "hiện là căn cứ để bình xét, xếp hạng thi đua và đề nghị khen thưởng năm {năm}. Bản "
            "giao ước có hiệu lực kể từ ngày ký."
        ),
        "copies": (
            "Bản giao ước này được lập thành {số bản} bản, có giá trị như nhau: mỗi đơn vị giữ "
            "01 bản, {cơ quan thẩm định} 01 bản, lưu 01 bản."
        ),
    },
    K.MINUTES: {
        "type_name": "BIÊN BẢN",
        "subject": "Hội nghị ký kết giao ước thi đua năm {năm}",
        "closing": "",
    },
}
PLACES: dict[PaperKind, tuple[str, ...]] = {
    K.REGISTRATION: ("năm", "cơ quan", "ký hiệu"),
    K.QUARTER_REPORT: ("năm", "cơ quan", "ký hiệu", "kỳ"),
    K.AGREEMENT: ("năm", "cụm", "số bản", "cơ quan thẩm định"),
    K.MINUTES: ("năm", "cụm"),
}
WORDS: dict[str, LazyString] = {
    "type_name": _l("Tên loại văn bản"),
    "subject": _l("Trích yếu"),
    "symbol": _l("Ký hiệu"),
    "opening": _l("Câu mở đầu"),
    "closing": _l("Phần kết"),
    "purpose": _l("Mục đích, yêu cầu"),
    "contents": _l("Nội dung thi đua (phần chung)"),
    "commitment": _l("Cam kết, hiệu lực"),
    "standards": _l("Phần đầu của chỉ tiêu"),
    "measures": _l("Biện pháp thực hiện"),
    "organisation": _l("Tổ chức thực hiện"),
    "copies": _l("Số bản, nơi giữ"),
}
SHORT = ("type_name", "subject", "symbol")
PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Wording:
    """The words of one kind as they stand; `version` 0: those that come with the software."""

    kind: PaperKind
    version: int
    words: Mapping[str, str]

    def filled(self, word: str, places: Mapping[str, str]) -> str:
        """One word with its places filled; a place without a value falls away with nothing in
        its stead.
        """
        return PLACE.sub(lambda found: places.get(found[1], ""), self.words.get(word, "")).strip()


def wording(kind: PaperKind, version: int | None = None) -> Wording:
    """The newest words of a kind, or those of a version; raises NotFound for a version that is
    not there.
    """
    if version == 0:
        return Wording(kind, 0, DEFAULTS[kind])
    chosen = (
        select(PaperWording)
        .where(PaperWording.kind == kind)
        .order_by(PaperWording.version.desc())
        .limit(1)
    )
    row = db.session.scalar(
        chosen if version is None else chosen.where(PaperWording.version == version)
    )
    if row is not None:
        return Wording(kind, row.version, DEFAULTS[kind] | row.words)
    if version is None:
        return Wording(kind, 0, DEFAULTS[kind])
    raise NotFound(_("Không có phiên bản này của mẫu."))


def versions(kind: PaperKind) -> list[PaperWording]:
    """Every version, newest first."""
    return list(
        db.session.scalars(
            select(PaperWording)
            .where(PaperWording.kind == kind)
            .order_by(PaperWording.version.desc())
        )
    )


def set_wording(
    kind: PaperKind,
    words: Mapping[str, str],
    *,
    note: str,
    version: int,
    actor: Actor,
    at: datetime,
) -> PaperWording:
    """The next version; papers made from now on use it. `version`: the one that the page was
    opened with.
    """
    administer(actor)
    now = wording(kind)
    check_version(now.version, version)
    cleaned = {word: clean_text(words.get(word, "")) for word in DEFAULTS[kind]}
    problems = list(faults(kind, cleaned))
    if problems:
        raise DomainError(_("Mẫu chưa đúng. Hãy sửa các mục dưới đây."), problems)
    check(cleaned != dict(now.words), _("Không có gì thay đổi so với phiên bản đang dùng."))
    check(note, _("Hãy ghi lý do thay đổi."), [Problem(_("Chưa ghi lý do."), "note")])
    made = PaperWording(
        kind=kind, version=now.version + 1, words=cleaned, note=note, made_by=actor.name, made_at=at
    )
    db.session.add(made)
    db.session.flush()
    record(
        "wording.set", made, actor=actor, at=at, kind=kind.value, version=made.version, reason=note
    )
    return made


def faults(kind: PaperKind, words: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the words of a kind."""
    found: list[Problem] = []
    for word, text in words.items():
        unknown = [place for place in PLACE.findall(text) if place not in PLACES[kind]]
        if unknown:
            found.append(
                Problem(
                    _(
                        "Không có chỗ điền {%(name)s}. Dùng được: %(known)s.",
                        name=unknown[0],
                        known=", ".join(f"{{{one}}}" for one in PLACES[kind]),
                    ),
                    word,
                )
            )
        if PLACE.sub("", text).count("{") or PLACE.sub("", text).count("}"):
            found.append(Problem(_("Dấu ngoặc nhọn phải mở và đóng quanh một chỗ điền."), word))
    name = words.get("type_name", "")
    if not name or name != name.upper():
        found.append(Problem(_("Tên loại văn bản phải có và viết chữ in hoa."), "type_name"))
    if " " in words.get("symbol", "").replace("{ký hiệu}", ""):
        found.append(Problem(_("Ký hiệu không có khoảng trắng."), "symbol"))
    return found

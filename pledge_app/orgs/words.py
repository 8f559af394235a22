"""Levels and kinds in the words of the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Authority, BodyKind, ClusterPaperKind, LeadKind, Line
from pledge_app.orgs.register import split_type_word

UNSAID_HAMLET = _l("thôn, xóm")
LEVEL_WORDS: dict[UnitLevel, LazyString] = {
    UnitLevel.PROVINCE: _l("Cấp tỉnh"),
    UnitLevel.DISTRICT: _l("Cấp huyện"),
    UnitLevel.COMMUNE: _l("Cấp xã"),
    UnitLevel.HAMLET: _l("Thôn, xóm, tổ dân phố"),
}


def hamlet_word(names: Iterable[str]) -> str:
    """What the units below a commune are called there, by their names: "ấp"; "thôn, tổ dân phố"
    where there are two kinds; "thôn, xóm" where nothing says it.
    """
    kinds = (split_type_word(name, UnitLevel.HAMLET) for name in names)
    counted = Counter(kind[0].lower() for kind in kinds if kind is not None)
    return ", ".join(word for word, _n in counted.most_common(2)) or str(UNSAID_HAMLET)


def level_word(level: UnitLevel) -> LazyString:
    """ "Cấp xã" for a commune."""
    return LEVEL_WORDS[level]


KIND_WORDS: dict[BodyKind, LazyString] = {
    BodyKind.UBND: _l("Ủy ban nhân dân"),
    BodyKind.MTTQ: _l("Ủy ban MTTQ Việt Nam"),
    BodyKind.PARTY: _l("Cấp ủy Đảng"),
    BodyKind.COUNCIL: _l("Hội đồng nhân dân"),
    BodyKind.EMULATION_COUNCIL: _l("Hội đồng Thi đua - Khen thưởng"),
    BodyKind.DEPARTMENT: _l("Sở, phòng, ban, ngành"),
    BodyKind.SERVICE: _l("Đơn vị sự nghiệp"),
    BodyKind.ENTERPRISE: _l("Doanh nghiệp"),
    BodyKind.ARMED: _l("Quân sự, công an"),
    BodyKind.UNION: _l("Tổ chức khác"),
    BodyKind.HAMLET: _l("Thôn, xóm"),
}


def kind_word(kind: BodyKind) -> LazyString:
    """ "Ủy ban nhân dân" for a people's committee."""
    return KIND_WORDS[kind]


AUTHORITY_WORDS: dict[Authority, LazyString] = {
    Authority.TM: _l("TM. (thay mặt tập thể)"),
    Authority.Q: _l("Q. (quyền)"),
    Authority.KT: _l("KT. (ký thay)"),
    Authority.TL: _l("TL. (thừa lệnh)"),
    Authority.TUQ: _l("TUQ. (thừa ủy quyền)"),
    Authority.NONE: _l("không ghi (người đứng đầu ký: giám đốc, trưởng phòng, trưởng thôn)"),
}
LINE_WORDS: dict[Line, LazyString] = {Line.UBND: _l("Hệ UBND"), Line.MTTQ: _l("Hệ MTTQ")}
LEAD_WORDS: dict[LeadKind, LazyString] = {
    LeadKind.LEAD: _l("Cụm trưởng"),
    LeadKind.DEPUTY: _l("Cụm phó"),
}
PAPER_WORDS: dict[ClusterPaperKind, LazyString] = {
    ClusterPaperKind.DIVISION: _l("Quyết định chia cụm"),
    ClusterPaperKind.RULES: _l("Quy chế hoạt động"),
    ClusterPaperKind.CONFIRMATION: _l("Văn bản chuẩn y Cụm trưởng, Cụm phó"),
    ClusterPaperKind.OTHER: _l("Văn bản khác"),
}

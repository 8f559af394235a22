"""What a cell says of a kind of body or of how somebody signs; blank says what is usual."""

from __future__ import annotations

from functools import cache

from flask_babel import gettext as _

from pledge_app.kernel.errors import DomainError
from pledge_app.kernel.text import fold
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Authority, BodyKind
from pledge_app.orgs.naming import kind_in
from pledge_app.orgs.words import KIND_WORDS
from pledge_app.web.language import kept_text

COLLECTIVE = (
    BodyKind.UBND,
    BodyKind.MTTQ,
    BodyKind.PARTY,
    BodyKind.COUNCIL,
    BodyKind.EMULATION_COUNCIL,
)
# What people write beside the words of the screen.
ALSO = {
    BodyKind.UBND: ("ubnd",),
    BodyKind.MTTQ: ("mttq", "ban thuong truc", "uy ban mttq", "mat tran"),
    BodyKind.PARTY: ("dang uy", "huyen uy", "tinh uy", "cap uy", "chi bo"),
    BodyKind.COUNCIL: ("hdnd",),
    BodyKind.EMULATION_COUNCIL: ("hoi dong tdkt", "hoi dong thi dua"),
    BodyKind.DEPARTMENT: ("so", "phong", "ban", "nganh", "phong ban", "so nganh"),
    BodyKind.SERVICE: ("su nghiep", "truong", "tram", "benh vien"),
    BodyKind.ENTERPRISE: ("cong ty", "ngan hang"),
    BodyKind.ARMED: ("quan su", "cong an", "bien phong", "ban chqs"),
    BodyKind.UNION: ("cong doan", "to chuc", "doan the", "hoi", "doan thanh nien"),
    BodyKind.HAMLET: ("thon", "xom", "ap", "ban lang", "buon", "khom", "to dan pho", "to tu quan"),
}


def read_kind(
    typed: str,
    name: str,
    level: UnitLevel,
) -> BodyKind:
    """The kind of a body as written; blank: what its name says. Raises DomainError."""
    if level is UnitLevel.HAMLET and not typed:
        return BodyKind.HAMLET
    found = _kinds().get(fold(typed)) if typed else kind_in(name)
    if found is not None:
        return found
    kinds = ", ".join(kept_text(word) for word in KIND_WORDS.values())
    raise DomainError(
        _(
            "Không rõ loại cơ quan “%(text)s”. Hãy ghi một trong các loại: %(kinds)s.",
            text=typed[:60],
            kinds=kinds,
        )
    )


@cache
def _kinds() -> dict[str, BodyKind]:
    """Every word for a kind, without diacritics."""
    words = {word: kind for kind, also in ALSO.items() for word in also}
    return words | {fold(kept_text(word)): kind for kind, word in KIND_WORDS.items()}


def read_authority(
    typed: str,
    title: str,
    kind: BodyKind,
) -> Authority:
    """As written; blank: a deputy signs KT., the head of a collective TM., others without.
    Raises DomainError.
    """
    key = fold(typed).replace(".", "").split(" ")[0]
    if key:
        for one in Authority:
            if one.value and key == fold(one.value).replace(".", ""):
                return one
        if key in ("khong", "-", "—"):
            return Authority.NONE
        raise DomainError(_("Cột “Khi ký ghi” chỉ nhận: TM., Q., KT., TL., TUQ. hoặc để trống."))
    if fold(title).startswith("pho"):
        return Authority.KT
    return Authority.TM if kind in COLLECTIVE else Authority.NONE

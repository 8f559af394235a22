"""The fixed words of each kind of paper: name, symbol, opening, closing articles. Versioned;
frozen papers keep theirs.

A word may hold places to fill, written {năm}; which ones a paper knows is said by its definition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.documents.models import PaperWording
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, NotFound, Problem, check
from pledge_app.kernel.text import clean_text
from pledge_app.kernel.versions import check_version
from pledge_app.orgs.policy import administer
from pledge_app.papers.definition import Paper

PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Wording:
    """The words of one paper as they stand; `version` 0: those that come with the software."""

    paper: Paper
    version: int
    words: Mapping[str, str]

    def filled(self, word: str, places: Mapping[str, str]) -> str:
        """One word with its places filled; a place without a value falls away with nothing in
        its stead.
        """
        return PLACE.sub(lambda found: places.get(found[1], ""), self.words.get(word, "")).strip()


def wording(paper: Paper, version: int | None = None) -> Wording:
    """The newest words of a kind, or those of a version; raises NotFound for a version that is
    not there.
    """
    if version == 0:
        return Wording(paper, 0, paper.words())
    chosen = (
        select(PaperWording)
        .where(PaperWording.kind == paper.kind)
        .order_by(PaperWording.version.desc())
        .limit(1)
    )
    row = db.session.scalar(
        chosen if version is None else chosen.where(PaperWording.version == version)
    )
    if row is not None:
        return Wording(paper, row.version, paper.words() | row.words)
    if version is None:
        return Wording(paper, 0, paper.words())
    raise NotFound(_("Không có phiên bản này của mẫu."))


def versions(paper: Paper) -> list[PaperWording]:
    """Every version, newest first."""
    return list(
        db.session.scalars(
            select(PaperWording)
            .where(PaperWording.kind == paper.kind)
            .order_by(PaperWording.version.desc())
        )
    )


def set_wording(
    paper: Paper,
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
    now = wording(paper)
    check_version(now.version, version)
    cleaned = {word: clean_text(words.get(word, "")) for word in paper.wording}
    problems = list(faults(paper, cleaned))
    if problems:
        raise DomainError(_("Mẫu chưa đúng. Hãy sửa các mục dưới đây."), problems)
    check(cleaned != dict(now.words), _("Không có gì thay đổi so với phiên bản đang dùng."))
    check(note, _("Hãy ghi lý do thay đổi."), [Problem(_("Chưa ghi lý do."), "note")])
    made = PaperWording(
        kind=paper.kind,
        version=now.version + 1,
        words=cleaned,
        note=note,
        made_by=actor.name,
        made_at=at,
    )
    db.session.add(made)
    db.session.flush()
    record(
        "wording.set",
        made,
        actor=actor,
        at=at,
        kind=paper.kind,
        version=made.version,
        reason=note,
    )
    return made


def faults(paper: Paper, words: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the words of a paper."""
    found: list[Problem] = []
    for word, text in words.items():
        unknown = [place for place in PLACE.findall(text) if place not in paper.places]
        if unknown:
            found.append(
                Problem(
                    _(
                        "Không có chỗ điền {%(name)s}. Dùng được: %(known)s.",
                        name=unknown[0],
                        known=", ".join(f"{{{one}}}" for one in paper.places),
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

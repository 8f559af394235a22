"""What one sitting may do, and the words of it for programme, script and minutes. Pure text,
Vietnamese only.

One meeting may sum up last year, vote, adopt the rules, elect lead and deputy, adopt and sign the
agreement (Phú Hựu 2020): the last is always done, the others are chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from pledge_app.kernel.daytime import TimeProblem, parse_time, time_words


class Item(StrEnum):
    """The matters that are chosen."""

    REVIEW = "review"
    VOTE = "vote"
    RULES = "rules"
    ELECT = "elect"


@dataclass(frozen=True)
class Matter:
    """One point of the programme: its name, who carries it out, what is read out, what the
    minutes propose.
    """

    name: str
    by: str
    said: tuple[str, ...]
    minuted: str = ""
    at: str = ""
    """When it begins: "08 giờ 15"; "" = not fixed."""


@dataclass(frozen=True)
class Words:
    """Names that the texts need."""

    year: int
    cluster: str
    """"vùng Quang Đông"."""
    lead: str
    upper: str
    """The reviewing body."""
    units: str
    """"các xã Hải Quang, Hải Đông, Hải Tây, Hải Lý"."""
    guests: tuple[str, ...]
    chair: str
    title: str = ""
    """The meeting's own; "" = it is named after the signing."""


def usual_title(year: int) -> str:
    """Of a meeting that has none of its own."""
    return f"Hội nghị ký kết giao ước thi đua năm {year}"


def own_matters(lines: Iterable[str]) -> list[Matter]:
    """An agenda as the office wrote it, a line each: "giờ; nội dung; người thực hiện".

    The time and the last part may be left out; a first part that is no time belongs to the matter.
    """
    return [_own_matter([part.strip() for part in line.split(";")]) for line in lines]


def _own_matter(parts: list[str]) -> Matter:
    at = ""
    if len(parts) > 1:
        try:
            at = time_words(parse_time(parts[0]))
            parts = parts[1:]
        except TimeProblem:
            pass
    by = parts[-1] if len(parts) > 1 else ""
    name = "; ".join(parts[:-1] if by else parts)
    invited = f"Xin kính mời {by} thực hiện." if by else "Xin mời chủ tọa điều hành."
    said = (f"Tiếp theo chương trình: {name}.", invited)
    return Matter(
        name,
        by,
        said,
        f"{name}.",
        at,
    )


def matters(items: Collection[str], w: Words) -> list[Matter]:
    """The whole programme in its usual order."""
    return [
        _opening(w),
        *_chosen(items, w),
        *_agreement(w),
        _word_from_above(w),
        _end(w),
    ]


def _opening(w: Words) -> Matter:
    guests = (
        [f"Về dự và chỉ đạo Hội nghị, xin trân trọng giới thiệu: {'; '.join(w.guests)}."]
        if w.guests
        else []
    )
    return Matter(
        "Ổn định tổ chức, tuyên bố lý do, giới thiệu đại biểu",
        "Ban tổ chức",
        (
            "Kính thưa các vị đại biểu, thưa các đồng chí!",
            f"Hôm nay, {w.cluster} tổ chức {w.title or usual_title(w.year)} của {w.units}.",
            *guests,
            f"Xin trân trọng giới thiệu đồng chí {w.chair} chủ trì Hội nghị."
            if w.chair
            else "Xin trân trọng giới thiệu đồng chí chủ trì Hội nghị.",
        ),
        "Ban tổ chức tuyên bố lý do, giới thiệu đại biểu và người chủ trì.",
    )


def _chosen(items: Collection[str], w: Words) -> list[Matter]:
    last = w.year - 1
    known = {
        Item.REVIEW: Matter(
            f"Báo cáo tổng kết thực hiện giao ước thi đua năm {last}",
            w.lead,
            (
                f"Thưa các vị đại biểu, trước hết xin kính mời đại diện {w.lead} trình bày báo "
                f"cáo tổng kết thực hiện giao ước thi đua năm {last}.",
                "Xin mời các đồng chí thảo luận, đóng góp ý kiến cho báo cáo.",
            ),
            f"Đại diện {w.lead} trình bày báo cáo tổng kết thực hiện giao ước thi đua năm {last}; "
            f"Hội nghị thảo luận.",
        ),
        Item.VOTE: Matter(
            f"Bình xét, bỏ phiếu kết quả thi đua năm {last}",
            "Chủ tọa, tổ kiểm phiếu",
            (
                f"Tiếp theo, Hội nghị bình xét và bỏ phiếu kết quả thi đua năm {last}. Xin mời "
                f"chủ tọa điều hành.",
                "Xin mời tổ kiểm phiếu làm việc và công bố kết quả.",
            ),
            f"Hội nghị bình xét, bỏ phiếu kết quả thi đua năm {last}; kết quả: …..",
        ),
        Item.RULES: Matter(
            "Thảo luận, thông qua quy chế hoạt động",
            w.lead,
            (
                f"Xin mời đại diện {w.lead} trình bày dự thảo quy chế hoạt động để Hội nghị thảo "
                f"luận và biểu quyết.",
            ),
            "Hội nghị thảo luận và biểu quyết thông qua quy chế hoạt động; kết quả: …..",
        ),
        Item.ELECT: Matter(
            f"Bầu Cụm trưởng, Cụm phó năm {w.year}",
            "Chủ tọa",
            (
                f"Xin mời chủ tọa điều hành việc bầu Cụm trưởng, Cụm phó năm {w.year}.",
                "Xin chúc mừng các đơn vị vừa được Hội nghị tín nhiệm.",
            ),
            f"Hội nghị bầu Cụm trưởng, Cụm phó năm {w.year}; kết quả: …..",
        ),
    }
    return [known[item] for item in Item if item in items]


def _agreement(w: Words) -> list[Matter]:
    return [
        Matter(
            f"Trình bày, thảo luận và thông qua dự thảo Bản giao ước thi đua năm {w.year}",
            w.lead,
            (
                f"Xin kính mời đại diện {w.lead} trình bày dự thảo Bản giao ước thi đua năm "
                f"{w.year}.",
                "Xin mời các đơn vị thảo luận; chủ tọa lấy biểu quyết thông qua.",
            ),
            f"Đại diện {w.lead} trình bày dự thảo Bản giao ước thi đua năm {w.year}; các đơn vị "
            f"thảo luận, biểu quyết.",
        ),
        Matter(
            "Ký kết giao ước thi đua",
            "Đại diện các đơn vị",
            (
                f"Sau đây là nội dung trọng tâm của Hội nghị. Trân trọng kính mời đại diện "
                f"{w.units} lên ký Bản giao ước thi đua năm {w.year}, dưới sự chứng kiến của các "
                f"vị đại biểu.",
                "Đề nghị Hội nghị cho một tràng pháo tay chúc mừng.",
            ),
            "Đại diện các đơn vị ký Bản giao ước thi đua dưới sự chứng kiến của các vị đại biểu.",
        ),
    ]


def _word_from_above(w: Words) -> Matter:
    return Matter(
        "Phát biểu chỉ đạo của cấp trên",
        w.upper,
        (
            f"Xin trân trọng kính mời đại diện lãnh đạo {w.upper} phát biểu chỉ đạo Hội nghị.",
            "Xin trân trọng cảm ơn và nghiêm túc tiếp thu ý kiến chỉ đạo.",
        ),
        "Đại diện cấp trên phát biểu chỉ đạo.",
    )


def _end(w: Words) -> Matter:
    return Matter(
        "Bế mạc",
        "Chủ tọa",
        (
            "Xin mời chủ tọa kết luận và tuyên bố bế mạc Hội nghị.",
            "Kính chúc các vị đại biểu, các đồng chí mạnh khỏe, hạnh phúc. Xin trân trọng cảm ơn!",
        ),
        "Chủ tọa kết luận, bế mạc Hội nghị.",
    )

"""What the example papers share: bases, communes, chairmen, heads and signatures."""

from pledge_app.agreements.paper import Party
from pledge_app.papers.content.schema import Heading, PaperContent, Signatory

BASES_2023 = [
    "Căn cứ Luật Thi đua, Khen thưởng ngày 26 tháng 11 năm 2003; Luật sửa đổi, bổ sung một số "
    "điều của Luật Thi đua, Khen thưởng ngày 14 tháng 6 năm 2005 và ngày 16 tháng 11 năm 2013",
    "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết "
    "thi hành một số điều của Luật Thi đua, Khen thưởng",
    "Căn cứ Hướng dẫn số 19/HD-UBND ngày 07 tháng 02 năm 2023 của Ủy ban nhân dân huyện Hải Hậu "
    "về việc tổ chức thực hiện công tác thi đua, khen thưởng năm 2023",
]


COMMUNES = ["Hải Quang", "Hải Đông", "Hải Tây", "Hải Lý"]


CHAIRS = ["Nguyễn Văn An", "Trần Thị Bình", "Phạm Văn Cường", "Vũ Thị Duyên"]


def heading(issuer: str, symbol: str, place: str, superior: str = "") -> Heading:
    return {
        "superior": superior,
        "issuer": issuer,
        "number": "",
        "symbol": symbol,
        "place": place,
        "day": "",
        "month": "",
        "year": "2023",
    }


def common(type_name: str, subject: str, title: str, author: str, head: Heading) -> PaperContent:
    return {
        "schema": 2,
        "year": 2023,
        "type_name": type_name,
        "subject": subject,
        "title": title,
        "author": author,
        "heading": head,
        "bases": BASES_2023,
        "opening": [],
        "recipients": [],
        "draft": False,
        "illustrative": True,
        "short_code": "QD23-7K4M",
        "public_url": "",
        "show_qr": True,
    }


def signatory(cell: str, unit: str, name: str, title: str = "CHỦ TỊCH") -> Signatory:
    """`unit` "": of a single paper, whose letterhead names it."""
    organisation = f"ỦY BAN NHÂN DÂN XÃ {unit.upper()}" if unit else "ỦY BAN NHÂN DÂN"
    return {
        "cell": cell,
        "authority": "TM.",
        "organisation": organisation,
        "acting": "",
        "title": title,
        "name": name,
    }


def party(place: int, unit: str, name: str) -> Party:
    return {
        "unit": f"xã {unit}",
        "short": unit,
        "body": f"Ủy ban nhân dân xã {unit}",
        "abbreviation": f"UBND xã {unit}",
        "representatives": [f"{name}, Chủ tịch UBND xã {unit}"],
        "signatories": [signatory(f"sig-{place}", unit, name)],
    }

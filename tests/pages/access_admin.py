"""The rows of access_table.py for the administrator's pages: (method, endpoint, address, who is
let in).
"""

from __future__ import annotations


def both(endpoint: str, path: str, let_in: str = "a") -> list[tuple[str, str, str, str]]:
    """A form: its page and its sending."""
    return [("GET", endpoint, path, let_in), ("POST", endpoint, path, let_in)]


ADMINISTRATION = [
    ("GET", "administration.index", "/quan-tri", "a"),
    ("GET", "administration.damaged_files", "/quan-tri/kho-tep", "a"),
    ("GET", "home.steps", "/quan-tri/cac-buoc-bat-dau", "a"),
    ("GET", "offices.index", "/quan-tri/co-quan", "a"),
    *both("committees.add", "/quan-tri/co-quan/ubnd?don-vi={unit}"),
    ("GET", "offices.show", "/quan-tri/co-quan/{body}", "a"),
    *both("offices.add_body", "/quan-tri/don-vi/{unit}/co-quan/them"),
    *both("offices.describe", "/quan-tri/co-quan/{body}/sua"),
    *both("offices.end", "/quan-tri/co-quan/{body}/ket-thuc"),
    *both("offices.appoint", "/quan-tri/co-quan/{body}/chuc-vu/them"),
    *both("offices.allow_concurrent", "/quan-tri/co-quan/{body}/kiem-nhiem"),
    ("POST", "offices.end_concurrent", "/quan-tri/kiem-nhiem/{concurrent}/ket-thuc", "a"),
    *both("offices.correct", "/quan-tri/chuc-vu/{holding}"),
    *both("offices.leave", "/quan-tri/chuc-vu/{holding}/thoi-giu"),
    ("GET", "bases.index", "/quan-tri/can-cu", "a"),
    ("GET", "bases.show", "/quan-tri/can-cu/{basis}", "a"),
    *both("bases.add", "/quan-tri/can-cu/them"),
    *both("bases.correct", "/quan-tri/can-cu/{basis}/sua"),
    *both("bases.replace", "/quan-tri/can-cu/{basis}/thay-the"),
    ("GET", "criteria.sample", "/quan-tri/bo-tieu-chi/mau", "a"),
    *both("criteria.create", "/quan-tri/bo-tieu-chi/them"),
    *both("criteria.edit", "/quan-tri/bo-tieu-chi/{draft_set}/sua"),
    *both("criteria.publish", "/quan-tri/bo-tieu-chi/{draft_set}/ban-hanh"),
    *both("criteria.discard", "/quan-tri/bo-tieu-chi/{draft_set}/xoa"),
    ("POST", "criteria.renew", "/quan-tri/bo-tieu-chi/{criteria_set}/phien-ban-moi", "a"),
    *both("shipped.criteria", "/quan-tri/bo-tieu-chi/co-san"),
    *both("shipped.bases", "/quan-tri/can-cu/co-san"),
    *both("shipped.days", "/quan-tri/ngay-ky-niem/co-san"),
    ("GET", "clusters.index", "/quan-tri/cum", "a"),
    ("GET", "clusters.show", "/quan-tri/cum/{cluster}", "a"),
    *both("clusters.create", "/quan-tri/cum/them"),
    *both("clusters.describe", "/quan-tri/cum/{cluster}/sua"),
    *both("clusters.add_members", "/quan-tri/cum/{cluster}/thanh-vien"),
    ("POST", "clusters.order", "/quan-tri/cum/{cluster}/thu-tu", "a"),
    *both("clusters.set_lead", "/quan-tri/cum/{cluster}/cum-truong"),
    *both("clusters.end_lead", "/quan-tri/cum/{cluster}/cum-truong/lead/ket-thuc"),
    *both("clusters.add_paper", "/quan-tri/cum/{cluster}/van-ban/them"),
    ("POST", "clusters.drop_paper", "/quan-tri/van-ban-cum/{cluster_paper}/bo", "a"),
    *both("deadlines.extend", "/nam-thi-dua/{year}/gia-han", "ta"),
    *both("deadlines.add_period", "/nam-thi-dua/{year}/ky/them", "ta"),
    *both("deadlines.period", "/nam-thi-dua/{year}/ky/{period}", "ta"),
    ("POST", "deadlines.drop_period", "/nam-thi-dua/{year}/ky/{period}/bo", "ta"),
    ("GET", "user_import.sample", "/quan-tri/nguoi-dung/nhap/mau", "a"),
    *both("holders.choose", "/quan-tri/nguoi-dung/{user}/nguoi-giu-chuc"),
    ("POST", "holders.untie", "/quan-tri/nguoi-dung/{user}/bo-gan", "a"),
    *both("user_import.load", "/quan-tri/nguoi-dung/nhap"),
    ("GET", "reorganisation.index", "/quan-tri/sap-xep", "a"),
    *both("reorganisation.act", "/quan-tri/sap-xep/merge"),
    ("GET", "reorganisation.show", "/quan-tri/sap-xep/viec/{reorganised}", "a"),
    *both("registers.load", "/quan-tri/don-vi/nhap"),
    ("GET", "registers.sample", "/quan-tri/don-vi/nhap/mau", "a"),
    *both("units.add", "/quan-tri/don-vi/them"),
    *both("units.add_below", "/quan-tri/don-vi/{unit}/truc-thuoc"),
    *both("units.correct_level", "/quan-tri/don-vi/{unit}/cap"),
    ("GET", "wordings.index", "/quan-tri/mau-van-ban", "a"),
    *both("wordings.edit", "/quan-tri/mau-van-ban/registration"),
    ("GET", "wordings.show", "/quan-tri/mau-van-ban/registration/ban/0", "a"),
    ("POST", "wordings.preview", "/quan-tri/mau-van-ban/registration/xem-truoc", "a"),
    *both("offices.delegate", "/quan-tri/chuc-vu/{holding}/uy-quyen"),
    ("POST", "offices.end_delegation", "/quan-tri/uy-quyen/{delegation}/thu-hoi", "a"),
]

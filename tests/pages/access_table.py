"""Who is let in where. One letter for each who asks (tests/pages/world.py):

c own clerk · l own leader · v own records clerk · t reviewer · n clerk of a neighbour in the
cluster · x foreign clerk and leader · y foreign reviewer · a administrator · g auditor · p nobody
(not logged in)

"Let in" means past the door: the answer may still be that a form is incomplete or that the state
does not allow the step.
"""

from __future__ import annotations

from tests.pages.access_admin import ADMINISTRATION
from tests.pages.access_agreements import AGREEMENTS
from tests.pages.access_rows import ANYBODY, EVERYBODY, Row

ROWS = [
    # accounts
    Row("GET", "holders.add_user", "/quan-tri/nguoi-dung/them", "a"),
    Row("POST", "holders.add_user", "/quan-tri/nguoi-dung/them", "a"),
    Row("GET", "accounts.change_password", "/tai-khoan/mat-khau", EVERYBODY),
    Row("POST", "accounts.change_password", "/tai-khoan/mat-khau", EVERYBODY),
    Row("POST", "accounts.end_role", "/quan-tri/vai-tro/{grant}/ket-thuc", "a"),
    Row("POST", "accounts.end_session", "/tai-khoan/phien/{session}/ket-thuc", "c"),
    Row("POST", "accounts.lock", "/quan-tri/nguoi-dung/{user}/khoa", "a"),
    Row("GET", "accounts.login", "/dang-nhap", ANYBODY),
    Row("POST", "accounts.login", "/dang-nhap", ANYBODY),
    Row("GET", "accounts.code", "/dang-nhap/ma", ""),
    Row("POST", "accounts.code", "/dang-nhap/ma", ""),
    Row("GET", "factor.own", "/tai-khoan/xac-thuc", EVERYBODY),
    Row("POST", "factor.own", "/tai-khoan/xac-thuc", EVERYBODY),
    Row("POST", "factor.remove", "/quan-tri/nguoi-dung/{user}/xac-thuc/go", "a"),
    Row("GET", "accounts.login_sessions", "/tai-khoan/phien", EVERYBODY),
    Row("POST", "accounts.logout", "/dang-xuat", ANYBODY),
    Row("GET", "accounts.permission_table", "/quan-tri/phan-quyen", EVERYBODY),
    Row("POST", "accounts.reset_password", "/quan-tri/nguoi-dung/{user}/mat-khau", "a"),
    Row("POST", "accounts.take_part", "/vao-vai/khong-co", ""),
    Row("GET", "accounts.user", "/quan-tri/nguoi-dung/{user}", "a"),
    Row("POST", "accounts.user", "/quan-tri/nguoi-dung/{user}", "a"),
    Row("GET", "accounts.users", "/quan-tri/nguoi-dung", "a"),
    *AGREEMENTS,
    # campaigns
    Row("GET", "campaigns.assigned", "/nam-thi-dua/{year}/chi-tieu-giao", "ta"),
    Row("POST", "campaigns.assigned", "/nam-thi-dua/{year}/chi-tieu-giao", "ta"),
    Row("GET", "campaigns.campaign", "/nam-thi-dua/{year}/quy/1", "ta"),
    Row("POST", "campaigns.campaign", "/nam-thi-dua/{year}/quy/1", "ta"),
    Row("GET", "campaigns.guidance", "/nam-thi-dua/{year}/huong-dan", "ta"),
    Row("POST", "campaigns.guidance", "/nam-thi-dua/{year}/huong-dan", "ta"),
    Row("GET", "criteria.index", "/bo-tieu-chi", EVERYBODY),
    Row("GET", "criteria.show", "/bo-tieu-chi/{criteria_set}", EVERYBODY),
    Row("POST", "criteria.export", "/bo-tieu-chi/{criteria_set}/xlsx", EVERYBODY),
    Row("GET", "criteria.show", "/bo-tieu-chi/{draft_set}", "ag"),
    Row("POST", "criteria.export", "/bo-tieu-chi/{draft_set}/xlsx", "ag"),
    Row("GET", "campaigns.index", "/nam-thi-dua", EVERYBODY),
    Row("GET", "campaigns.local_days", "/nam-thi-dua/{year}/ngay-ky-niem", "ta"),
    Row("POST", "campaigns.local_days", "/nam-thi-dua/{year}/ngay-ky-niem", "ta"),
    Row("GET", "campaigns.open_year", "/nam-thi-dua/mo", "tya"),
    Row("POST", "campaigns.open_year", "/nam-thi-dua/mo", "tya"),
    Row("GET", "results.last_year", "/nam-thi-dua/{year}/ket-qua-nam-truoc", "ta"),
    Row("POST", "results.last_year", "/nam-thi-dua/{year}/ket-qua-nam-truoc", "ta"),
    Row("GET", "campaigns.show", "/nam-thi-dua/{year}", EVERYBODY),
    # documents
    Row("GET", "documents.check", "/kiem-tra", ANYBODY, "agreement"),
    Row("POST", "documents.check", "/kiem-tra", ANYBODY, "agreement"),
    Row("GET", "documents.file", "/van-ban/{registration}/tep", "clvtag", "pledge"),
    Row("GET", "documents.public", "/kiem-tra/{code}", ANYBODY, "agreement"),
    Row("POST", "documents.public", "/kiem-tra/{code}", ANYBODY, "agreement"),
    Row("GET", "documents.scan", "/ban-quet/{scan}/tep", "cltnag", "agreement"),
    Row("GET", "documents.show", "/van-ban/{registration}", "clvtag", "pledge"),
    Row("POST", "documents.show", "/van-ban/{registration}", "v", "pledge"),
    Row("GET", "documents.status", "/van-ban/{registration}/trang-thai", "clvtag", "pledge"),
    Row("POST", "documents.try_again", "/van-ban/{paper}/tao-lai", "cltn", "agreement"),
    Row("GET", "documents.word", "/van-ban/{registration}/docx", "clvtag", "pledge"),
    # health
    Row("GET", "health.healthz", "/healthz", ANYBODY),
    Row("GET", "health.ping", "/ping", ANYBODY),
    # home
    Row("GET", "home.accessibility", "/tro-nang", ANYBODY),
    Row("POST", "home.choose", "/chon", EVERYBODY),
    Row("POST", "home.drop_kept", "/noi-dung-da-giu/{kept}/bo", "c"),
    Row("GET", "home.guide", "/huong-dan/lanh-dao", ANYBODY),
    Row("GET", "home.guide_picture", "/huong-dan/anh/home-clerk-desktop.png", ANYBODY),
    Row("GET", "home.help", "/huong-dan", ANYBODY),
    Row("GET", "home.index", "/", ANYBODY),
    Row("GET", "home.kept", "/noi-dung-da-giu", EVERYBODY),
    # what is due, letters, working days
    Row("GET", "due.index", "/viec-den-han", EVERYBODY),
    Row("GET", "due.letters", "/tai-khoan/thu-nhac", EVERYBODY),
    Row("POST", "due.ask", "/tai-khoan/thu-nhac", EVERYBODY),
    Row("POST", "due.confirm", "/tai-khoan/thu-nhac/xac-nhan", EVERYBODY),
    Row("POST", "due.stop", "/tai-khoan/thu-nhac/dung", EVERYBODY),
    Row("GET", "workdays.index", "/lich-lam-viec", EVERYBODY),
    Row("POST", "workdays.add", "/lich-lam-viec", "a"),
    Row("POST", "workdays.drop", "/lich-lam-viec/{day}/bo", "a"),
    Row("GET", "home.notices", "/thong-bao", EVERYBODY),
    Row("POST", "home.read_notices", "/thong-bao/da-doc", EVERYBODY),
    Row("GET", "home.search", "/tim", EVERYBODY),
    Row("POST", "home.speak", "/ngon-ngu", ANYBODY),
    # orgs
    Row("GET", "orgs.index", "/don-vi", EVERYBODY),
    Row("GET", "orgs.show", "/don-vi/{unit}", EVERYBODY),
    # pledges
    Row("GET", "pledges.edit", "/giao-uoc/{pledge}/nhap", "clvtag", "pledge"),
    Row("POST", "pledges.edit", "/giao-uoc/{pledge}/nhap", "cl", "pledge"),
    Row("POST", "pledges.hand_back", "/giao-uoc/{pledge}/tra-lai", "l", "pledge"),
    Row("GET", "pledges.index", "/giao-uoc", EVERYBODY),
    Row("GET", "pledges.plan", "/giao-uoc/{pledge}/dot-thi-dua", "clvtag", "pledge"),
    Row("POST", "pledges.plan", "/giao-uoc/{pledge}/dot-thi-dua", "cl", "pledge"),
    Row("POST", "pledges.recall", "/giao-uoc/{pledge}/lay-lai", "cl", "pledge"),
    Row("POST", "pledges.record_sign_off", "/giao-uoc/{pledge}/da-trinh-ky", "cl", "pledge"),
    Row("POST", "pledges.save_target", "/giao-uoc/{pledge}/dong/{target}", "cl", "pledge"),
    Row("POST", "pledges.send_up", "/giao-uoc/{pledge}/gui", "clv", "pledge"),
    Row("GET", "pledges.show", "/giao-uoc/{pledge}", "clvtag", "pledge"),
    Row("POST", "pledges.sign_off", "/giao-uoc/{pledge}/ky-duyet", "l", "pledge"),
    Row(
        "POST",
        "pledges.start",
        "/giao-uoc/lap",
        "clvtag",
        "pledge",
        {"body": "{body}", "year": "{year}"},
    ),
    Row("POST", "pledges.submit_to_leader", "/giao-uoc/{pledge}/trinh", "cl", "pledge"),
    Row("GET", "pledges.summary", "/giao-uoc/{pledge}/tom-tat", "clvtag", "pledge"),
    Row("POST", "pledges.withdraw", "/giao-uoc/{pledge}/rut-lai", "clv", "pledge"),
    # progress
    Row("POST", "progress.confirm", "/bao-cao-quy/{reported}/xac-nhan", "t", "report"),
    Row("POST", "progress.correct", "/bao-cao-quy/{entered}/dinh-chinh", "cl", "report"),
    Row("GET", "progress.edit", "/bao-cao-quy/{entered}/nhap", "clag", "report"),
    Row("POST", "progress.edit", "/bao-cao-quy/{entered}/nhap", "cl", "report"),
    Row("POST", "progress.hand_back", "/bao-cao-quy/{entered}/tra-lai", "l", "report"),
    Row("GET", "progress.index", "/bao-cao-quy", EVERYBODY),
    Row("POST", "progress.recall", "/bao-cao-quy/{entered}/lay-lai", "cl", "report"),
    Row("POST", "progress.send_back", "/bao-cao-quy/{reported}/yeu-cau-bo-sung", "t", "report"),
    Row("POST", "progress.send_up", "/bao-cao-quy/{entered}/gui", "l", "report"),
    Row("GET", "progress.show", "/bao-cao-quy/{reported}", "cltag", "report"),
    Row("POST", "progress.submit_to_leader", "/bao-cao-quy/{entered}/trinh", "cl", "report"),
    # autosave
    Row("POST", "autosave.save_line", "/bao-cao-quy/{entered}/dong/{line}", "cl", "report"),
    Row("POST", "autosave.save_texts", "/bao-cao-quy/{entered}/chu", "cl", "report"),
    # evidence
    Row("GET", "evidence.index", "/bao-cao-quy/{entered}/minh-chung", "clag", "report"),
    Row("POST", "evidence.attach", "/bao-cao-quy/{entered}/minh-chung", "cl", "report"),
    Row("GET", "evidence.download", "/minh-chung/{file}/tep", "clag", "report"),
    Row("GET", "evidence.preview", "/minh-chung/{file}/anh", "clag", "report"),
    Row("POST", "evidence.remove", "/minh-chung/{file}/go", "c", "report", once=True),
    # reports
    Row("POST", "due.export", "/viec-den-han/xlsx", EVERYBODY),
    Row("POST", "reports.export_agreements", "/giao-uoc-cum/xlsx", EVERYBODY),
    Row("POST", "reports.export_reports", "/bao-cao-quy/xlsx", EVERYBODY),
    Row("POST", "reports.export_units", "/don-vi/xlsx", EVERYBODY),
    Row(
        "POST", "reports.export_agreement", "/giao-uoc-cum/{agreement}/xlsx", "cltnag", "agreement"
    ),
    Row("POST", "reports.export_results", "/nam-thi-dua/{year}/ket-qua-nam-truoc/xlsx", "ta"),
    Row("POST", "reports.export_assigned", "/nam-thi-dua/{year}/chi-tieu-giao/xlsx", EVERYBODY),
    Row("POST", "reports.export_criteria", "/nam-thi-dua/{year}/bo-tieu-chi/xlsx", EVERYBODY),
    Row("POST", "reports.export_days", "/nam-thi-dua/{year}/ngay-ky-niem/xlsx", "ta"),
    Row("POST", "reports.export_permissions", "/quan-tri/phan-quyen/xlsx", EVERYBODY),
    Row("POST", "reports.export_pledge", "/giao-uoc/{pledge}/xlsx", "clvtag", "pledge"),
    Row("POST", "reports.export_pledges", "/giao-uoc/xlsx", EVERYBODY),
    Row("POST", "reports.export_report", "/bao-cao-quy/{reported}/xlsx", "cltag", "report"),
    Row("POST", "reports.export_users", "/quan-tri/nguoi-dung/xlsx", "a"),
    Row("POST", "reports.export", "/bao-cao-quy/cum/{cluster}/xlsx", "clvtnag"),
    Row("GET", "reports.overview", "/bao-cao-quy/cum/{cluster}", "clvtnag"),
    # reviews
    Row("POST", "reviews.approve", "/tham-dinh/{pledge}/thong-nhat", "t", "pledge"),
    Row("POST", "reviews.approve_read", "/tham-dinh/thong-nhat-nhieu", "ty"),
    Row("POST", "reviews.take_back_approval", "/tham-dinh/{pledge}/rut-lai", "t", "pledge"),
    Row("POST", "reviews.begin", "/tham-dinh/{pledge}/bat-dau", "t", "pledge"),
    Row("POST", "reviews.export", "/tham-dinh/bang/{cluster}/xlsx", "tag"),
    Row("POST", "reviews.export_queue", "/tham-dinh/xlsx", "tyag"),
    Row("GET", "reviews.index", "/tham-dinh", "tyag"),
    Row("POST", "reviews.send_back", "/tham-dinh/{pledge}/yeu-cau-bo-sung", "t", "pledge"),
    Row("GET", "reviews.show", "/tham-dinh/{pledge}", "tag", "pledge"),
    Row(
        "POST",
        "reviews.start_for",
        "/tham-dinh/nhap-ho",
        "t",
        "pledge",
        {"body": "{body}", "year": "{year}"},
    ),
    Row("GET", "reviews.table", "/tham-dinh/bang/{cluster}", "tag"),
    # upkeep
    Row("GET", "demo.business_date", "/quan-tri/ngay-lam-viec", "a"),
    Row("POST", "demo.business_date", "/quan-tri/ngay-lam-viec", "a"),
    Row("POST", "demo.go_to_2026", "/quan-tri/ngay-lam-viec/nam-2026", "a"),
]

ROWS += [Row(*one) for one in ADMINISTRATION]
ROWS += [
    Row("POST", f"{room}.export", f"/quan-tri/{path}/xlsx", "a")
    for room, path in (("offices", "co-quan"), ("clusters", "cum"), ("bases", "can-cu"))
]
ROWS += [
    Row(
        "POST",
        "clusters.drop_member",
        "/quan-tri/cum/{cluster}/thanh-vien/bo",
        "a",
        fields={"body": "{body}"},
    )
]

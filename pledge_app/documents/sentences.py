"""Each reason of a refusal as a sentence for the page. The only file of this room's pure part
that knows gettext.
"""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.papers.errors import PaperError
from pledge_app.papers.intake.inspection import (
    GOOD_DPI,
    LARGEST_FILE,
    MOST_PAGES,
    MOST_PIXELS,
    Upload,
)

SENTENCES: dict[str, LazyString] = {
    "content": _l(
        "Nội dung văn bản chưa đúng quy cách nên chưa tạo được tệp. Nội dung đã nhập vẫn được giữ; "
        "hãy kiểm tra lại các mục rồi tạo lại."
    ),
    "refused_address": _l(
        "Nội dung văn bản có liên kết không được phép nên chưa tạo được tệp. Nội dung đã nhập vẫn "
        "được giữ; hãy bỏ liên kết rồi tạo lại."
    ),
    "timeout": _l(
        "Xử lý tệp quá thời gian cho phép nên đã dừng. Dữ liệu vẫn được giữ; hãy thử lại hoặc "
        "rút gọn nội dung."
    ),
    "memory": _l(
        "Tệp quá nặng để xử lý nên đã dừng. Dữ liệu vẫn được giữ; hãy giảm dung lượng rồi thử lại."
    ),
    "crashed": _l(
        "Chưa xử lý được tệp do lỗi của chương trình. Dữ liệu vẫn được giữ; hãy thử lại, nếu vẫn "
        "lỗi hãy báo quản trị."
    ),
    "busy": _l(
        "Máy chủ đang kiểm tra tệp khác nên chưa nhận tệp này. Nội dung đã nhập vẫn được giữ; "
        "hãy gửi lại sau ít giây."
    ),
    "full": _l(
        "Máy chủ đang tạo văn bản khác nên chưa tạo được tệp này. Dữ liệu không thay đổi; hãy "
        "thử lại sau 5 giây."
    ),
    "empty": _l("Tệp không có nội dung (0 byte). Hãy chọn lại tệp."),
    "too_large": _l(
        "Tệp lớn hơn %(size)s MB. Hãy quét lại ở 200-300 dpi hoặc chia nhỏ tệp.",
        size=LARGEST_FILE // 1024**2,
    ),
    "kind": _l("Chỉ nhận tệp PDF, JPEG hoặc PNG. Hãy quét văn bản thành một trong các loại này."),
    "broken": _l(
        "Không đọc được tệp: tệp bị hỏng hoặc chưa tải lên đủ. Hãy quét hoặc chọn lại tệp."
    ),
    "polyglot": _l(
        "Tệp có kèm dữ liệu khác loại ở cuối nên không được nhận. Hãy quét lại hoặc in ra PDF mới."
    ),
    "pdf_version": _l("Tệp PDF có phiên bản dưới 1.4. Hãy lưu lại ở phiên bản 1.4 trở lên."),
    "pdf_encrypted": _l("Tệp PDF có mật khẩu hoặc bị mã hóa. Hãy bỏ mật khẩu rồi tải lên lại."),
    "pdf_active": _l(
        "Tệp PDF có mã lệnh hoặc hành động tự chạy nên không được nhận. Hãy quét lại hoặc in ra "
        "PDF mới."
    ),
    "pdf_attachment": _l(
        "Tệp PDF có tệp đính kèm bên trong nên không được nhận. Hãy in ra PDF mới."
    ),
    "too_many_pages": _l("Tệp có hơn %(pages)s trang. Hãy chia nhỏ tệp.", pages=MOST_PAGES),
    "too_many_pixels": _l(
        "Ảnh lớn hơn %(pixels)s triệu điểm ảnh. Hãy quét lại ở 200-300 dpi.",
        pixels=MOST_PIXELS // 1_000_000,
    ),
}


def sentence(refusal: PaperError) -> str:
    """What happened, that the work is kept, and what to do next."""
    return str(SENTENCES[refusal.reason])


def warning(upload: Upload) -> str:
    """A warning that does not refuse, or ""."""
    if not upload.dpi_warning:
        return ""
    return _(
        "Bản quét khoảng %(dpi)s dpi, thấp hơn mức %(good)s dpi theo quy định; nên quét lại rõ "
        "hơn.",
        dpi=upload.dpi,
        good=GOOD_DPI,
    )

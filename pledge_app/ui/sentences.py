"""The sentences of WTForms itself in Vietnamese: the library brings no Vietnamese catalogue."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

_PICK = _l("Hãy chọn một mục trong danh sách.")
_WHOLE = _l("Hãy nhập một số nguyên.")
_DAY = _l("Ngày phải viết theo dạng ngày/tháng/năm, ví dụ 07/02/2023.")
_FILE = _l("Tệp này không thuộc loại được nhận.")
_NUMBER = _l("Đây chưa phải là số. Ví dụ cách viết đúng: 1.234,5")
_SHAPE = _l("Nội dung chưa đúng dạng.")
_BLANK = _l("Chưa nhập nội dung này.")

# Keys are the message ids of WTForms 3.2 and Flask-WTF; whatever is missing here is said by _SHAPE.
WORDS = {
    "Not a valid choice.": _PICK,
    "Not a valid choice": _PICK,
    "Invalid Choice: could not coerce.": _PICK,
    "Invalid choice(s): one or more data inputs could not be coerced.": _PICK,
    "Choices cannot be None.": _PICK,
    "'%(value)s' is not a valid choice for this field.": _PICK,
    "Not a valid integer value.": _WHOLE,
    "Not a valid decimal value.": _NUMBER,
    "Not a valid float value.": _NUMBER,
    "Not a valid date value.": _DAY,
    "Not a valid datetime value.": _DAY,
    "This field is required.": _BLANK,
    "Field cannot be longer than %(max)d character.": _l("Nội dung dài quá %(max)d ký tự."),
    "Field must be at least %(min)d character long.": _l("Nội dung cần ít nhất %(min)d ký tự."),
    "Field must be between %(min)d and %(max)d characters long.": _l(
        "Nội dung cần từ %(min)d đến %(max)d ký tự."
    ),
    "Field must be exactly %(max)d character long.": _l("Nội dung cần đúng %(max)d ký tự."),
    "Number must be at least %(min)s.": _l("Số này phải từ %(min)s trở lên."),
    "Number must be at most %(max)s.": _l("Số này không được quá %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l("Số này phải từ %(min)s đến %(max)s."),
    "Field must be equal to %(other_name)s.": _l("Hai nội dung này phải giống nhau."),
    "Invalid email address.": _l("Địa chỉ thư điện tử chưa đúng dạng."),
    "File does not have an approved extension.": _FILE,
    "CSRF token missing.": _l("Phiên làm việc của trang này đã hết. Hãy gửi lại."),
    "CSRF failed.": _l("Phiên làm việc của trang này đã hết. Hãy gửi lại."),
}


class Sentences:
    """The translations that WTForms asks for its own messages."""

    def gettext(self, string: str) -> str:
        """One message; the places (%(max)d …) stay in it for WTForms to fill."""
        return str(WORDS.get(string, _SHAPE))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Vietnamese has one form for all numbers; `plural` and `n` change nothing."""
        return self.gettext(singular)

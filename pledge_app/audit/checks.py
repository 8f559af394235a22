"""What `flask verify` compares of the trail itself."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from pledge_app.audit.operations import first_broken_link
from pledge_app.kernel.checks import Check


def chain() -> Iterator[str]:
    """The first event that does not follow the one before it."""
    broken = first_broken_link()
    if broken is not None:
        yield _("nhật ký xử lý: bản ghi số %(n)s không khớp chuỗi", n=broken)


ALL = (Check("trail", chain),)

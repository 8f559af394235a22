"""Events of the trail as Vietnamese sentences; each room registers those of its own verbs.

A sentence follows the name of who did it: "Bà Lan trình lãnh đạo báo cáo quý".
"""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from pledge_app.kernel.room import Data, rooms


def sentence(verb: str, data: Data) -> str:
    """What was done, without who and why. A verb that no room registers is named as such."""
    say = rooms().sentences.get(verb)
    return say(data) if say is not None else _("thực hiện thao tác %(verb)s", verb=verb)


def reason(data: Data) -> str:
    """The reason that was given with it, or ""."""
    return str(data.get("reason") or "; ".join(str(one) for one in data.get("reasons") or []))


def day(iso: object) -> str:
    """dd/mm/yyyy of an ISO day in the trail; "…" for anything else."""
    try:
        return f"{date.fromisoformat(str(iso)):%d/%m/%Y}"
    except ValueError:
        return "…"


def figure(plain: object) -> str:
    """A figure of the trail as it is written: "1,5"; a dash where there was none."""
    return str(plain).replace(".", ",") if plain is not None else "—"

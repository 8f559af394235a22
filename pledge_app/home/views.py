"""Pages that mix rooms: the dashboard, search, notices, kept texts, help."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import Select, select

from pledge_app.accounts.current import actor, needs, public
from pledge_app.accounts.queries import administration_ends, demo_parts
from pledge_app.campaigns.workdays import calendar_around
from pledge_app.home import first_steps, guides, lookup, tasks
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.installation import installation
from pledge_app.notices.models import Notice
from pledge_app.orgs.words import kind_word, level_word
from pledge_app.ui.chosen import COOKIES, SHAPES
from pledge_app.ui.paging import page_of, page_of_list
from pledge_app.web.kept_texts import KEPT_FOR, MOST_KEPT, KeptText
from pledge_app.web.language import COOKIE, LANGUAGES
from pledge_app.web.safe_next import safe_next

bp = Blueprint("home", __name__)
YEAR = 365 * 24 * 3600
"""Seconds."""
NEWS = 5
"""Notices on the first page."""
LONGEST_SEARCH = 100


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """Việc của tôi; a stranger gets the demo's cast, or the login."""
    if not current_user.is_authenticated:
        here = installation()
        if here is not None and here.is_demo:
            return render_template(
                "home/demo.html",
                parts=demo_parts(on=clock.today()),
                today=clock.today(),
            )
        return redirect(url_for("accounts.login"), 303)
    who = actor()
    today = clock.today()
    calendar = calendar_around(today)
    listed = tasks.timed(
        tasks.tasks(who, today=today),
        today=today,
        calendar=calendar,
    )
    newest = _notices_of(who).limit(NEWS)
    is_admin = who.has(Role.ADMIN)
    steps = first_steps.first_steps(who, today=today) if is_admin else None
    return render_template(
        "home/index.html",
        page=page_of_list(listed),
        counted=tasks.counted(listed),
        news=db.session.scalars(newest).all(),
        numbers=tasks.numbers(who),
        ends=administration_ends(today) if is_admin else None,
        steps=steps if steps is not None and steps.now else None,
        kind_word=kind_word,
        level_word=level_word,
    )


@bp.get("/quan-tri/cac-buoc-bat-dau")
@needs(Role.ADMIN)
def steps() -> ResponseReturnValue:
    """Các bước bắt đầu, also when they are done."""
    return render_template(
        "home/first_steps.html",
        steps=first_steps.first_steps(actor(), today=clock.today()),
        kind_word=kind_word,
        level_word=level_word,
    )


@bp.get("/tim")
def search() -> ResponseReturnValue:
    """Units, pledges and agreements by name, with or without diacritics."""
    asked = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    hits = (
        lookup.look_up(
            asked,
            seen_by=actor(),
            on=clock.today(),
        )
        if asked
        else []
    )
    return render_template(
        "home/search.html",
        asked=asked,
        found=hits,
    )


@bp.get("/thong-bao")
def notices() -> ResponseReturnValue:
    """What I should know, newest first."""
    return render_template("home/notices.html", page=page_of(_notices_of(actor())))


def _notices_of(who: Actor) -> Select[Notice]:
    return select(Notice).where(Notice.user_id == who.user_id).order_by(Notice.id.desc())


@bp.post("/thong-bao/da-doc")
def read_notices() -> ResponseReturnValue:
    """Mark them all as read."""
    unread = _notices_of(actor()).where(Notice.read_at.is_(None))
    for notice in db.session.scalars(unread):
        notice.read_at = clock.now()
    return redirect(url_for("home.notices"), 303)


@bp.get("/noi-dung-da-giu")
def kept() -> ResponseReturnValue:
    """What I typed into forms that were refused: kept for me alone."""
    mine = select(KeptText).where(KeptText.user_id == actor().user_id)
    page = page_of(mine.order_by(KeptText.id.desc()))
    return render_template("home/kept.html", page=page, most=MOST_KEPT, days=KEPT_FOR.days)


@bp.post("/noi-dung-da-giu/<pid>/bo")
def drop_kept(pid: str) -> ResponseReturnValue:
    """Throw one of my kept texts away."""
    row = db.session.scalar(
        select(KeptText).where(KeptText.pid == pid, KeptText.user_id == actor().user_id)
    )
    if row is None:
        raise NotFound(_("Không có nội dung này."))
    db.session.delete(row)
    return redirect(url_for("home.kept"), 303)


@bp.post("/ngon-ngu")
@public
def speak() -> ResponseReturnValue:
    """Choose the language of this browser's pages; papers stay Vietnamese."""
    answer = redirect(safe_next(request.form.get("next"), url_for("home.index")), 303)
    if request.form.get("language") in LANGUAGES:
        answer.set_cookie(
            COOKIE,
            request.form["language"],
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=g.settings.https,
        )
    return answer


@bp.post("/chon")
def choose() -> ResponseReturnValue:
    """The year or the line that lists show in this browser; "" shows all."""
    answer = redirect(safe_next(request.form.get("next"), url_for("home.index")), 303)
    for name, cookie in COOKIES.items():
        value = request.form.get(name)
        if value is not None and (not value or SHAPES[name].fullmatch(value)):
            answer.set_cookie(
                cookie,
                value,
                max_age=YEAR,
                samesite="Lax",
                httponly=True,
                secure=g.settings.https,
            )
    return answer


@bp.get("/huong-dan")
@public
def help() -> ResponseReturnValue:
    """How the work goes, one page, and the guides."""
    return render_template("home/help.html", guides=guides.GUIDES)


@bp.get("/huong-dan/<name>")
@public
def guide(name: str) -> ResponseReturnValue:
    """One guide, also for printing."""
    if name not in guides.GUIDES:
        raise NotFound(_("Không có hướng dẫn này."))
    return render_template("home/guide.html", guide=guides.read_guide(name))


@bp.get("/huong-dan/anh/<name>")
@public
def guide_picture(name: str) -> ResponseReturnValue:
    """A picture of a guide."""
    answer = send_from_directory(
        guides.PICTURES,
        name,
        mimetype="image/png",
    )
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


@bp.get("/tro-nang")
@public
def accessibility() -> ResponseReturnValue:
    """How the pages can be used by everybody, and what to do when they cannot."""
    return render_template("home/accessibility.html")

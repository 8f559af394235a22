"""create_app(): config → extensions → rooms → error pages; nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Flask, g
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from pledge_app.accounts import current, sessions
from pledge_app.accounts.room import ROOM as accounts
from pledge_app.administration.room import ROOM as administration
from pledge_app.agreements.room import ROOM as agreements
from pledge_app.audit.room import ROOM as audit
from pledge_app.campaigns.room import ROOM as campaigns
from pledge_app.config import Settings, read_settings
from pledge_app.criteria.room import ROOM as criteria
from pledge_app.demo.room import ROOM as demo
from pledge_app.documents.room import ROOM as documents
from pledge_app.documents.room_papers import know_papers
from pledge_app.home.room import ROOM as home
from pledge_app.kernel.base import db
from pledge_app.kernel.database import engine_options, guard_engine
from pledge_app.kernel.room import Room, Rooms
from pledge_app.meetings.room import ROOM as meetings
from pledge_app.notices.room import ROOM as notices
from pledge_app.orgs.room import ROOM as orgs
from pledge_app.pledges.room import ROOM as pledges
from pledge_app.progress.room import ROOM as progress
from pledge_app.reorganisation.room import ROOM as reorganisation
from pledge_app.reports.room import ROOM as reports
from pledge_app.reviews.room import ROOM as reviews
from pledge_app.signing.room import ROOM as signing
from pledge_app.ui import filters
from pledge_app.upkeep.room import ROOM as upkeep
from pledge_app.web import compression, language, logs, refusals
from pledge_app.web.application import PledgeApp, add_headers, receive_body

ROOT = Path(__file__).resolve().parent.parent
# From the lowest up, as the layers in setup.cfg.
ROOMS: tuple[Room, ...] = (
    audit,
    notices,
    orgs,
    accounts,
    criteria,
    campaigns,
    documents,
    signing,
    pledges,
    reviews,
    progress,
    agreements,
    meetings,
    reports,
    reorganisation,
    administration,
    home,
    upkeep,
    demo,
)


def create_app(settings: Settings | None = None, rooms: Sequence[Room] = ROOMS) -> Flask:
    """The application, ready to serve. Raises SettingsError when a setting is missing."""
    settings = settings or read_settings()
    logs.init_app()
    app = PledgeApp(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.from_mapping(settings.flask())
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database_url)
    if settings.behind_proxy:
        # Who asks, for the throttle; never the host or the scheme: addresses come from PUBLIC_URL.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=0)  # type: ignore[method-assign]
    _start_extensions(app, settings)
    registered = Rooms(rooms)
    registered.attach(app)
    know_papers(registered)
    return app


def _start_extensions(app: PledgeApp, settings: Settings) -> None:
    db.init_app(app)
    with app.app_context():
        guard_engine(db.engine)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    language.init_app(app)
    current.init_app(app, sessions.live_session, sessions.cookie_name(settings))
    app.before_request(receive_body)
    CSRFProtect(app)
    filters.init_app(app)
    refusals.init_app(app)
    app.before_request(lambda: setattr(g, "settings", settings))
    compression.init_app(app)
    app.after_request(add_headers)

"""create_app(): config → extensions → rooms → error pages; nothing else."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, g
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from pledge_app import cli, wiring
from pledge_app.accounts import current, sessions
from pledge_app.accounts.holder_views import bp as holders
from pledge_app.accounts.import_views import bp as user_import
from pledge_app.accounts.views import bp as accounts
from pledge_app.administration.basis_views import bp as bases
from pledge_app.administration.cluster_views import bp as clusters
from pledge_app.administration.committee_views import bp as committees
from pledge_app.administration.criteria_views import bp as criteria
from pledge_app.administration.office_views import bp as offices
from pledge_app.administration.register_views import bp as registers
from pledge_app.administration.shipped_views import bp as shipped
from pledge_app.administration.unit_views import bp as units
from pledge_app.administration.views import bp as administration
from pledge_app.administration.wording_views import bp as wordings
from pledge_app.agreements.room import BLUEPRINT as agreements
from pledge_app.campaigns.deadline_views import bp as deadlines
from pledge_app.campaigns.result_views import bp as results
from pledge_app.campaigns.views import bp as campaigns
from pledge_app.campaigns.workday_views import bp as workdays
from pledge_app.config import Settings, read_settings
from pledge_app.criteria.words import figure_words
from pledge_app.demo.views import bp as demo
from pledge_app.documents.views import bp as documents
from pledge_app.home import navigation
from pledge_app.home.due_views import bp as due
from pledge_app.home.views import bp as home
from pledge_app.kernel.base import db
from pledge_app.kernel.database import engine_options, guard_engine
from pledge_app.meetings.room import BLUEPRINT as meetings
from pledge_app.orgs.views import bp as orgs
from pledge_app.pledges.views import bp as pledges
from pledge_app.progress.autosave_views import bp as autosave
from pledge_app.progress.evidence_views import bp as evidence
from pledge_app.progress.views import bp as progress
from pledge_app.reorganisation.views import bp as reorganisation
from pledge_app.reports.views import bp as reports
from pledge_app.reviews.views import bp as reviews
from pledge_app.ui import filters
from pledge_app.upkeep.health import bp as health
from pledge_app.web import compression as compressing
from pledge_app.web import language, logs, refusals
from pledge_app.web.application import PledgeApp, add_headers, receive_body

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    home,
    administration,
    due,
    accounts,
    user_import,
    orgs,
    offices,
    committees,
    bases,
    clusters,
    registers,
    reorganisation,
    wordings,
    criteria,
    shipped,
    campaigns,
    results,
    workdays,
    deadlines,
    pledges,
    reviews,
    agreements,
    meetings,
    holders,
    units,
    progress,
    autosave,
    evidence,
    reports,
    documents,
    health,
    demo,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The application, ready to serve. Raises SettingsError when a setting is missing."""
    settings = settings or read_settings()
    logs.init_app()
    app = PledgeApp(
        __name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static")
    )
    app.config.from_mapping(settings.flask())
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database_url)
    if (
        settings.behind_proxy
    ):  # who asks, for the throttle; never the host or the scheme: addresses come from PUBLIC_URL
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=0)  # type: ignore[method-assign]
    _start_extensions(app, settings)
    for room in ROOMS:
        app.register_blueprint(room)
    cli.init_app(app)
    wiring.connect()
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
    app.jinja_env.filters["figure"] = figure_words
    navigation.init_app(app)
    refusals.init_app(app)
    app.before_request(lambda: setattr(g, "settings", settings))
    compressing.init_app(app)
    app.after_request(add_headers)

"""The only upward arrows, as one table: events and questions that a lower room asks of a higher
one.
"""

from __future__ import annotations

from pledge_app.accounts import queries as accounts
from pledge_app.agreements import falling_back, vouching
from pledge_app.agreements import operations as agreements
from pledge_app.agreements import queries as agreements_queries
from pledge_app.kernel import events
from pledge_app.meetings import minutes
from pledge_app.pledges import assigned as pledges_assigned
from pledge_app.pledges import baselines as pledges_baselines
from pledge_app.pledges import hamlets
from pledge_app.pledges import queries as pledges
from pledge_app.progress import operations as progress


def connect() -> None:
    """Let every room hear what it waits for."""
    events.DOCUMENT_READY.listener = agreements.document_ready
    events.ROUND_MARKED.listener = agreements.round_marked
    events.ROUND_UNMARKED.listener = falling_back.round_unmarked
    events.REVIEWS_SIGNING.listener = vouching.reviews_signing
    events.RECORDS_SIGNING.listener = vouching.records_signing
    events.VOUCHES.listener = vouching.vouches_for
    events.SETS_PLEDGED.listener = pledges.sets_pledged
    events.FIGURES_ASSIGNED.listener = pledges_assigned.follow
    events.RESULTS_GIVEN.listener = pledges_baselines.follow
    events.SIGNED_UNITS.listener = pledges_assigned.signed_units
    events.ROLES_AT.listener = accounts.roles_at
    events.ONLY_LOGIN.listener = accounts.is_only_login
    events.MEMBER_PLEDGED.listener = pledges.member_pledged
    events.HAMLETS_ADDED.listener = hamlets.take_up_everywhere
    events.REPORTS_DUE.listener = progress.follow_deadline
    events.BASELINES.listener = progress.last_year_actuals
    events.VERSION_MADE.listener = minutes.follow_version
    events.STANDING.listener = agreements_queries.standing

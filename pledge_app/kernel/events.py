"""Events and questions between rooms. The arrows are drawn in wiring.py and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Arrow(Generic[P, R]):
    """One upward arrow: a lower room calls it, wiring.py says who answers."""

    def __init__(self, name: str, _shape: Callable[P, R]) -> None:
        self.name = name
        self.listener: Callable[P, R] | None = None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        assert self.listener is not None, f"nobody answers {self.name}: see wiring.py"
        return self.listener(*args, **kwargs)


def _document(document: Any, *, at: Any) -> None: ...
def _round(signing_round: Any, *, at: Any, today: Any) -> None: ...
def _records(document_id: int, actor: Any) -> bool: ...  # type: ignore[empty-body]
def _vouches(step: Any, first_id: int | None, actor: Any) -> Any: ...
def _baselines(body_ids: Any, year: int) -> dict[int, dict[str, Any]]: ...  # type: ignore[empty-body]
def _results_given(year_id: int, unit_ids: set[int], *, actor: Any, at: Any) -> None: ...
def _standing(document: Any) -> str: ...  # type: ignore[empty-body]
def _roles_at(body_id: int, on: Any) -> int: ...  # type: ignore[empty-body]
def _version_made(before: Any, newer: Any) -> None: ...
def _unmarked(signing_round: Any, *, at: Any) -> None: ...
def _only_login(user_id: int | None) -> bool: ...  # type: ignore[empty-body]
def _member_pledged(cluster_id: int, body_id: int) -> bool: ...  # type: ignore[empty-body]
def _hamlets_added(unit_ids: Collection[int], *, actor: Any, at: Any, today: Any) -> int: ...  # type: ignore[empty-body]
def _reports_due(year_id: int, quarter: int) -> None: ...
def _figures_assigned(year_id: int, changes: Any, *, actor: Any, at: Any) -> None: ...
def _signed_units(year_id: int) -> set[int]: ...  # type: ignore[empty-body]
def _sets_pledged(year_id: int) -> set[int]: ...  # type: ignore[empty-body]


DOCUMENT_READY = Arrow("document ready", _document)  # documents → agreements: Chờ ký
ROUND_MARKED = Arrow(
    "round marked", _round
)  # signing → agreements: a signature was made, attested or seen
ROUND_UNMARKED = Arrow(
    "round unmarked", _unmarked
)  # signing → agreements: a mark was disputed and counts no more
REVIEWS_SIGNING = Arrow(
    "reviews signing", _records
)  # signing → agreements: who reviews the cluster of the paper
RECORDS_SIGNING = Arrow(
    "records signing", _records
)  # signing → agreements: who records at the table
VOUCHES = Arrow(
    "vouches", _vouches
)  # signing → agreements: whether, and as whom, an actor is the second person
BASELINES = Arrow(
    "baselines", _baselines
)  # campaigns, pledges → progress: Reported by body id and criterion code
RESULTS_GIVEN = Arrow("results given", _results_given)  # campaigns → pledges: what is begun follows
STANDING = Arrow("standing", _standing)  # documents → agreements: "recorded", "replaced", "void"
SETS_PLEDGED = Arrow("sets pledged", _sets_pledged)  # campaigns → pledges: the criteria sets in use
FIGURES_ASSIGNED = Arrow(
    "figures assigned", _figures_assigned
)  # campaigns → pledges: what is begun follows
SIGNED_UNITS = Arrow(
    "signed units", _signed_units
)  # campaigns → pledges: whose figures are fixed by a signed paper
ROLES_AT = Arrow(
    "roles at", _roles_at
)  # orgs → accounts: how many roles are still held at a body on a day
ONLY_LOGIN = Arrow("only login", _only_login)  # orgs → accounts: nobody but this user has a login
MEMBER_PLEDGED = Arrow(
    "member pledged", _member_pledged
)  # orgs → pledges: a body has a pledge in a cluster
HAMLETS_ADDED = Arrow(
    "hamlets added", _hamlets_added
)  # orgs → pledges: below these communes; how many pledges took them up
REPORTS_DUE = Arrow(
    "reports due", _reports_due
)  # campaigns → progress: the day of a quarter's reports has changed
# agreements → meetings: a meeting whose minutes are open goes on with the newer version
VERSION_MADE = Arrow("version made", _version_made)

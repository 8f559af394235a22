"""A refused verb is answered here: what it did is undone, and the page is drawn again with why.

with catch_refusal(form) as refusal:
    bases.add_basis(...)
if not refusal:
    return redirect(...)
return page(form), 422
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from wtforms import Field

from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Problem
from pledge_app.ui.forms import Form


class Refusal:
    """What a verb refused; false while it has refused nothing."""

    error: DomainError | None = None

    def __bool__(self) -> bool:
        return self.error is not None

    @property
    def status(self) -> int:
        """Of the page that shows it; 200 when nothing was refused."""
        return self.error.status if self.error else 200

    @property
    def sentence(self) -> str:
        """What the user is told; "" when nothing was refused."""
        return self.error.sentence if self.error else ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is missing or wrong, each with its anchor."""
        return self.error.problems if self.error else ()

    @property
    def listed(self) -> tuple[Problem, ...]:
        """The problems; the sentence where the verb named none."""
        if self.error is None:
            return ()
        return self.error.problems or (Problem(self.error.sentence),)

    def go_on(self) -> None:
        """Leave it to the page of errors after all."""
        if self.error is not None:
            raise self.error


@contextmanager
def catch_refusal(
    form: Form | None = None,
    *,
    field: Field | None = None,
    anchors: Mapping[str, str] | None = None,
    statuses: Collection[int] = (422,),
    needs_field: bool = False,
) -> Iterator[Refusal]:
    """Call a verb. What it refuses leaves nothing of what it did; what the request did before
    stays.

    The sentence is shown above `form`, or at `field`; each problem at the field that it names
    (`anchors`: under another name). A refusal with none of `statuses` goes on to the page of
    errors; with `needs_field` also one that names no field of the form.
    """
    refusal = Refusal()
    savepoint = db.session.begin_nested()
    try:
        yield refusal
    except DomainError as error:
        at_fields = _problems_by_field(form, error, anchors or {})
        if error.status not in statuses or (needs_field and not at_fields):
            raise
        if savepoint.is_active:
            savepoint.rollback()
        else:  # a verb that takes seconds gave the transaction back before it began
            db.session.rollback()
        refusal.error = error
        if field is not None:
            field.errors = [error.sentence]
        elif form is not None and not needs_field:
            form.form_errors.append(error.sentence)
        for one, sentences in at_fields:
            one.errors = [*one.errors, *sentences]
    else:
        if savepoint.is_active:
            savepoint.commit()


def _problems_by_field(
    form: Form | None,
    error: DomainError,
    anchors: Mapping[str, str],
) -> list[tuple[Field, list[str]]]:
    if form is None:
        return []
    named = [(anchors.get(row.anchor, row.anchor), row.sentence) for row in error.problems]
    return [(form[name], [sentence]) for name, sentence in named if name in form]

"""What differs between two snapshots, so that the reviewer sees only what changed. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_IDENTITIES = ("id", "code", "quarter", "cell", "name")
_NAMES = ("name", "short", "unit", "title")


@dataclass(frozen=True)
class Change:
    """One difference. `path` leads from the whole to the field by key or by the item's own
    identity ("groups", "II", "rows", "2.1", "goal"); `label` names the items on the way ("2.1
    Sản phẩm OCOP"). `before` None: added; `after` None: removed (or blank).
    """

    path: tuple[str, ...]
    label: str
    before: Any
    after: Any


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Differences of two snapshots of plain data, in the order of `after`; another order is no
    change.

    Items of lists are paired by id, code or name where these are unique, otherwise by place; lists
    of texts or figures tell which ones came and went.
    """
    return _of_mappings(
        before,
        after,
        (),
        "",
    )


def _of_values(before: Any, after: Any, path: tuple[str, ...], label: str) -> list[Change]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return _of_mappings(
            before,
            after,
            path,
            label,
        )
    if _is_list(before) and _is_list(after):
        return _of_lists(
            before,
            after,
            path,
            label,
        )
    same = before == after and isinstance(before, bool) == isinstance(after, bool)
    return (
        []
        if same
        else [
            Change(
                path,
                label,
                before,
                after,
            )
        ]
    )


def _of_mappings(
    before: Mapping[str, Any], after: Mapping[str, Any], path: tuple[str, ...], label: str
) -> list[Change]:
    keys = [*after, *(k for k in before if k not in after)]
    return [
        c
        for k in keys
        for c in _of_values(
            before.get(k),
            after.get(k),
            (*path, str(k)),
            label,
        )
    ]


def _of_lists(
    before: Sequence[Any], after: Sequence[Any], path: tuple[str, ...], label: str
) -> list[Change]:
    if not all(isinstance(x, Mapping) for x in [*before, *after]):
        return _of_plain_lists(
            before,
            after,
            path,
            label,
        )
    key = _identity(before, after)
    if key is None:
        old, new = ({str(i): x for i, x in enumerate(xs, start=1)} for xs in (before, after))
    else:
        old, new = ({str(x[key]): x for x in xs} for xs in (before, after))
    names = [*new, *(n for n in old if n not in new)]
    return [
        c
        for n in names
        for c in _of_values(
            old.get(n), new.get(n), (*path, n), _label(new[n] if n in new else old[n], label)
        )
    ]


def _of_plain_lists(
    before: Sequence[Any], after: Sequence[Any], path: tuple[str, ...], label: str
) -> list[Change]:
    """Figures by place when the lists are equally long; texts as what came and what went."""
    if len(before) == len(after) and not all(isinstance(x, str) for x in [*before, *after]):
        pairs = enumerate(zip(before, after, strict=True), start=1)
        return [
            c
            for i, (b, a) in pairs
            for c in _of_values(
                b,
                a,
                (*path, str(i)),
                label,
            )
        ]
    gone, come = _without(before, after), _without(after, before)
    pairs_found = [(i, b, a) for i, (b, a) in enumerate(zip(gone, come, strict=False), start=1)]
    rest = [(i, b, None) for i, b in enumerate(gone[len(come) :], start=len(come) + 1)]
    rest += [(i, None, a) for i, a in enumerate(come[len(gone) :], start=len(gone) + 1)]
    return [
        Change(
            (*path, str(i)),
            label,
            b,
            a,
        )
        for i, b, a in [*pairs_found, *rest]
    ]


def _without(items: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """The items that `others` does not hold, as often as they occur more often."""
    left = Counter(repr(x) for x in others)
    out = []
    for x in items:
        if left[repr(x)]:
            left[repr(x)] -= 1
        else:
            out.append(x)
    return out


def _identity(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> str | None:
    for key in _IDENTITIES:
        if all(_is_unique([x.get(key) for x in xs]) for xs in (before, after)):
            return key
    return None


def _is_unique(values: list[Any]) -> bool:
    texts = [str(v) for v in values if isinstance(v, (str, int)) and v != ""]
    return len(texts) == len(values) == len(set(texts))


def _label(item: Mapping[str, Any], inside: str) -> str:
    """ "2.1 Sản phẩm OCOP"; the name of the nearest named item."""
    name = next((str(item[k]) for k in _NAMES if item.get(k)), "")
    code = str(item.get("code") or "")
    return " ".join(x for x in (code, name) if x) or inside


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)

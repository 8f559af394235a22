"""What differs between two snapshots, so that the reviewer sees only what changed. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

Plain = Mapping[str, object]
"""An object of plain data, as JSON has it."""

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
    before: object
    after: object


def changes(before: Plain, after: Plain) -> list[Change]:
    """Differences of two snapshots of plain data, in the order of `after`; another order is no
    change.

    Items of lists are paired by id, code or name where these are unique, otherwise by place; lists
    of texts or figures tell which ones came and went.
    """
    return _of_mappings(before, after, (), "")


def _of_values(before: object, after: object, path: tuple[str, ...], label: str) -> list[Change]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return _of_mappings(before, after, path, label)
    if _is_list(before) and _is_list(after):
        return _of_lists(before, after, path, label)
    is_same = before == after and isinstance(before, bool) == isinstance(after, bool)
    return [] if is_same else [Change(path, label, before, after)]


def _of_mappings(before: Plain, after: Plain, path: tuple[str, ...], label: str) -> list[Change]:
    differences = []
    for key in _keys_of_both(before, after):
        place = (*path, str(key))
        differences += _of_values(before.get(key), after.get(key), place, label)
    return differences


def _of_lists(
    before: Sequence[object],
    after: Sequence[object],
    path: tuple[str, ...],
    label: str,
) -> list[Change]:
    if not (_are_mappings(before) and _are_mappings(after)):
        return _of_plain_lists(before, after, path, label)
    key = _identity(before, after)
    old = _by_identity(before, key)
    new = _by_identity(after, key)
    differences = []
    for name in _keys_of_both(old, new):
        item = new[name] if name in new else old[name]
        place = (*path, name)
        differences += _of_values(old.get(name), new.get(name), place, _label(item, label))
    return differences


def _keys_of_both(before: Plain, after: Plain) -> list[str]:
    """In the order of `after`; then those that only `before` has."""
    return [*after, *(key for key in before if key not in after)]


def _of_plain_lists(
    before: Sequence[object],
    after: Sequence[object],
    path: tuple[str, ...],
    label: str,
) -> list[Change]:
    """Figures by place when the lists are equally long; texts as what came and what went."""
    are_texts = all(isinstance(value, str) for value in [*before, *after])
    if len(before) == len(after) and not are_texts:
        differences = []
        for place, (old, new) in enumerate(zip(before, after, strict=True), 1):
            differences += _of_values(old, new, (*path, str(place)), label)
        return differences
    gone = _without(before, after)
    come = _without(after, before)
    longest = max(len(gone), len(come))
    olds = [*gone, *[None] * (longest - len(gone))]
    news = [*come, *[None] * (longest - len(come))]
    return [
        Change((*path, str(place)), label, old, new)
        for place, (old, new) in enumerate(zip(olds, news, strict=True), 1)
    ]


def _without(items: Sequence[object], others: Sequence[object]) -> list[object]:
    """The items that `others` does not hold, as often as they occur more often."""
    left = Counter(repr(item) for item in others)
    missing = []
    for item in items:
        if left[repr(item)]:
            left[repr(item)] -= 1
        else:
            missing.append(item)
    return missing


def _identity(before: Sequence[Plain], after: Sequence[Plain]) -> str | None:
    """The key whose values name the items of both lists."""
    for key in _IDENTITIES:
        if all(_is_unique([item.get(key) for item in items]) for items in (before, after)):
            return key
    return None


def _by_identity(items: Sequence[Plain], key: str | None) -> dict[str, Plain]:
    """The items by the value of `key`; without one by their place."""
    if key is None:
        return {str(place): item for place, item in enumerate(items, 1)}
    return {str(item[key]): item for item in items}


def _is_unique(values: list[object]) -> bool:
    texts = [str(value) for value in values if isinstance(value, (str, int)) and value != ""]
    return len(texts) == len(values) == len(set(texts))


def _label(item: Plain, inside: str) -> str:
    """ "2.1 Sản phẩm OCOP"; the name of the nearest named item."""
    name = next((str(item[key]) for key in _NAMES if item.get(key)), "")
    code = str(item.get("code") or "")
    return " ".join(part for part in (code, name) if part) or inside


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _are_mappings(items: Sequence[object]) -> TypeGuard[Sequence[Plain]]:
    return all(isinstance(item, Mapping) for item in items)

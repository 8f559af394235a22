"""What a paper is: its content, every look that it ever had, its words, its place in the decree.

A room that produces a paper defines it in a module of its own that imports nothing but `papers`
(the child process imports it as well), as one of the module's `PAPERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pledge_app.kernel.root import ROOT
from pledge_app.papers.decree.applicable import PaperParts
from pledge_app.papers.figures import FigureTable

Content = Mapping[str, Any]
"""A content as read from its JSON; `conform` holds it to the paper's TypedDict."""
Layout = Callable[[Any], Mapping[str, object]]
"""From a conformed content to what its templates ask for besides: widths, rows of cells."""
Upcast = Callable[[Content], Content]
"""From a content of one schema version to the same content of the next version."""
TEMPLATES = ROOT / "templates" / "papers"


def N_(text: str) -> str:
    """Mark a Vietnamese text for the English catalogue; whoever shows it asks for the language."""
    return text


@dataclass(frozen=True)
class Edition:
    """How a paper looks since one version of its templates. A kept edition is never changed."""

    templates: Path
    """The directory of `<kind>.html`."""
    shared: int
    """The version of templates/papers/_shared: frame, macros and style sheet."""
    layout: Layout
    writer: int = 1
    """The version of the DOCX writer."""


@dataclass(frozen=True)
class FixedWord:
    """A wording that an administrator may change. `{năm}` is a place that is filled in."""

    label: str
    text: str
    is_line: bool = False
    """One line, not paragraphs."""


def nothing_wrong(_content: object) -> str:
    """The content needs no check beyond its fields."""
    return ""


def no_figures(_content: object) -> FigureTable | None:
    """The paper has no table of figures."""
    return None


@dataclass(frozen=True, eq=False)
class Paper:
    """A kind of paper. `module` is the dotted name of the pure module that defines it."""

    kind: str
    name: str
    module: str
    content: type
    """Its TypedDict: a content has these keys, all of them and no other."""
    schema_version: int
    editions: Mapping[int, Edition]
    parts: PaperParts
    upcasts: Mapping[int, Upcast] = field(default_factory=dict)
    """By the version that is read; a version that is not named differs by its number only."""
    fault: Callable[[Any], str] = nothing_wrong
    """What is wrong with a content as a whole, "" where nothing is."""
    type_names: tuple[str, ...] = ()
    """The types printed on page 1 that tell this kind of paper from every other."""
    wording: Mapping[str, FixedWord] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    """The places that its wording may hold."""
    figures: Callable[[Any], FigureTable | None] = no_figures
    """What the public check shows to be held beside the paper."""
    way_back: str = ""
    """The endpoint of the page of what it tells of, which takes its `pid`; "" = there is none."""

    @property
    def template_version(self) -> int:
        """The version by which a content is printed that is frozen today."""
        return max(self.editions)

    @property
    def newest(self) -> Edition:
        """The edition of `template_version`."""
        return self.editions[self.template_version]

    def words(self) -> dict[str, str]:
        """The wording that comes with the software."""
        return {name: word.text for name, word in self.wording.items()}


def kept_editions(kind: str, layouts: Mapping[int, Layout]) -> dict[int, Edition]:
    """The editions of a paper whose templates stand in templates/papers/<kind>/v<version>."""
    return {
        version: Edition(TEMPLATES / kind / f"v{version}", version, layout)
        for version, layout in layouts.items()
    }

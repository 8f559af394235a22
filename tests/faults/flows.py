"""What users do while the fault strikes: save, send, freeze, upload over HTTP; render in the
worker.

Every step is written down before it is asked for and ticked when the server acknowledged it. After
a fault `settle` compares that with the trail: what was acknowledged is there, what was in flight is
there once or not at all.
"""

from __future__ import annotations

import random
import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any, ClassVar

import pysqlite3.dbapi2 as sqlite

from tests.loopback import Answer, Browser, Office, Web
from tests.rooms.progress.files import paper

UNIT = 10_000  # a number is kept as a whole number of ten-thousandths


class Refused(Exception):
    """The server lives and refused a legal step: the thing is stuck (I7)."""


class Flow(ABC):
    """One kind of work by one or two people. `seconds`: about the longest time that a few of its
    steps take.
    """

    name: ClassVar[str]
    seconds: ClassVar[float] = 1.0

    def __init__(self, office: Office, chance: random.Random) -> None:
        self.office, self.chance = office, chance
        self.done: Counter[tuple[str, str]] = Counter()
        self.flying: Counter[tuple[str, str]] = Counter()
        self.steps = 0

    def work(self, web: Web, most: int) -> None:
        """Steps until the server is gone (raises OSError or HTTPException) or `most` were done.
        Raises Refused.
        """
        for _turn in range(most):
            self.step(web)
            self.steps += 1

    @abstractmethod
    def step(self, web: Web) -> None:
        """One acknowledged act."""

    def settle(self) -> Iterator[str]:
        """What the trail lacks of what was acknowledged, or has twice (I1, I3, I5)."""
        for key in set(self.done) | set(self.flying):
            verb, pid = key
            found = self.told(verb, pid)
            least, most = self.done[key], self.done[key] + self.flying[key]
            if not least <= found <= most:
                yield (
                    f"I1/I5 {self.name}: {verb} {found} times in the trail, acknowledged {least}, "
                    f"in flight {most - least}"
                )
            self.done[key] = found
        self.flying.clear()

    def act(self, browser: Browser, verb: str, pid: str, path: str, form: dict[str, str]) -> Answer:
        """POST a form; 303 or 201 acknowledges `verb`."""
        return self.acknowledged(verb, pid, lambda: browser.send(path, form))

    def acknowledged(self, verb: str, pid: str, ask: Any) -> Answer:
        """Note that it flies, ask, note that it is done. Raises Refused."""
        if (verb, pid) not in self.done:
            self.done[verb, pid] = self.told(verb, pid)  # by others, before
        self.flying[verb, pid] += 1
        answer: Answer = ask()
        self.flying[verb, pid] -= 1
        if answer[0] not in {201, 303}:
            said = re.sub(r"<[^>]+>|\s+", " ", answer[1].decode(errors="replace"))[:600]
            raise Refused(f"I7 {self.name}: {verb} was refused with {answer[0]}: {said}")
        self.done[verb, pid] += 1
        return answer

    def told(self, verb: str, pid: str) -> int:
        """How often the trail tells of it; of any subject when `pid` is empty."""
        return int(
            self.ask(
                "SELECT count(*) FROM trail_event WHERE verb = ? AND ? IN (subject_pid, '')",
                verb,
                pid,
            )[0]
        )

    def ask(self, question: str, *given: object) -> Any:
        """One row of the database, read beside the server."""
        with closing(
            sqlite.connect(str(self.office.place / "pledge.sqlite"), timeout=20)
        ) as reading:
            return reading.execute(question, given).fetchone()


class Save(Flow):
    """Lan saves one cell after the other."""

    name = "save"

    def __init__(self, office: Office, chance: random.Random) -> None:
        super().__init__(office, chance)
        self.said: dict[str, tuple[str, str]] = {}  # target → (acknowledged, in flight or the same)
        self.versions: dict[str, str] = {}
        self.number = 0
        self.lan: Browser | None = None

    def work(self, web: Web, most: int) -> None:
        self.lan = Browser(web)
        page = self.lan.get(f"/giao-uoc/{self.office.pledge}/nhap")[1].decode()
        self.versions = dict(re.findall(r'name="ver-([^"]+)" value="([^"]*)"', page))
        super().work(web, most)

    def step(self, web: Web) -> None:
        assert self.lan is not None
        target = self.chance.choice(self.office.targets)
        self.number += 1
        goal = str(self.number)
        self.said[target] = (
            self.said[target][0] if target in self.said else self._stored(target),
            goal,
        )
        status, said = self.lan.save_row(target, goal, self.versions[target], self.number)
        if status != 200:
            raise Refused(f"I7 save: a row was refused with {status}: {said}")
        self.versions[target] = said["ver"]
        self.said[target] = (goal, goal)

    def settle(self) -> Iterator[str]:
        """I1, I4: a row holds what was acknowledged last, or what was in flight; nothing else."""
        for target, wanted in self.said.items():
            shown = self._stored(target)
            if shown not in wanted:
                yield f"I1/I4 {target}: {shown!r}, wanted {wanted}"
            self.said[target] = (shown, shown)

    def _stored(self, target: str) -> str:
        goal = self.ask("SELECT goal FROM target WHERE pid = ?", target)[0]
        return "" if goal is None else str(goal // UNIT)


class Send(Flow):
    """Hải Tây hands its pledge to the leader, who signs off; it is sent up, and withdrawn again."""

    name = "send"

    def step(self, web: Web) -> None:
        pid = self.office.pids["sent"]
        state, version, signed = self.ask(
            "SELECT state, version_id, signed_off_at IS NOT NULL FROM pledge WHERE pid = ?", pid
        )
        who = "tay_leader" if state == "with_leader" and not signed else "tay"
        browser = Browser(web, who)
        browser.get(f"/giao-uoc/{pid}")
        verb, path, form = {
            "draft": ("pledge.submitted_to_leader", "trinh", {}),
            "with_leader": ("pledge.signed_off", "ky-duyet", {})
            if not signed
            else ("pledge.sent_up", "gui", {"number": "12", "dated": "10/02/2023"}),
            "sent": ("pledge.withdrawn", "rut-lai", {}),
        }[state]
        self.act(browser, verb, pid, f"/giao-uoc/{pid}/{path}", {"ver": str(version), **form})


class Freeze(Flow):
    """Hải Đông freezes the agreement and makes a new version of it, again and again."""

    name = "freeze"

    def step(self, web: Web) -> None:
        pid, state, version = self.ask(
            "SELECT pid, state, version_id FROM agreement ORDER BY id DESC LIMIT 1"
        )
        browser = Browser(web, "dong")
        browser.get(f"/giao-uoc-cum/{pid}")
        if state == "draft":
            self.act(
                browser, "agreement.frozen", pid, f"/giao-uoc-cum/{pid}/chot", {"ver": str(version)}
            )
        else:
            # The newer version is the trail's subject and has no name yet: the newest is looked up.
            self.act(
                browser,
                "agreement.version_made",
                "",
                f"/giao-uoc-cum/{pid}/phien-ban-moi",
                {"reason": "Sửa số liệu.", "ver": str(version)},
            )

    def settle(self) -> Iterator[str]:
        """As the others; and each frozen version has its paper."""
        yield from super().settle()
        rows = self.ask("SELECT count(*), count(document_id) FROM agreement WHERE state <> 'draft'")
        if rows[0] != rows[1]:
            yield f"I2 freeze: {rows[0] - rows[1]} frozen without a paper"


class Upload(Flow):
    """Hải Lý puts a file on its quarter report and takes it away again when there are many."""

    name = "upload"
    seconds = 3.0
    MANY = 5

    def step(self, web: Web) -> None:
        pid = self.office.pids["report"]
        browser = Browser(web, "ly")
        browser.get(f"/bao-cao-quy/{pid}/minh-chung")
        held, first = self.ask("SELECT count(*), min(id) FROM evidence")
        if held >= self.MANY:
            file = self.ask("SELECT pid FROM evidence WHERE id = ?", first)[0]
            self.act(browser, "report.evidence_removed", pid, f"/minh-chung/{file}/go", {})
            return
        data = paper(mark=f"{self.steps} {self.chance.random()}")  # each has other bytes
        self.acknowledged(
            "report.evidence_added",
            pid,
            lambda: browser.upload(f"/bao-cao-quy/{pid}/minh-chung", "Ảnh chụp.pdf", data),
        )


WEB_FLOWS: tuple[type[Flow], ...] = (Save, Send, Freeze, Upload)

"""The disk fills under the living server: refused in words, nothing torn, reading goes on, and
all is well again.
"""

from __future__ import annotations

import contextlib
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.faults.flows import WEB_FLOWS, Flow
from tests.faults.invariants import broken
from tests.faults.kills import Row, goes_on
from tests.faults.office import furnished
from tests.loopback import Browser, Office, Web
from tests.rooms.progress.files import photo

SIZE = "24m"
LONG = "Vận động từng hộ, từng xóm. " * 280  # more than a page of the database


def full(place: Path) -> Row:
    """On a small file system of its own (needs root, as the tests of a container have it)."""
    row = Row("disk full")
    with _small(place / "small") as mounted:
        if mounted is None:
            row.fault += " (left out: only root may mount a small file system)"
            return row
        office = furnished(mounted)
        web = Web(office)
        try:
            flows = [kind(office, random.Random(0)) for kind in WEB_FLOWS]
            row.broken += [said for flow in flows for said in goes_on(flow, web)]
            _fill(mounted)
            row.broken += _refused(web, row)
            (mounted / "filler").unlink()
            row.broken += [said for flow in flows for said in goes_on(flow, web)]
        finally:
            web.end()
        row.broken += [*_settled(flows), *broken(office)]
    return row


def _refused(web: Web, row: Row) -> Iterator[str]:
    """A save, a sending, a freezing and an upload on the full disk; then a page is read."""
    office: Office = web.office
    lan = Browser(web)
    sheet = f"/giao-uoc/{office.pledge}/nhap"
    page = lan.get(sheet)[1].decode()
    target = office.targets[0]
    version = page.split(f'name="ver-{target}" value="')[1].split('"')[0]
    answers = [
        (
            "save",
            lan.send(
                sheet,
                {f"ver-{target}": version, f"goal-{target}": "77", f"measures-{target}": LONG},
            ),
        )
    ]
    ly = Browser(web, "ly")
    files = f"/bao-cao-quy/{office.pids['report']}/minh-chung"
    ly.get(files)
    answers.append(("upload", ly.upload(files, "Ảnh.jpg", photo())))
    for name, (status, body) in answers:
        row.count += 1
        text = body.decode()
        if status < 400 or "đĩa" not in text:
            yield f"I10 {name} on a full disk: {status}"
        if name == "save" and "77" not in text:
            yield "I10 save on a full disk: the text is lost"
    if lan.get(sheet)[0] != 200 or lan.get("/")[0] != 200:
        yield "reading does not go on"


def _settled(flows: list[Flow]) -> Iterator[str]:
    for flow in flows:
        yield from flow.settle()


def _fill(place: Path) -> None:
    for size in (1 << 20, 4096, 1):
        with contextlib.suppress(OSError), (place / "filler").open("ab", buffering=0) as filler:
            while True:
                filler.write(b"x" * size)


@contextlib.contextmanager
def _small(place: Path) -> Iterator[Path | None]:
    place.mkdir()
    mounted = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
    try:
        yield place if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(place)], check=True)

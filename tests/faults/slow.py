"""Bodies that come a byte at a time, from people whom nobody knows: everybody else is answered."""

from __future__ import annotations

import socket
import time

from tests.faults.kills import Row
from tests.loopback import Browser, Office, Web

HELD_BACK = 30  # bodies at once, of a server with one thread for each
PATIENCE = 5.0  # seconds
HEAD = (
    "POST /dang-nhap HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3000\r\n\r\n"
)


def slow_bodies(office: Office) -> Row:
    """Pages are read and rows saved meanwhile; a body that is whole at last is answered too."""
    row, web = Row(f"{HELD_BACK} bodies held back"), Web(office)
    held = []
    try:
        for _number in range(HELD_BACK):
            one = socket.create_connection(("127.0.0.1", web.port), PATIENCE)
            one.sendall(HEAD.encode() + b"username=")
            held.append(one)
        lan = Browser(web)
        for page in ("/ping", "/", f"/giao-uoc/{office.pledge}/nhap"):
            begun = time.monotonic()
            status = lan.get(page)[0]
            row.count += 1
            if status >= 400 or time.monotonic() - begun > PATIENCE:
                row.broken.append(f"I7 {page}: {status} after {time.monotonic() - begun:.1f} s")
        held[0].sendall(b"x" * (3000 - len("username=")))
        answered = held[0].recv(20)
        if not answered.startswith(b"HTTP/1.1 4"):
            row.broken.append(f"I7 the body that came at last: {answered!r}")
    finally:
        for one in held:
            one.close()
        web.end()
    return row

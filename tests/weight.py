"""What a browser fetches for its first page."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable


def first_load(fetch: Callable[[str], bytes], path: str) -> float:
    """kB of a page with the styles, scripts, fonts and pictures that it names, once each;
    `fetch` gives what is sent to a browser that takes gzip.
    """
    page = fetch(path)
    found = re.findall(rb'(?:src|href)="(/static/[^"]+)"', gzip.decompress(page))
    named = {name.partition(b"#")[0].decode() for name in found}
    return (len(page) + sum(len(fetch(name)) for name in sorted(named))) / 1000

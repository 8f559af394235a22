"""What a browser fetches for its first page."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable


def first_load(get: Callable[[str], bytes], path: str) -> float:
    """kB of a page with the styles, scripts, fonts and pictures that it names, once each, as nginx sends them with
    deploy/nginx.conf.example (gzip at its first level). Without nginx nothing is compressed."""
    page = get(path)
    named = {found.partition(b"#")[0].decode() for found in re.findall(rb'(?:src|href)="(/static/[^"]+)"', page)}
    files = {name: get(name) for name in sorted(named)}
    sent = [data if name.endswith(".woff2") else gzip.compress(data, 1) for name, data in files.items()]
    return (len(gzip.compress(page, 1)) + sum(map(len, sent))) / 1000

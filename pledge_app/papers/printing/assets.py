"""The closed door: a paper can reach the bundled fonts and its own two pictures, and nothing
else.
"""

from collections.abc import Mapping

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from pledge_app.kernel.root import ROOT

FONT_DIRECTORY = ROOT / "static" / "fonts" / "liberation"
FONTS = tuple(
    f"LiberationSerif-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic")
)


class RefusedAddress(FatalURLFetchingError):
    """Something in a paper asked for an address outside the closed list. Stops the rendering."""


class ClosedFetcher(URLFetcher):
    """Serves `asset:` names only: the fonts, and the pictures given for this one paper."""

    def __init__(self, pictures: Mapping[str, bytes] | None = None) -> None:
        super().__init__()
        self.pictures = dict(pictures or {})
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        name = url.removeprefix("asset:") if url.startswith("asset:") else ""
        if name in FONTS:
            body = (FONT_DIRECTORY / name).read_bytes()
            return URLFetcherResponse(url, body, {"Content-Type": "font/ttf"})
        if name in self.pictures:
            return URLFetcherResponse(url, self.pictures[name], {"Content-Type": "image/svg+xml"})
        self.refused.append(url)
        raise RefusedAddress(url)

"""What the screenshots show as evidence and scans: a road by itself, a signed page."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw


def road() -> bytes:
    """A drawn road between fields, in place of a photograph."""
    picture = Image.new("RGB", (1600, 1200), (176, 212, 236))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 560, 1600, 1200), fill=(116, 168, 84))
    draw.polygon([(0, 560), (420, 400), (760, 560)], fill=(96, 140, 120))
    draw.polygon([(520, 560), (1100, 360), (1600, 560)], fill=(110, 152, 130))
    draw.polygon([(770, 560), (830, 560), (1250, 1200), (350, 1200)], fill=(176, 174, 168))
    return as_jpeg(picture)


def scan() -> bytes:
    """A drawn page of lines, in place of a scan."""
    picture = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(picture)
    for line in range(32):
        draw.rectangle(
            (180, 200 + 42 * line, 1080 if line % 5 else 760, 212 + 42 * line), fill=(90, 90, 90)
        )
    return as_jpeg(picture)


def as_jpeg(picture: Image.Image) -> bytes:
    """As a camera or a scanner would send it."""
    stream = BytesIO()
    picture.save(stream, "JPEG", dpi=(150, 150))
    return stream.getvalue()

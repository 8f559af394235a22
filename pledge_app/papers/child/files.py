"""What the child does with a file that somebody sent: is it what it says, and its first page as
a picture.
"""

from dataclasses import asdict
from pathlib import Path

from pledge_app.kernel.canonical import JsonObject
from pledge_app.papers.intake.inspection import inspect, preview

CPU_SECONDS = 12  # somebody waits for the answer


def perform(task: JsonObject) -> tuple[JsonObject, bytes]:
    """Facts and bytes of the file as it will be stored. PaperError as `uploads.inspect`."""
    upload = inspect(Path("task.bin").read_bytes(), task["declared_name"])
    facts = {key: value for key, value in asdict(upload).items() if key != "data"}
    if task["task"] == "inspect_with_preview":
        picture = preview(upload.data)
        return {"upload": facts, "upload_bytes": len(upload.data)}, upload.data + picture
    return facts, upload.data

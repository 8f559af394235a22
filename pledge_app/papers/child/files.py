"""What the child does with a file that somebody sent: is it what it says, and its first page as
a picture.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from pledge_app.papers.intake.inspection import inspect, preview

CPU_SECONDS = 12  # somebody waits for the answer


def perform(task: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Facts and bytes of the file as it will be stored. PaperError as `uploads.inspect`."""
    upload = inspect(Path("task.bin").read_bytes(), task["declared_name"])
    facts = {key: value for key, value in asdict(upload).items() if key != "data"}
    if task["task"] == "inspect_with_preview":
        return {"upload": facts, "upload_bytes": len(upload.data)}, upload.data + preview(
            upload.data
        )
    return facts, upload.data

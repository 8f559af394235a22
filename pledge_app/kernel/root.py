"""Where the project's own files stand: templates, fonts, modules."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

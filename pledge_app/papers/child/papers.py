"""What the child does to make papers: a PDF, a DOCX, or both of one content."""

from dataclasses import asdict
from importlib import import_module

from pledge_app.kernel.canonical import JsonObject
from pledge_app.papers.printing.paper import render
from pledge_app.papers.registry import register
from pledge_app.papers.word.writer import render_word

CPU_SECONDS = 20


def perform(task: JsonObject) -> tuple[JsonObject, bytes]:
    """Facts and bytes of what is asked for. PaperError as `paper.render`.

    `module` is the pure module that defines the paper: the registry of the parent says which.
    """
    register(*import_module(task["module"]).PAPERS)
    kind, content, template = task["kind"], task["content"], task["template_version"]
    if task["task"] == "word":
        return {}, render_word(kind, content, template_version=template)
    paper = render(kind, content, template_version=template)
    facts = {
        "pages": paper.pages,
        "cells": [asdict(cell) for cell in paper.cells],
        "pdf_bytes": len(paper.pdf),
    }
    if task["task"] == "render":
        return facts, paper.pdf
    return facts, paper.pdf + render_word(kind, content, template_version=template)

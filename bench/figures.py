"""A figure with its goal, and the file in which the figures of a run are kept."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import click

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Figure:
    """`value` may be at most `goal`, both in `unit`."""

    name: str
    value: float
    goal: float
    unit: str

    @property
    def holds(self) -> bool:
        """Whether the goal is reached."""
        return self.value <= self.goal


def timed(tasks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """The seconds of each task in every round, one task after the other, so that all meet the
    same load.

    Each begins without the garbage of the one before: a collection takes as long as a tenth of a
    paper.
    """
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(rounds + 2):  # the first two warm up
        for name, task in tasks.items():
            gc.collect()
            begun = perf_counter()
            task()
            if number >= 2:
                taken[name].append(perf_counter() - begun)
    return taken


def interleaved(tasks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median seconds of each task."""
    return {name: median(seconds) for name, seconds in timed(tasks, rounds).items()}


def compared(ones: list[float], others: list[float]) -> float:
    """The median of the ratios within each round: what slows a whole round down falls out."""
    return median(one / other for one, other in zip(ones, others, strict=True))


def keep(figures: list[Figure]) -> bool:
    """Print the figures, write them down; whether all hold."""
    for figure in figures:
        click.echo(
            f"{figure.name:<34} {figure.value:>10.2f}  ≤ {figure.goal:g} {figure.unit:<8} "
            f"{'holds' if figure.holds else 'DOES NOT HOLD'}"
        )
    lines = [
        {**asdict(figure), "value": round(figure.value, 3), "holds": figure.holds}
        for figure in figures
    ]
    RESULTS.write_text(json.dumps(lines, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return all(figure.holds for figure in figures)

"""`python -m tests.bench [--seconds N] [--quick] [--only sqlite|postgres]`: see the package."""

import argparse
import contextlib
import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import django

from tests.bench import load, servers
from tests.bench.load import Measured, Page
from tests.bench.servers import Scratch

CLIENTS = (8, 32, 128)
STARTS = 500
START_SECONDS = 10.0
WARM_UP_SECONDS = 1.5
BARE = "tests.bench.bare_settings"
PLATFORM = "config.settings.dev"


@dataclass
class Figures:
    """What one engine gave."""

    engine: str
    items: int
    starts: Measured
    # clients, the room's saves, the bare view's inserts
    saves: list[tuple[int, Measured, Measured]]


def say(sentence: str) -> None:
    """Tell how far the run is, apart from the table on stdout."""
    print(sentence, file=sys.stderr, flush=True)


def measure(scratch: Scratch, *, seconds: float, clients: tuple[int, ...], starts: int) -> Figures:
    """Load the platform and the bare view in turn, on the same database."""
    prepared = servers.prepare(scratch, starts)
    say(f"{scratch.engine}: prepared {starts} candidates.")
    with servers.server(scratch, PLATFORM) as room, servers.server(scratch, BARE) as bare:
        begun, pages = load.run(partial(load.starts, room, prepared["candidates"], START_SECONDS * starts / STARTS))
        if len(pages) < max(clients):
            raise SystemExit(f"Only {len(pages)} of {starts} attempts could be started: {begun.refused}")
        spare = [Page(page.code, page.token, page.layout) for page in pages]
        load.run(partial(load.saves, room, pages, WARM_UP_SECONDS))
        load.run(partial(load.saves, bare, spare[: max(clients)], WARM_UP_SECONDS))
        rows = []
        for number in clients:
            ours, theirs = Measured(), Measured()
            # In turns of a second, so that whatever else the machine does meets both alike.
            for _slice in range(max(1, round(seconds))):
                ours.add(load.run(partial(load.saves, room, pages[:number], 1.0)))
                theirs.add(load.run(partial(load.saves, bare, spare[:number], 1.0)))
            rows.append((number, ours, theirs))
            say(f"{scratch.engine}: {number} clients, {ours.rate:.0f} saves/s, bare {theirs.rate:.0f} rows/s.")
    return Figures(scratch.engine, prepared["items"], begun, rows)


def _times(measured: Measured) -> str:
    return " / ".join(f"{measured.percentile_ms(percent):.0f}" for percent in (50, 95, 99))


def _saves_row(engine: str, clients: int, ours: Measured, bare: Measured) -> str:
    share = ours.rate / bare.rate if bare.rate else float("nan")
    failed = sum(ours.refused.values())
    return (
        f"| {engine} | {clients} | {ours.rate:.0f} | {_times(ours)} | {failed} "
        f"| {bare.rate:.0f} | {_times(bare)} | {share:.2f} |"
    )


def report(figures: list[Figures], seconds: float) -> str:
    """Return the figures as Markdown."""
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores shared by server, database and load, "
        f"Python {platform.python_version()}, Django {django.__version__}, "
        f"{seconds:g} s a row, room and bare view in turns of a second.",
        "",
        "| database | clients | saves/s | p50 / p95 / p99 ms | not answered 200 | bare view rows/s "
        "| its p50 / p95 / p99 ms | share |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for figure in figures:
        lines += [_saves_row(figure.engine, *row) for row in figure.saves]
    lines += [
        "",
        "| database | starts asked for | over s | answered | all answered after s | p50 / p95 / p99 ms |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for figure in figures:
        begun = figure.starts
        asked = len(begun.latencies) + sum(begun.refused.values())
        over = START_SECONDS * asked / STARTS
        lines.append(
            f"| {figure.engine} | {asked} | {over:g} | {len(begun.latencies)} "
            f"| {begun.wall_seconds:.1f} | {_times(begun)} |"
        )
    lines += ["", f"The paper has {figures[0].items} items; every save holds one answer." if figures else ""]
    return "\n".join(lines)


def engines(only: str) -> Iterator[Callable[[], contextlib.AbstractContextManager[Scratch]]]:
    """Yield how to make a scratch database on each engine that is there."""
    if only in ("", "sqlite"):
        yield servers.sqlite
    if only in ("", "postgres"):
        if servers.postgres_is_there():
            yield servers.postgres
        else:
            say(f"No PostgreSQL at {servers.POSTGRES}: left out.")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--seconds", type=float, default=8.0, help="length of each row, at most 60")
    parser.add_argument("--quick", action="store_true", help="a look: 2 s a row, 150 starts")
    parser.add_argument("--only", choices=["sqlite", "postgres"], default="")
    options = parser.parse_args()
    seconds = 2.0 if options.quick else min(options.seconds, 60.0)
    starts = 150 if options.quick else STARTS
    figures = []
    for make in engines(options.only):
        with make() as scratch:
            figures.append(measure(scratch, seconds=seconds, clients=CLIENTS, starts=starts))
    print(report(figures, seconds))


if __name__ == "__main__":
    main()

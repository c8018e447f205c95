"""A small load generator: kept-alive HTTP/1.1 connections, each sending its next request when the last is answered.

Written here because a general client would use more of the two cores than the server it measures.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

PATIENCE_SECONDS = 30


class Connection:
    """One kept-alive connection to the server on loopback."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, bytes]:
        """Send a request and read its answer; return status and body."""
        if self.writer is None or self.reader is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        payload = json.dumps(body).encode() if body is not None else b""
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Content-Type: application/json",
            f"Content-Length: {len(payload)}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + payload)
        return await self._read(self.reader)

    async def _read(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE_SECONDS)
        status_line, *header_lines = head.split(b"\r\n")
        headers = dict(line.lower().split(b": ", 1) for line in header_lines if line)
        status = int(status_line.split()[1])
        if headers.get(b"transfer-encoding") == b"chunked":
            return status, await self._chunks(reader)
        return status, await reader.readexactly(int(headers.get(b"content-length", 0)))

    async def _chunks(self, reader: asyncio.StreamReader) -> bytes:
        body = b""
        while size := int(await reader.readline(), 16):
            body += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
        return body

    async def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
            await self.writer.wait_closed()


@dataclass
class Measured:
    """What a run came to: seconds of every answered request, how long the run took, and what went wrong."""

    wall_seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    refused: dict[int, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Answered requests a second."""
        return len(self.latencies) / self.wall_seconds if self.wall_seconds else 0.0

    def percentile_ms(self, percent: float) -> float:
        """Return the latency below which so many percent lie, in milliseconds."""
        ordered = sorted(self.latencies)
        if not ordered:
            return float("nan")
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] * 1000

    def add(self, other: "Measured") -> None:
        """Join a further slice of the same measurement."""
        self.wall_seconds += other.wall_seconds
        self.latencies += other.latencies
        for status, times in other.refused.items():
            self.refused[status] = self.refused.get(status, 0) + times

    def note(self, status: int, seconds: float) -> None:
        if status == 200:
            self.latencies.append(seconds)
        else:
            self.refused[status] = self.refused.get(status, 0) + 1


@dataclass
class Page:
    """A candidate's page that has started: token, layout and its next sequence number."""

    code: str
    token: str
    layout: list[dict[str, Any]]
    seq: int = 0

    def batch(self) -> dict[str, Any]:
        """Return the next save: one answer to one item, as an officer going through the paper makes them."""
        self.seq += 1
        row = self.layout[self.seq % len(self.layout)]
        answer = {"item": row["item"], "value": [row["options"][self.seq % len(row["options"])]]}
        return {"seq": self.seq, "answers": [answer], "events": []}


async def saves(port: int, pages: list[Page], seconds: float) -> Measured:
    """Have every page save as fast as it is answered, for so long."""
    measured = Measured()
    ends_at = time.perf_counter() + seconds

    async def one(page: Page) -> None:
        connection = Connection(port)
        path = f"/api/room/attempts/{page.code}/responses"
        headers = {"Authorization": f"Bearer {page.token}"}
        while (begun := time.perf_counter()) < ends_at:
            status, _body = await connection.send("PUT", path, page.batch(), headers)
            measured.note(status, time.perf_counter() - begun)
        await connection.close()

    begun = time.perf_counter()
    await asyncio.gather(*(one(page) for page in pages))
    measured.wall_seconds = time.perf_counter() - begun
    return measured


async def starts(port: int, candidates: list[dict[str, str]], seconds: float) -> tuple[Measured, list[Page]]:
    """Have the candidates start one after the other, evenly over so many seconds, however slow the answers are."""
    measured = Measured()
    pages: list[Page] = []
    secret = "b" * 32

    async def one(number: int, candidate: dict[str, str]) -> None:
        await asyncio.sleep(seconds * number / len(candidates))
        connection = Connection(port)
        headers = {
            "Cookie": f"sessionid={candidate['session']}; csrftoken={secret}",
            "X-CSRFToken": secret,
        }
        begun = time.perf_counter()
        path = f"/api/room/candidacies/{candidate['code']}/start"
        body = {"page": f"bench-page-{number:05d}", "take_over": False}
        status, answer = await connection.send("POST", path, body, headers)
        measured.note(status, time.perf_counter() - begun)
        if status == 200:
            opened = json.loads(answer)
            pages.append(Page(opened["attempt"], opened["token"], opened["layout"]))
        await connection.close()

    begun = time.perf_counter()
    await asyncio.gather(*(one(number, candidate) for number, candidate in enumerate(candidates)))
    measured.wall_seconds = time.perf_counter() - begun
    return measured, pages


def run(work: Callable[[], Awaitable[Any]]) -> Any:
    """Run a measurement to its end."""

    async def whole() -> Any:
        return await work()

    return asyncio.run(whole())

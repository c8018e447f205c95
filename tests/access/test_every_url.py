"""Every address of the platform × everybody: what the table says, and nothing that it leaves out."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from config.navigation import entries
from tests.access.table import ROWS, Row
from tests.access.world import World
from tests.personas import NAMES, login

pytestmark = pytest.mark.django_db
# Wagtail's own addresses change with its releases; rows for their entrances stand in the table.
WAGTAILS = ("cms/", "documents/", "content/_util/")
# Answers of the API's own description, without data of ours.
UNLISTED = {"api:openapi-json", "api:api-root"}


def _routes(patterns: Any, prefix: str = "", spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _routes(pattern.url_patterns, address, inner)
        elif isinstance(pattern, URLPattern) and not address.startswith(WAGTAILS):
            yield ":".join([*spaces, pattern.name or address])


def _status(client: Client, row: Row, world: World) -> int:
    """Ask, and take back whatever that changed."""
    address = row.address.format(**world.names)
    extra: dict[str, Any] = {}
    if row.route.startswith("api:"):
        data = {**row.data, "take_over": False} if row.data else {}
        extra = {"data": json.dumps(data), "content_type": "application/json"} if row.method != "get" else {}
    elif row.method != "get":
        extra = {"data": row.data}
    with transaction.atomic():
        answer = getattr(client, row.method)(address, **extra)
        if answer.streaming:
            answer.getvalue()
        transaction.set_rollback(True)
    return int(answer.status_code)


def test_every_route_stands_in_the_table() -> None:
    routes = set(_routes(get_resolver().url_patterns)) - UNLISTED
    assert routes - {row.route for row in ROWS} == set()


def test_no_row_is_left_of_a_route_that_is_gone() -> None:
    routes = set(_routes(get_resolver().url_patterns))
    assert {row.route for row in ROWS if not row.address.startswith(("/cms/", "/documents/"))} - routes == set()


@pytest.mark.fault("F36")
@pytest.mark.fault("F37")
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_f36_everybody_gets_the_answer_of_the_table(world: World, row: Row) -> None:
    wrong = {}
    for part in NAMES:
        found = _status(login(getattr(world.people, part)), row, world)
        if found != row.status_for(part):
            wrong[part] = f"{found} instead of {row.status_for(part)}"
    found = _status(Client(), row, world)
    if found != row.visitor:
        wrong["visitor"] = f"{found} instead of {row.visitor}"
    assert wrong == {}


@pytest.mark.parametrize("part", NAMES)
def test_every_desk_in_somebodys_header_opens_for_her(world: World, part: str) -> None:
    officer = getattr(world.people, part)
    session = login(officer)
    answers = {entry.href: session.get(entry.href).status_code for entry in entries(officer, "/")}
    assert {href: status for href, status in answers.items() if status != 200} == {}

"""Hash chains: one canonical form, and every kind of tampering shows."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from common import chain
from common.chain import GENESIS, Link
from common.models import JobState


def _chain(*contents: object) -> list[Link]:
    links: list[Link] = []
    previous = GENESIS
    for number, content in enumerate(contents, start=1):
        digest = chain.link_hash(previous, content)
        links.append(Link(f"link {number}", content, previous, digest))
        previous = digest
    return links


def test_an_instant_has_one_form_in_every_time_zone() -> None:
    utc = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    shanghai = utc.astimezone(timezone(timedelta(hours=8)))
    assert chain.canonical(utc) == chain.canonical(shanghai) == b'"2026-11-23T16:30:00.000000+00:00"'


def test_the_canonical_form_is_fixed() -> None:
    content = {"b": Decimal("60"), "a": [date(2026, 1, 2), JobState.DONE, "执法", None, True]}
    assert chain.canonical(content).decode() == '{"a":["2026-01-02","done","执法",null,true],"b":"60.00"}'


@pytest.mark.parametrize("value", [{1, 2}, object(), float("nan")])
def test_what_has_no_canonical_form_is_an_error_not_a_guess(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        chain.canonical(value)


def test_the_digest_is_the_documented_one() -> None:
    assert chain.link_hash(GENESIS, {"a": 1}) == "fc6cee09194dd2578bd7664604fcb72a539066fd34544cea0009c43eb6cdc289"


def test_a_whole_chain_has_no_break() -> None:
    links = _chain({"n": 1}, {"n": 2}, {"n": 3})
    assert chain.first_break(links, head=links[-1].digest) is None
    assert chain.first_break([], head=GENESIS) is None


@given(st.integers(0, 4), st.sampled_from(["content", "digest", "previous", "removed", "swapped", "cut"]))
def test_any_tampering_with_any_link_is_found(position: int, how: str) -> None:
    links = _chain(*({"n": number} for number in range(5)))
    head = links[-1].digest
    link = links[position]
    match how:
        case "content":
            links[position] = Link(link.place, {"n": 99}, link.previous, link.digest)
        case "digest":
            links[position] = Link(link.place, link.content, link.previous, "f" * 64)
        case "previous":
            links[position] = Link(link.place, link.content, "e" * 64, link.digest)
        case "removed":
            del links[position]
        case "swapped":
            other = (position + 1) % 5
            links[position], links[other] = links[other], links[position]
        case "cut":
            del links[position:]
    assert chain.first_break(links, head=head) is not None


def test_a_link_forged_with_its_own_digest_breaks_the_next_one() -> None:
    links = _chain({"n": 1}, {"n": 2}, {"n": 3})
    forged = {"n": 99}
    links[1] = Link("link 2", forged, links[1].previous, chain.link_hash(links[1].previous, forged))
    found = chain.first_break(links)
    assert found is not None
    assert found.place == "link 3"

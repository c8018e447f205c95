"""What every page of ours tells the browser to forbid."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

STRICT = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}


def _policy(client: Client, address: str) -> dict[str, str]:
    parts = client.get(address)["Content-Security-Policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts if part.strip())


@pytest.mark.parametrize("address", ["/account/login/", "/healthz"])
def test_pages_allow_nothing_inline_and_no_other_origin(client: Client, address: str) -> None:
    policy = _policy(client, address)

    assert {name: policy[name] for name in STRICT} == STRICT
    assert "unsafe" not in " ".join(policy.values())
    assert "http" not in " ".join(policy.values())


def test_pages_may_not_be_framed_sniffed_or_leak_their_address(client: Client) -> None:
    page = client.get("/account/login/")

    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_login_page_is_chinese_unless_asked_otherwise(client: Client) -> None:
    assert client.get("/account/login/")["Content-Language"] == "zh-hans"
    english = client.get("/account/login/", headers={"accept-language": "en"})
    assert english["Content-Language"] == "en"

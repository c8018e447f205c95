"""Pictures are for officers, and only pictures are handed out here."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from tests.factories.personnel import OfficerFactory
from tests.personas import login

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> str:
    return default_storage.save("images/shown.png", ContentFile(b"\x89PNG made up"))


def test_officer_sees_the_picture(stored: str) -> None:
    answer = login(OfficerFactory()).get(f"/media/{stored}")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content) == b"\x89PNG made up"


def test_picture_asks_for_the_login(stored: str, client: Client) -> None:
    assert client.get(f"/media/{stored}").status_code == 302


@pytest.mark.parametrize(
    "path",
    ["documents/secret.docx", "images/../documents/secret.docx", "images/none.png", "images/"],
)
def test_everything_else_is_not_found(path: str) -> None:
    default_storage.save("documents/secret.docx", ContentFile(b"x"))

    assert login(OfficerFactory()).get(f"/media/{path}").status_code == 404

"""Every page that somebody may open, in Chinese: no English of ours or of the editor's in sight."""

import re
from html.parser import HTMLParser

import polib
import pytest
from django.http import HttpResponse
from wagtail.models import Task, Workflow

from tests.access.table import ROWS
from tests.access.world import World
from tests.architecture.project import ROOT
from tests.personas import NAMES, login

pytestmark = pytest.mark.django_db

SENTENCE = re.compile(r"[A-Za-z]{2,}(?:[ ’'-]+[A-Za-z]+){3,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
UNSEEN = {"script", "style"}
READ_OUT = {"alt", "aria-label", "placeholder", "title"}
# Where the trainer edits: the list, a lesson, a new one, its past, pictures, files, what was found.
EDITOR = (
    "/cms/",
    "/cms/pages/",
    "/cms/pages/{lesson}/edit/",
    "/cms/pages/{lesson}/history/",
    "/cms/pages/{lesson}/usage/",
    "/cms/pages/{lesson}/copy/",
    "/cms/pages/{lesson}/unpublish/",
    "/cms/pages/search/?q=法",
    "/cms/images/",
    "/cms/images/multiple/add/",
    "/cms/documents/",
    "/cms/documents/multiple/add/",
    "/cms/reports/workflow/",
)
# Written into Wagtail's own templates, hidden or only read out, where no catalogue reaches it.
WAGTAILS_OWN = {"Actions", "Save Selected"}


class _Reader(HTMLParser):
    """Collect what a page shows or has read out, templates for scripts included."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        self.texts += [value for name, value in attrs if value and name in READ_OUT]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen and data.strip():
            self.texts.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def english() -> set[str]:
    """Every message that has a Chinese form of its own."""
    paths = ROOT.glob("*/locale*/zh_Hans/LC_MESSAGES/*.po")
    entries = [entry for path in paths for entry in polib.pofile(str(path)).translated_entries()]
    return {entry.msgid for entry in entries if CHINESE.search(entry.msgstr or entry.msgstr_plural.get(0, ""))}


def _left_in_english(answer: HttpResponse, english: set[str]) -> set[str]:
    reader = _Reader()
    reader.feed(answer.content.decode())
    return {text for text in reader.texts if text in english or SENTENCE.search(text)} - WAGTAILS_OWN


@pytest.mark.parametrize("part", NAMES)
def test_pages_are_chinese(world: World, english: set[str], part: str) -> None:
    client = login(getattr(world.people, part))
    found = {}
    for row in ROWS:
        if row.method != "get" or row.status_for(part) != 200:
            continue
        if "*" in row.answers and part != "learner":
            # What everybody may open, one person reads for all.
            continue
        answer = client.get(row.address.format(**world.names), headers={"accept-language": "zh-CN"})
        if answer.streaming:
            answer.getvalue()
        elif answer.headers["Content-Type"].startswith("text/html"):
            found[row.route] = _left_in_english(answer, english)

    assert {route: texts for route, texts in found.items() if texts} == {}
    assert found


def test_english_would_be_noticed(world: World, english: set[str]) -> None:
    answer = login(world.people.learner).get("/exams/", headers={"accept-language": "en"})

    assert "My exams" in _left_in_english(answer, english)


@pytest.mark.parametrize("address", EDITOR)
def test_the_editor_is_chinese(world: World, english: set[str], address: str) -> None:
    client = login(world.people.trainer)
    answer = client.get(address.format(**world.names), headers={"accept-language": "zh-CN"}, follow=True)

    assert answer.status_code == 200
    assert _left_in_english(answer, english) == set()


def test_what_wagtail_put_in_the_database_is_chinese() -> None:
    names = [*Workflow.objects.values_list("name", flat=True), *Task.objects.values_list("name", flat=True)]

    assert names == ["内容审核", "内容审核"]

"""The components: each is in the gallery, says what it should, and refuses what it does not know."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client, RequestFactory
from django.utils import translation

from common.templatetags import components
from common.views.ui import SampleState

TEMPLATES = Path("common/templates/common/ui")
SPRITE = Path("common/static/common/img/icons.svg")
SAMPLE_CALLS = {
    "button": '{% ui_button "Go" %}',
    "badge": '{% ui_badge "Draft" %}',
    "field": "{% ui_field form.name %}",
    "form_errors": "{% ui_form_errors form %}",
    "empty": '{% ui_empty "Nothing" "Nobody wrote." %}',
    "progress": '{% ui_progress 1 2 "Hours" %}',
    "stat": '{% ui_stat "Hours" 3 %}',
    "note": '{% ui_note "Mind the gap" %}',
    "pagination": "{% ui_pagination page %}",
    "icon": '{% ui_icon "check" %}',
    "breadcrumbs": "{% ui_breadcrumbs crumbs %}",
    "bars": '{% ui_bars rows "By point" %}',
    "steps": "{% ui_steps steps %}",
}


class NameForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the card.")
    kind = forms.ChoiceField(label="Kind", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    sure = forms.BooleanField(label="I am sure")
    note = forms.CharField(label="Note", required=False)


def render(source: str, **context: Any) -> str:
    with translation.override("en"):
        return Template(source).render(Context(context)).strip()


def sample_context() -> dict[str, Any]:
    return {
        "form": NameForm({}),
        "page": Paginator(range(100), 10).get_page(2),
        "crumbs": [("Up", "/up/"), ("Here", None)],
        "rows": [("Evidence", 1, 4, "")],
        "steps": [{"label": "Seal", "state": "done"}],
    }


@pytest.fixture
def gallery(db: None, client: Client) -> str:
    answer = client.get("/ui/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_component_template_has_its_place_in_the_gallery(gallery: str) -> None:
    named = set(re.findall(r'data-component="(\w+)"', gallery))
    assert named == {template.stem for template in TEMPLATES.glob("*.html")}


def test_every_tag_has_a_sample_call_here() -> None:
    assert {name.removeprefix("ui_") for name in components.register.tags} == set(SAMPLE_CALLS)


@pytest.mark.parametrize("name", sorted(SAMPLE_CALLS))
def test_component_renders_and_refuses_an_unknown_attribute(name: str) -> None:
    call = SAMPLE_CALLS[name]
    assert "<" in render(call, **sample_context())
    with pytest.raises((TypeError, TemplateSyntaxError)):
        render(call.replace(" %}", ' colour="red" %}'), **sample_context())


def test_gallery_speaks_chinese_and_leaves_no_english_sentence(gallery: str) -> None:
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style|head)\b.*?</\1>", "", gallery, flags=re.DOTALL))
    assert "设计系统" in text
    assert re.findall(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b", text) == []


def test_icons_are_those_of_the_sprite() -> None:
    symbols = ElementTree.parse(SPRITE).getroot()
    assert {symbol.get("id") for symbol in symbols} == set(components.ICONS)


@pytest.mark.parametrize(
    "call",
    [
        '{% ui_icon "unicorn" %}',
        '{% ui_button "Go" kind="huge" %}',
        '{% ui_button "Go" type="link" %}',
        '{% ui_button "Go" icon="unicorn" %}',
        '{% ui_button "Go" onclick="go()" %}',
        '{% ui_badge "Draft" tone="pink" %}',
        '{% ui_note "Text" kind="shout" %}',
    ],
)
def test_unknown_values_are_refused(call: str) -> None:
    with pytest.raises(TypeError, match=r"^Unknown"):
        render(call)


def test_steps_refuse_an_unknown_state() -> None:
    with pytest.raises(TypeError, match="state of a step"):
        render("{% ui_steps steps %}", steps=[{"label": "Seal", "state": "later"}])


def test_button_carries_htmx_and_data_attributes_and_escapes() -> None:
    shown = render(
        '{% ui_button label hx_get=url data_print=True name="go" value=0 %}', label="<b>", url="/x/?a=1&b=2"
    )
    assert shown == (
        '<button class="button button--primary" type="submit" name="go" value="0" '
        'hx-get="/x/?a=1&amp;b=2" data-print><span>&lt;b&gt;</span></button>'
    )


def test_button_with_a_reason_cannot_be_sent_and_says_why() -> None:
    shown = render('{% ui_button "Seal" href="/seal/" name="go" disabled_reason="No marker yet." %}')
    assert 'type="button" aria-disabled="true"' in shown
    assert "/seal/" not in shown
    assert 'name="go"' not in shown
    reason = re.search(r'aria-describedby="([\w-]+)"', shown)
    assert reason is not None
    assert f'id="{reason[1]}">No marker yet.</span>' in shown


def test_badge_takes_word_and_tone_from_the_member() -> None:
    shown = render("{% ui_badge state %}", state=SampleState.SEALED)
    assert "badge--final" in shown
    assert "#tone-final" in shown
    assert ">Sealed<" in shown
    assert "badge--neutral" in render('{% ui_badge state tone="neutral" %}', state=SampleState.SEALED)


def test_field_ties_label_help_and_error_to_the_control() -> None:
    shown = render("{% ui_field form.name %}", form=NameForm({}))
    assert '<label class="field__label" for="id_name">' in shown
    control = re.search(r"<input[^>]*>", shown)
    assert control is not None
    assert 'aria-describedby="id_name_helptext id_name_error"' in control[0]
    assert 'aria-invalid="true"' in control[0]
    assert 'id="id_name_helptext"' in shown
    assert 'id="id_name_error"' in shown


def test_field_of_choices_is_a_fieldset_with_a_legend() -> None:
    shown = render("{% ui_field form.kind %}", form=NameForm())
    assert "<fieldset" in shown
    assert "<legend" in shown
    assert "(optional)" not in shown
    assert "(optional)" in render("{% ui_field form.note %}", form=NameForm())


def test_error_summary_leads_to_the_first_control_of_each_field() -> None:
    shown = render("{% ui_form_errors form %}", form=NameForm({}))
    assert re.findall(r'href="#([\w-]+)"', shown) == ["id_name", "id_kind_0", "id_sure"]
    assert "There are 3 things to correct" in shown
    assert render("{% ui_form_errors form %}", form=NameForm()) == ""


def test_pagination_keeps_the_filters() -> None:
    request = RequestFactory().get("/list/", {"unit": "4", "page": "2"})
    shown = render("{% ui_pagination page %}", page=Paginator(range(100), 10).get_page(2), request=request)
    assert 'href="?unit=4&amp;page=3"' in shown
    assert "11 to 20 of 100" in shown
    assert render("{% ui_pagination page %}", page=Paginator([1], 10).get_page(1)) == ""


@pytest.mark.parametrize(
    ("value", "maximum", "width"), [(1, 4, "25.0%"), (9, 4, "100.0%"), (3, 0, "0.0%"), (-1, 4, "0.0%")]
)
def test_bars_stay_between_nothing_and_full(value: int, maximum: int, width: str) -> None:
    shown = render('{% ui_bars rows "By point" %}', rows=[("Evidence", value, maximum, "")])
    assert f'class="bars__value" width="{width}"' in shown
    assert f'<td class="bars__note">{value}</td>' in shown


def test_progress_without_a_known_end_shows_no_figure() -> None:
    assert "%" not in render('{% ui_progress 0 0 "Hours" %}')
    assert "66%" in render('{% ui_progress 26.5 40 "Hours" %}')

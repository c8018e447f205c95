"""Wagtail's database search over pairs of Han characters (WAGTAILSEARCH_BACKENDS names this module).

The stock backends take a run of Han characters as one word, so 处罚 is not found in 行政处罚法, and on
SQLite some punctuation raises an error. Here texts are cut before they are indexed and queries before
they are compiled. What is overridden is no documented interface of modelsearch: the tests in
`tests/cms/search` must pass before its version is raised.
"""

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connection
from modelsearch.index import BaseField, RelatedFields
from modelsearch.query import Phrase, PlainText

from cms.search import words

BaseIndex: Any
BaseBackend: Any
BaseSearch: Any
BaseAutocomplete: Any
# The index tables are made for one engine when migrating, and so are these classes.
if connection.vendor == "postgresql":
    from django.contrib.postgres.search import SearchQuery
    from modelsearch.backends.database.postgres import postgres as base
    from modelsearch.backends.database.postgres.query import Lexeme

    BaseIndex = base.PostgresIndex
    BaseBackend = base.PostgresSearchBackend
    BaseSearch = base.PostgresSearchQueryCompiler
    BaseAutocomplete = base.PostgresAutocompleteQueryCompiler
else:
    from modelsearch.backends.database.sqlite import sqlite as base
    from modelsearch.backends.database.sqlite.query import Lexeme, SearchQueryExpression

    BaseIndex = base.SQLiteIndex
    BaseBackend = base.SQLiteSearchBackend
    BaseSearch = base.SQLiteSearchQueryCompiler
    BaseAutocomplete = base.SQLiteAutocompleteQueryCompiler


@dataclass(frozen=True)
class Cut:
    """An object as the indexer reads it: its key and its fields, whose values are cut into pieces."""

    pk: Any
    fields: Sequence[BaseField]

    def get_search_fields(self) -> Sequence[BaseField]:
        return self.fields


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(_flat(item) for item in value.values())
    if isinstance(value, list | tuple):
        return " ".join(_flat(item) for item in value)
    return "" if value is None else str(value)


def _cut_field(field: BaseField, read: Callable[[Any], Any]) -> BaseField:
    """Return a copy of a search field that gives its value in pieces."""
    cut = copy.copy(field)
    if isinstance(field, RelatedFields):
        cut.fields = [_cut_field(inner, inner.get_value) for inner in field.fields]
        cut.get_value = read
    else:
        cut.get_value = lambda thing: words.index_text(_flat(read(thing)))
    return cut


def _cut(thing: Any) -> Cut:
    def reader(field: BaseField) -> Callable[[Any], Any]:
        return lambda _cut_thing: field.get_value(thing)

    return Cut(thing.pk, [_cut_field(field, reader(field)) for field in thing.get_search_fields()])


class BigramIndex(BaseIndex):
    """Indexes texts in pieces."""

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        super().add_items(model, [_cut(thing) for thing in objs])


class _Terms:
    """Compiles a typed query into terms that must all be there (or any, for the operator "or")."""

    LAST_TERM_IS_PREFIX: bool
    query: Any
    queryset: Any

    def _lexemes(self, query: Any, **options: Any) -> Any:
        terms = words.query_terms(query.query_string)
        joined = or_ if getattr(query, "operator", "and").lower() == "or" else and_
        lexemes = [Lexeme(term.text, prefix=term.is_prefix, **options) for term in terms]
        if lexemes and self.LAST_TERM_IS_PREFIX:
            lexemes[-1].prefix = True
        return reduce(joined, lexemes) if lexemes else None

    def search(self, *args: Any, **kwargs: Any) -> Any:
        """Return nothing for a query that names nothing; the base classes would fail on it."""
        if isinstance(self.query, PlainText | Phrase) and not words.query_terms(self.query.query_string):
            return self.queryset.none()
        return super().search(*args, **kwargs)  # type: ignore[misc]

    def build_search_query_content(self, query: Any, config: Any = None) -> Any:
        """SQLite."""
        if isinstance(query, PlainText | Phrase):
            lexemes = self._lexemes(query)
            return lexemes and SearchQueryExpression(lexemes, config=config)
        return super().build_search_query_content(query, config=config)  # type: ignore[misc]

    def build_tsquery_content(self, query: Any, config: Any = None, invert: bool = False) -> Any:
        """PostgreSQL."""
        if isinstance(query, PlainText | Phrase):
            lexemes = self._lexemes(query, invert=invert)
            return lexemes and SearchQuery(lexemes, search_type="raw", config=config)
        return super().build_tsquery_content(query, config=config, invert=invert)  # type: ignore[misc]


class BigramSearch(_Terms, BaseSearch):
    """Full-text search."""


class BigramAutocomplete(_Terms, BaseAutocomplete):
    """Search while typing: the last term may be the beginning of a word."""


class SearchBackend(BaseBackend):
    """The backend that Wagtail's settings name."""

    index_class = BigramIndex
    query_compiler_class = BigramSearch
    autocomplete_query_compiler_class = BigramAutocomplete

"""What tests of question banks share: the people, and a bank of their bureau."""

from typing import TYPE_CHECKING

import pytest

from tests.personas import People, people

if TYPE_CHECKING:
    from question_banks.models import Bank

__all__ = ["people"]


@pytest.fixture
def bank(people: People) -> "Bank":
    """A bank that the bureau owns; the city's author and reviewer work on it."""
    from tests.factories.question_banks import BankFactory  # noqa: PLC0415  (settings are ready only now)

    return BankFactory(code="tongyong", name="通用法律知识题库", unit=people.bureau)

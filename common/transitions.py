"""State machines as tables: one function changes state, under a row lock, with who, when and why.

A table lists each state with the states it may go to. Guards (is it possible now?) and rights (may
this person?) stand in the domain function that calls `move`; the picture in `docs/states/` is drawn
from the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common import audit
from common.errors import NotPossibleNow

Thing = TypeVar("Thing", bound=models.Model)
REGISTRY: dict[str, "TransitionTable"] = {}


@dataclass(frozen=True)
class TransitionTable:
    """The allowed moves of one kind of thing.

    Attributes:
        name: of the thing, such as ``attempt``; also the audit subject's kind and the drawing's
            file name.
        states: the enumeration; every member is a key of `moves`.
        moves: state → {next state: what causes it, in the field's words}.
    """

    name: str
    states: type[models.TextChoices]
    moves: Mapping[str, Mapping[str, str | Promise]]
    field_name: str = field(default="state")

    def __post_init__(self) -> None:
        missing = set(self.states.values) - set(self.moves)
        if missing:
            raise ValueError(f"{self.name}: no row for {sorted(missing)}")
        REGISTRY[self.name] = self

    def allows(self, current: str, target: str) -> bool:
        """Return whether the table has this move."""
        return target in self.moves[current]

    def check(self, current: str, target: str) -> None:
        """Raise `NotPossibleNow` with both states' names when the table has no such move."""
        if not self.allows(current, target):
            raise NotPossibleNow(
                _("This is “%(current)s” and cannot become “%(target)s”.")
                % {"current": self.states(current).label, "target": self.states(target).label},
                code="no_such_transition",
            )

    def move(
        self,
        thing: Thing,
        target: str,
        *,
        by: audit.Actor | None,
        at: datetime,
        reason: str = "",
        **changes: Any,
    ) -> Thing:
        """Lock the row, check the move, write state and `changes`, append the audit event. Returns
        the locked row.

        Raises:
            NotPossibleNow: the table has no such move from the state the row is in *now*.
        """
        with transaction.atomic():
            locked = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
            current = getattr(locked, self.field_name)
            self.check(current, target)
            for attribute, value in {self.field_name: target, **changes}.items():
                setattr(locked, attribute, value)
                setattr(thing, attribute, value)
            locked.save(update_fields=[self.field_name, *changes])
            audit.record(
                f"{locked._meta.app_label}.{self.name}_{target}",
                by=by,
                at=at,
                subject=f"{self.name}:{getattr(locked, 'code', locked.pk)}",
                detail={"from": current, "to": target},
                reason=reason,
            )
        return locked

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from common import constraints
from personnel.enums import UnitKind


class Unit(MP_Node):
    """A department, agency or team.

    The tree gives every role its reach: a grant covers a unit and all below it.
    """

    code = models.CharField(_("unit code"), max_length=30, unique=True)
    name = models.CharField(_("unit name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind.choices, default=UnitKind.AGENCY)
    region = models.CharField(_("region"), max_length=60, blank=True)

    # No node_order_by: keeping siblings sorted would rewrite paths whenever a unit is added, and a
    # path read a moment ago would then give a role the wrong reach. Pages sort by code instead.

    class Meta:
        db_table = "per_unit"
        constraints = [constraints.valid_choice("kind", UnitKind, name="per_unit_kind_valid")]
        indexes = [models.Index(fields=["name"], name="per_unit_name_ix")]

    def __str__(self) -> str:
        return self.name

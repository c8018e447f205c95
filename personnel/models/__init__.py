from personnel.models.field import EnforcementField
from personnel.models.officer import Officer
from personnel.models.posting import Posting
from personnel.models.role import RoleGrant
from personnel.models.unit import Unit

__all__ = ["EnforcementField", "Officer", "Posting", "RoleGrant", "Unit"]

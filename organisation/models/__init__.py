from organisation.models.appointments import Appointment, Delegation, Post
from organisation.models.people import PasswordReset, User
from organisation.models.units import Unit, UnitKind, UnitName, names_over_time, unit_names

__all__ = [
    "Appointment",
    "Delegation",
    "PasswordReset",
    "Post",
    "Unit",
    "UnitKind",
    "UnitName",
    "User",
    "names_over_time",
    "unit_names",
]

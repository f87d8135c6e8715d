from organisation.viewsets.appointments import AppointmentViewSet
from organisation.viewsets.delegations import DelegationViewSet
from organisation.viewsets.resets import PasswordResetViewSet
from organisation.viewsets.units import UnitViewSet

__all__ = ["AppointmentViewSet", "DelegationViewSet", "PasswordResetViewSet", "UnitViewSet"]

"""Every write about organisations and users."""

from madoguchi.accounts.actions.approving import Decided, OwnAccount, approve, refuse, reset
from madoguchi.accounts.actions.entering import check_password, entered, left, try_code
from madoguchi.accounts.actions.guessing import TooManyTries
from madoguchi.accounts.actions.own import (
    change_password,
    count_password_as_chosen,
    enrol,
    renew_recovery_codes,
)
from madoguchi.accounts.actions.sessions import end_sessions, lock, rings
from madoguchi.accounts.actions.staff import (
    AddressNotPlain,
    AddressTaken,
    LastAdministrator,
    LastSupervisor,
    OwnRoles,
    add_user,
    found,
    set_roles,
)

__all__ = [
    "AddressNotPlain",
    "AddressTaken",
    "Decided",
    "LastAdministrator",
    "LastSupervisor",
    "OwnAccount",
    "OwnRoles",
    "TooManyTries",
    "add_user",
    "approve",
    "change_password",
    "check_password",
    "count_password_as_chosen",
    "end_sessions",
    "enrol",
    "entered",
    "found",
    "left",
    "lock",
    "refuse",
    "renew_recovery_codes",
    "reset",
    "rings",
    "set_roles",
    "try_code",
]

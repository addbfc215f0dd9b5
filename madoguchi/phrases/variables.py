"""The variables of a phrase. All are fit for a friend's eyes; LINE's name is not among them, because it is hidden from staff."""

from madoguchi.accounts.models import User
from madoguchi.phrases.models import Signature

HANDLE, DESK, COUNSELLOR, HOURS = "呼び名", "窓口", "相談員", "受付時間"
VARIABLES = (HANDLE, DESK, COUNSELLOR, HOURS)
NOBODY = "相談員"


def signature(user: User) -> str:
    """What this person is called towards friends; empty when nothing was chosen."""
    return Signature.objects.filter(user=user).values_list("name", flat=True).first() or ""


def values(user: User, *, handle: str, desk: str, hours: str) -> dict[str, str]:
    return {HANDLE: handle, DESK: desk, COUNSELLOR: signature(user) or NOBODY, HOURS: hours}

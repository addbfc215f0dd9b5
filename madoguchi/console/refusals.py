"""Refuse to start: in production, whatever would make the promises of the product untrue stops it, with how to mend it."""

import time
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError, connection

from madoguchi.console import key_files
from madoguchi.core import seal, walls

# In production nothing else is LINE: an address can name this machine in too many ways to list them.
LINES_OWN = {"LINE_API_BASE": "https://api.line.me", "LINE_DATA_BASE": "https://api-data.line.me"}


class Refused(Exception):
    """Not started; the text says why and how to mend it, a line a reason."""


def refuse_if_unsafe(*, needs_tables: bool = False) -> None:
    """Raise Refused with every reason there is. `needs_tables`: for what can do nothing before `madoguchi migrate`."""
    found = [*_always(), *(_in_production() if settings.IS_PRODUCTION else [])]
    if settings.IS_PRODUCTION and settings.DATABASE_URL:
        found += _about_the_database(needs_tables=needs_tables)
    if found:
        raise Refused("\n".join(f"起動できません: {reason}" for reason in found))


def _always() -> list[str]:
    found = []
    if settings.MODE not in settings.MODES:
        found.append(f"MADOGUCHI_MODE の値が違います。{' / '.join(settings.MODES)} から選んでください。")
    if settings.DATABASE_UNKNOWN:
        known = ", ".join((*settings.DATABASE_PLACE, *settings.DATABASE_OPTIONS))
        unknown = ", ".join(settings.DATABASE_UNKNOWN)
        found.append(f"DATABASE_URL の {unknown} は使えません。消すか、次の名前に直してください：{known}")
    if not settings.DATABASE_URL:
        found.append("データベースがありません。DATABASE_URL=postgresql://... を設定してください。")
    found += key_files.about_the_secret(settings.SECRET_KEY_FILE, _secret_key())
    return found + key_files.about_the_root_key(settings.ROOT_KEY_FILE)


def _in_production() -> list[str]:
    found = []
    if settings.DEBUG:
        found.append("DEBUGが有効です。MADOGUCHI_MODE=production にしてください。")
    found += key_files.about_the_secrets_strength(_secret_key())
    for path in (settings.SECRET_KEY_FILE, settings.ROOT_KEY_FILE):
        found += key_files.about_its_mode(path)
    if not settings.IS_HTTPS:
        found.append("公開URLがhttpsではありません。MADOGUCHI_URL=https://... を設定してください。")
    for name, own in LINES_OWN.items():
        if not _is_same_place(getattr(settings, name), own):
            found.append(f"{name} がLINEではありません。設定を消せば本物のLINEにつながります。")
    if not settings.LIFF_SDK_URL.startswith("https://static.line-scdn.net/"):
        found.append("LIFF_SDK_URL がLINEではありません。設定を消せば本物のSDKを読み込みます。")
    return found


def _is_same_place(address: str, own: str) -> bool:
    """Whether both name one origin and nothing more: no path, no user, the same port."""
    try:
        parts = urlsplit(address)
        return (
            f"{parts.scheme}://{parts.netloc.lower().removesuffix(':443')}{parts.path}" == own
            and not parts.query
        )
    except ValueError:
        return False


def _about_the_database(*, needs_tables: bool) -> list[str]:
    """A database that is just being started again is waited for: whoever starts then must not give up."""
    until = time.monotonic() + PATIENCE_SECONDS
    while (found := _found_in_the_database(needs_tables=needs_tables)) == [AWAY] and time.monotonic() < until:
        time.sleep(0.5)
    return found


def _found_in_the_database(*, needs_tables: bool) -> list[str]:
    try:
        if _is_above_the_wall():
            return [
                "データベースの役割が組織の壁を越えられます。NOSUPERUSER NOBYPASSRLS の役割にしてください。"
            ]
        return [] if _opens_what_is_kept() else [WRONG_ROOT_KEY]
    except OperationalError:
        return [AWAY]
    except ProgrammingError:
        return (
            ["データベースにまだ表がありません。先に madoguchi migrate を実行してください。"]
            if needs_tables
            else []
        )


AWAY = "データベースにつながりません。DATABASE_URL の宛先・名前・パスワードと、PostgreSQLが動いているかを確かめてください。"
PATIENCE_SECONDS = 15.0
WRONG_ROOT_KEY = (
    "この暗号の元の鍵では、データベースの中身を開けません。"
    "このデータベースと一緒に使っていた root.key を、写しから戻してください。"
)


def _opens_what_is_kept() -> bool:
    """Whether the root key opens an organisation's key. Raises ProgrammingError when there are no tables."""
    from madoguchi.accounts.models import OrganisationKey  # noqa: PLC0415 - needs the settings

    with walls.everywhere():
        kept = OrganisationKey.objects.order_by("-pk").values_list("wrapped", flat=True).first()
    try:
        return kept is None or bool(seal.unwrap(seal.read_root_key(settings.ROOT_KEY_FILE), kept))
    except seal.CannotOpen:
        return False
    except (OSError, ValueError):  # said already
        return True


def _secret_key() -> str:
    """Django refuses to give an empty one."""
    try:
        return str(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return ""


def _is_above_the_wall() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])

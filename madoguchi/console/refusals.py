"""Refuse to start: in production, whatever would make the promises of the product untrue stops it, with how to mend it."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

from madoguchi.channels.line.limits import LOOPBACK


class Refused(Exception):
    """Not started; the text says why and how to mend it, a line a reason."""


def refuse_if_unsafe() -> None:
    """Raise Refused with every reason there is."""
    found = [*_always(), *(_in_production() if settings.IS_PRODUCTION else [])]
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
    if not _secret_key():
        found.append(
            "秘密鍵がありません。MADOGUCHI_SECRET_KEY_FILE に50文字以上のファイルを指定してください。"
        )
    if not Path(settings.ROOT_KEY_FILE).exists():
        found.append(
            "暗号の元の鍵がありません。MADOGUCHI_ROOT_KEY_FILE に鍵のファイルを指定し、写しを別の場所に保管してください。"
        )
    return found


def _in_production() -> list[str]:
    found = []
    if settings.DEBUG:
        found.append("DEBUGが有効です。MADOGUCHI_MODE=production にしてください。")
    if 0 < len(_secret_key()) < 32:
        found.append("秘密鍵が短すぎます。32文字以上の乱数にしてください。")
    if not settings.IS_HTTPS:
        found.append("公開URLがhttpsではありません。MADOGUCHI_URL=https://... を設定してください。")
    for name in ("LINE_API_BASE", "LINE_DATA_BASE"):
        parts = urlsplit(getattr(settings, name))
        if parts.hostname in LOOPBACK or parts.scheme != "https":
            found.append(f"{name} がLINEではありません。設定を消せば本物のLINEにつながります。")
    if settings.DATABASE_URL:
        found += _about_the_database()
    return found


def _about_the_database() -> list[str]:
    try:
        is_above = _is_above_the_wall()
    except OperationalError:
        return [
            "データベースにつながりません。DATABASE_URL の宛先と、PostgreSQLが動いているかを確かめてください。"
        ]
    if is_above:
        return ["データベースの役割が組織の壁を越えられます。NOSUPERUSER NOBYPASSRLS の役割にしてください。"]
    return []


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

"""All settings, from the environment. Production is the default, and it refuses to start when something is unsafe
(`config.refusals`); `./dev run` sets the demo's values."""

import hashlib
import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels

ROOT = Path(__file__).resolve().parent.parent
MODE = os.environ.get("MADOGUCHI_MODE", "production")
MODES = ("production", "development", "demo", "test")
IS_PRODUCTION = MODE not in MODES[1:]  # a misspelt mode never opens what production closes
DEBUG = MODE == "development"


def _secret(path: Path) -> str:
    """What the file says; an empty text when it can't be read, which config.refusals says in words."""
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return ""


# What an address of the database may say after its question mark. Anything else stops the start: an `sslmode` that is
# misspelt and passed over would send everything in the clear.
DATABASE_PLACE = ("host", "port")
DATABASE_OPTIONS = (
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "application_name",
    "connect_timeout",
    "target_session_attrs",
)


def _database(url: str) -> dict[str, object]:
    """Django's settings for a `postgresql://user:password@host:port/name?host=/socket/folder` address."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    options = {name: query[name][0] for name in DATABASE_OPTIONS if name in query}
    return {
        "ENGINE": "madoguchi.core.postgres",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or query.get("port", [""])[0]),
        # A database that was away is found again within seconds: the pool alone would wait twice as long each time.
        "OPTIONS": options | {"pool": {"min_size": 1, "max_size": 16, "timeout": 3, "reconnect_timeout": 1}},
        "CONN_HEALTH_CHECKS": True,  # after its return no work is lost on a connection that it has forgotten
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


def _both_names(base: str) -> list[str]:
    """The origin of `base`; of this machine by number and by name, because either may stand in the browser's bar."""
    parts = urlsplit(base)
    names = {"127.0.0.1", "localhost"}
    hosts = sorted(names) if parts.hostname in names else [parts.hostname]
    return [
        f"{parts.scheme}://{host}:{parts.port}" if parts.port else f"{parts.scheme}://{host}"
        for host in hosts
    ]


SECRETS = Path(os.environ.get("MADOGUCHI_SECRETS", ROOT / ".data" / "secrets"))
SECRET_KEY_FILE = Path(os.environ.get("MADOGUCHI_SECRET_KEY_FILE", SECRETS / "secret.key"))
SECRET_KEY = _secret(SECRET_KEY_FILE)
ROOT_KEY_FILE = Path(os.environ.get("MADOGUCHI_ROOT_KEY_FILE", SECRETS / "root.key"))
DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": _database(DATABASE_URL)} if DATABASE_URL else {}
DATABASE_UNKNOWN = sorted(
    set(parse_qs(urlsplit(DATABASE_URL).query, keep_blank_values=True)) - {*DATABASE_PLACE, *DATABASE_OPTIONS}
)

PUBLIC_URL = os.environ.get("MADOGUCHI_URL", "http://127.0.0.1:8000").rstrip("/")
LINE_API_BASE = os.environ.get("LINE_API_BASE", "https://api.line.me").rstrip("/")
LINE_DATA_BASE = os.environ.get("LINE_DATA_BASE", "https://api-data.line.me").rstrip("/")
# LINE's own SDK knows no other host than LINE's, so with the stand-in platform its SDK goes along.
_LIFF_SDK = "https://static.line-scdn.net/liff/edge/2/sdk.js"
LIFF_SDK_URL = os.environ.get(
    "LIFF_SDK_URL", _LIFF_SDK if LINE_API_BASE == "https://api.line.me" else f"{LINE_API_BASE}/liff/sdk.js"
)
# LINE shows a friend's pages in a window of its own, the stand-in platform's phones in a frame: they alone may.
PHONES = [] if LIFF_SDK_URL == _LIFF_SDK else _both_names(LINE_API_BASE)
# Where "hide this page" leads: a page that anybody may have open.
HIDING_URL = os.environ.get("MADOGUCHI_HIDING_URL", "https://www.jma.go.jp/bosai/map.html")
# Who hears the words of a page: the surveys' floor lies below the desk's and can't name it.
WORDS_ON_A_PAGE = "madoguchi.desk.actions.hear_on_a_page"
# Who hears, for the same reason, what becomes known of a friend beside LINE: by an answer on a page, or said by staff.
KNOWN_BETTER = "madoguchi.routing.actions.answered"

_host = urlsplit(PUBLIC_URL).hostname or ""
ALLOWED_HOSTS = [_host] if IS_PRODUCTION else ["127.0.0.1", "localhost", ".localhost", "[::1]", _host]
IS_HTTPS = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if IS_HTTPS else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "madoguchi.accounts.signed_in"
SESSION_COOKIE_AGE = 12 * 3600  # a working day: whoever is signed in longer signs in again
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# After so long without a person's act a session asks for the password again. In the demo nobody need know one.
IDLE_SECONDS = 900 if MODE != "demo" else SESSION_COOKIE_AGE
SECURE_HSTS_SECONDS = 31536000 if IS_HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY" if MODE != "demo" else "SAMEORIGIN"

INSTALLED_APPS = [
    "madoguchi.console",
    "madoguchi.practice",
    "madoguchi.inbox",
    "madoguchi.supervision",
    "madoguchi.safety",
    "madoguchi.routing",
    "madoguchi.emergency",
    "madoguchi.finding",
    "madoguchi.desk",
    "madoguchi.phrases",
    "madoguchi.surveys",
    "madoguchi.threads",
    "madoguchi.contacts",
    "madoguchi.channels",
    "madoguchi.signs",
    "madoguchi.audit",
    "madoguchi.accounts",
    "madoguchi.core",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "madoguchi.accounts.middleware.give_back",
    "madoguchi.console.well_formed.kept_nowhere",
    "csp.middleware.CSPMiddleware",
    "madoguchi.console.well_formed.well_formed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "madoguchi.console.language.speak",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "madoguchi.accounts.middleware.wall",
    "madoguchi.accounts.middleware.permission",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if MODE == "demo":  # the demo's page of two desks frames them; CSP's frame-ancestors says who may
    MIDDLEWARE.remove("django.middleware.clickjacking.XFrameOptionsMiddleware")

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["madoguchi.accounts.signed_in.Backend"]
_HASHER = (
    "madoguchi.accounts.hashers.QuickArgon2"
    if MODE == "test"
    else "django.contrib.auth.hashers.Argon2PasswordHasher"
)
PASSWORD_HASHERS = [_HASHER]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "accounts:sign-in"
SIGN_IN_TRIES = 8
SIGN_IN_WINDOW_SECONDS = 900
SIGN_IN_TRIES_A_DAY = 48  # at one account, from everywhere it is not known; after that one a minute
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "madoguchi.console.context.console",
            ]
        },
    }
]
FORM_RENDERER = "madoguchi.console.forms.Renderer"

MESSAGE_TAGS = {
    message_levels.SUCCESS: "matsu",
    message_levels.ERROR: "shu",
    message_levels.WARNING: "lamp",
    message_levels.INFO: "ai",
}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [ROOT / "madoguchi" / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True


def _static_version() -> str:
    """A digest of our own static files: they may be cached for ever, because a change gives them another address."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "madoguchi" / "console" / "static").rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


STATIC_URL = "/static/" if DEBUG else f"/static/{_static_version()}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 31536000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE] if MODE != "demo" else [SELF, "http://*.localhost:*", "http://localhost:*"],
        "frame-src": [NONE] if MODE != "demo" else [SELF, "http://*.localhost:*"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "madoguchi.core.logs.Line",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("MADOGUCHI_LOG", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},  # its own would write what an exception says
        "django.request": {"level": "ERROR"},
        "psycopg.pool": {"level": "ERROR"},
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Pictures stay in memory: plaintext never lands in a temporary file. A larger upload is not taken at all.
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

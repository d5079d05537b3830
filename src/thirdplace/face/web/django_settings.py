"""Django's own settings, made from ours."""

import secrets
from pathlib import Path

from thirdplace import settings


def _secret(folder: Path) -> str:
    """A key made once and kept beside the database, readable by its owner only."""
    path = folder / "secret"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
        if not path.read_text():
            path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


BASE = Path(__file__).resolve().parent
DATA = settings.DATA
SECRET_KEY = _secret(DATA)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "thirdplace.foundation.accounts",
    "thirdplace.foundation.members",
    "thirdplace.foundation.channels",
    "thirdplace.foundation.engine",
    "thirdplace.foundation.jobs",
    "thirdplace.flow",
    "thirdplace.practice.managing",
    "thirdplace.face.web",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "thirdplace.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA journal_size_limit=67108864;",
        },
        "CONN_MAX_AGE": None,
    }
}
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("nl", "Nederlands"), ("sv", "Svenska")]
LOCALE_PATHS = [BASE.parent.parent / "locale"]
ROOT_URLCONF = "thirdplace.face.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
STATIC_URL = "/static/"

"""Django's own settings, made from ours."""

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from thirdplace import settings


def _secret(folder: Path) -> str:
    """A key made once and kept beside the database, readable by its owner only: whole or not there, for all alike."""
    path = folder / "secret"
    if not path.exists() or not path.read_text():
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / f"secret.{secrets.token_hex(8)}"
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # another process was first: its key counts
            if path.exists() and not path.read_text():  # begun by who died before it was written
                path.unlink()
            os.link(made, path)
        made.unlink()
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
MIDDLEWARE = [
    "thirdplace.face.web.middleware.headers.HeadersMiddleware",
    "thirdplace.face.web.static_files.StaticMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # a full Today is 90 KB of markup, and 10 KB like this
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "thirdplace.face.web.middleware.gate.GateMiddleware",
    "thirdplace.face.web.middleware.language.LanguageMiddleware",
    "thirdplace.face.web.middleware.errors.ErrorsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.templatetags.l10n",
                "thirdplace.face.web.templatetags.house",
            ],
        },
    }
]
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "thirdplace.face.web.static_files.HashedStorage"},
}
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024  # one piece of an export; see views/uploads.py
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGIN_URL = "login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
FOLDER_MARK = hashlib.sha256(str(DATA).encode()).hexdigest()[:8]  # cookies know no ports: two houses, two names
SESSION_COOKIE_NAME = f"thirdplace_session_{FOLDER_MARK}"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_COOKIE_NAME = f"thirdplace_csrf_{FOLDER_MARK}"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # the page carries the token; no script reads the cookie
CSRF_FAILURE_VIEW = "thirdplace.face.web.views.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["errors"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},  # a page that is not there is no error of ours
        "django.server": {"handlers": [], "propagate": True},
    },
}

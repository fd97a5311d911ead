"""Django's settings, all from `environment`; every value a reader could ask about has its why."""

from __future__ import annotations

from csp.constants import NONE, SELF, UNSAFE_INLINE

from yunce.config.environment import read_environment
from yunce.config.floors import APP_PATHS

ENVIRONMENT = read_environment()
YUNCE_DATA = ENVIRONMENT.data
YUNCE_FACTS_URL = ENVIRONMENT.facts_url

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key()
ALLOWED_HOSTS = [*ENVIRONMENT.allowed_hosts]
# An address without a scheme is refused by the check E005, in words.
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_url] if "://" in ENVIRONMENT.public_url else []
ROOT_URLCONF = "yunce.config.urls"
WSGI_APPLICATION = "yunce.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "yunce.web",
    *APP_PATHS,
    "yunce.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yunce.outputs.dashboards.shell.shell",
            ],
            "builtins": ["yunce.web.templatetags.yunce", "django.templatetags.i18n"],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ENVIRONMENT.database,
        "CONN_MAX_AGE": None,  # a thread keeps its connection: opening one costs more than a query
        "OPTIONS": {
            # A write takes its lock at once: two writers queue instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-8000;"
            ),
        },
        "TEST": {"NAME": None},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "teams.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "yunce.ground.teams.passwords.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "teams:sign-in"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.public_url.startswith("https://")

# Five wrong passwords for one name from one address: 15 minutes of rest.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "yunce.ground.teams.views.signing_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"  # the platforms' day
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.static_root
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Straight to disk, and cut off at the limit: no upload is ever held in memory.
FILE_UPLOAD_HANDLERS = ["yunce.ground.imports.uploading.LimitedUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # a month's exports in one form, without script
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a typed grid of a month has many cells

# Pages kept by dashboards.unchanged: each about 40 kB, so this is at most some 12 MB.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 300},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Nothing is loaded from elsewhere. ECharts and Tabler write inline styles, never scripts.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:"],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A refused request is an answer, not an event; what fails inside is still told.
    "loggers": {"yunce": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}

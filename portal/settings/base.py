"""What is the same everywhere. Values that differ come from the environment (Twelve-Factor).

Embedded or full is decided by which addresses are given: DATABASE_URL, REDIS_URL,
ELASTICSEARCH_URL, CELERY_BROKER_URL. Nothing else in the code asks which mode it is.
"""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from portal.settings.components.schedule import *  # noqa: F403 - a component of this module
from portal.settings.components.security import *  # noqa: F403 - a component of this module
from portal.settings.components.wagtail import *  # noqa: F403 - a component of this module

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

VAR_DIR = Path(env.str("PORTAL_VAR_DIR", default=str(BASE_DIR / ".var")))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="insecure-only-for-the-embedded-mode")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    # Ours, highest first, so that their templates win over those of Wagtail.
    "portal",
    "portal.accounts",
    "portal.api",
    "search",
    "search.related",
    "search.saved",
    "search.insight",
    "knowledge.exchange",
    "knowledge.governance.following",
    # Above Wagtail: it adds to a panel of the editor.
    "knowledge.governance.lint",
    "knowledge.governance.proposals",
    "knowledge.governance.sections",
    "knowledge.governance.team_sections",
    "knowledge.governance.acknowledging",
    "knowledge.governance.audit",
    "knowledge.governance.kpis",
    "knowledge.governance.quarterly",
    "knowledge.governance.measures",
    "knowledge.governance.overview",
    "knowledge.governance.pilots",
    "knowledge.governance.variants",
    "knowledge.governance",
    "knowledge.governance.reviewing",
    "knowledge.practice",
    "knowledge.practice.assessments",
    "knowledge.practice.copies",
    "knowledge.practice.weighing",
    "knowledge.practice.work",
    "knowledge.practice.cadence",
    "knowledge.practice.programs",
    "knowledge.practice.teams",
    "knowledge.catalog",
    "templates_lib",
    # Wagtail.
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    # Services.
    "axes",
    "django_celery_beat",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    # Django.
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.request_id.RequestIdMiddleware",
    # Outside the page cache: a page that was kept is seen each time it is shown.
    "search.insight.middleware.SearchLogMiddleware",
    "knowledge.governance.measures.recording.middleware.UsageMiddleware",
    # A page is kept with all its headers; from the cache it passes nothing that stands below.
    "portal.middleware.page_cache.PageCacheMiddleware",
    "portal.middleware.csp.SitePolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Above what asks for the person: a token is one, too.
    "portal.api.bearer.BearerMiddleware",
    "knowledge.governance.auditing.ReadOnlyMiddleware",
    "knowledge.catalog.admin.middleware.ClosedPagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.moved.MovedMiddleware",
    "axes.middleware.AxesMiddleware",
    "knowledge.governance.audit.recording.origin.AuditMiddleware",
    # Last: the transaction that it opens holds the work of the view and nothing else.
    "portal.api.idempotency.IdempotencyMiddleware",
    # And this of what editors send to pages.
    "portal.middleware.whole.WholeMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # A block's template lies beside its class (house style).
        "DIRS": [BASE_DIR / "templates_lib"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.site",
            ],
        },
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/portal.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Readers go on while one writes; a writer waits instead of failing.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        # Bounded: threads beyond the pool wait, they do not use up the server.
        "pool": {
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL_SIZE", default=4),
            # As many connections as threads: who waits longer waits for a server that is away.
            "timeout": 3,
            # The pause between two tries doubles until then; afterwards each request tries anew.
            "reconnect_timeout": 3,
        },
        # A server that vanished without a word is noticed, not waited for.
        "connect_timeout": 3,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,
        # JIT cost up to 280 ms on facet queries.
        "options": "-c jit=off",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {
                # Pages go on when Redis is away.
                "IGNORE_EXCEPTIONS": True,
                "SOCKET_CONNECT_TIMEOUT": 0.5,
                "SOCKET_TIMEOUT": 0.5,
            },
        }
    }
    # A page asks twenty times: what is away is said once in a while, by the connections below.
    DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = False
    DJANGO_REDIS_CONNECTION_FACTORY = "portal.patient_redis.PatientConnections"
else:
    CACHES = {
        "default": {
            # Files, so that a command beside the running server throws away its kept pages too.
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 2000},
        }
    }
# The open searches of the last half hour (docs/adr/0009): with Redis there too; without it in the
# process, never in files.
CACHES["search_log"] = (
    CACHES["default"]
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "search_log",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
)
# The session stays in the database, so that nobody is logged out when Redis is flushed.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_TASK_ALWAYS_EAGER = not CELERY_BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A message of a killed worker comes back after this many seconds (twice the hard limit).
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600, "socket_connect_timeout": 1}
CELERY_BEAT_SCHEDULER = "portal.beat:PatientScheduler"

SEARCH_ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")
# Search by meaning beside search by words; wants requirements/meaning.txt and encode_queries.
SEARCH_VECTORS_ENABLED = env.bool("SEARCH_VECTORS_ENABLED", default=False)
# Compute what a question means in the asking process: for tests and measurements.
SEARCH_ENCODER_INLINE = False
SEARCH_INDEX_PREFIX = env.str("SEARCH_INDEX_PREFIX", default="portal")
SEARCH_TIMEOUT_SECONDS = env.float("SEARCH_TIMEOUT_SECONDS", default=1.0)
# How long a search is kept for the reports; 0 keeps none and deletes what was kept.
PORTAL_SEARCH_LOG_DAYS = env.int("PORTAL_SEARCH_LOG_DAYS", default=90)

# How much of a sender's address the audit keeps: its network (short), all of it (full), or none.
PORTAL_AUDIT_ADDRESSES = env.str("PORTAL_AUDIT_ADDRESSES", default="short")
# Views and downloads of artifacts, counted without persons (docs/operator.md).
PORTAL_USAGE_COUNTS = env.bool("PORTAL_USAGE_COUNTS", default=True)
# After these days only the sums of a month are kept.
PORTAL_USAGE_DAILY_DAYS = env.int("PORTAL_USAGE_DAILY_DAYS", default=400)
# What a process that is killed loses at most; 0 writes only when the process ends.
PORTAL_USAGE_WRITE_SECONDS = 20

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
TIME_ZONE = env.str("TIME_ZONE", default="Europe/London")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.staticfiles.BlockAssetsFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
PORTAL_DOWNLOADS_DIR = Path(env.str("PORTAL_DOWNLOADS_DIR", default=str(VAR_DIR / "downloads")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
# What takes the mails in the end, where the one above only keeps them for the worker.
PORTAL_MAIL_BACKEND = EMAIL_BACKEND
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"]
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
# With filemail:///a/folder only; the parser takes the first slash away.
EMAIL_FILE_PATH = f"/{EMAIL_CONFIG['EMAIL_FILE_PATH']}" if EMAIL_CONFIG["EMAIL_FILE_PATH"] else None
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@example.org")

PORTAL_BASE_URL = env.str("PORTAL_BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = PORTAL_BASE_URL
# How many of our own proxies stand before the web process; their X-Forwarded-For is believed.
PORTAL_TRUSTED_PROXIES = env.int("PORTAL_TRUSTED_PROXIES", default=0)
# So many days before a dated sentence ("as of 2026") grows old, it is a finding.
PORTAL_LINT_HORIZON_DAYS = env.int("PORTAL_LINT_HORIZON_DAYS", default=90)
# Whether the worker asks addresses of other sites that artifacts lead to; the portal calls nobody else.
PORTAL_CHECK_OUTSIDE_LINKS = env.bool("PORTAL_CHECK_OUTSIDE_LINKS", default=False)
PORTAL_EMBEDS_ENABLED = env.bool("PORTAL_EMBEDS_ENABLED", default=False)
PORTAL_PAGE_CACHE_SECONDS = env.int("PORTAL_PAGE_CACHE_SECONDS", default=3600)

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.api.parsing.SoundJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.api.bearer.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_THROTTLE_RATES": {"user": env.str("PORTAL_API_RATE", default="1000/hour")},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "portal.api.errors.problem",
    "NUM_PROXIES": PORTAL_TRUSTED_PROXIES,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Playbook portal",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "PREPROCESSING_HOOKS": ["portal.api.schema.only_ours"],
    # Several fields are called "state"; each list of states has a name of its own.
    "ENUM_NAME_OVERRIDES": {
        "RunState": "knowledge.practice.models.runs.Run.State",
        "StepState": "knowledge.practice.models.runs.RunStep.State",
        "DecisionState": "knowledge.practice.models.decisions.Decision.State",
        "CopyState": "knowledge.practice.copies.models.FilledCopy.State",
        "RoundState": "knowledge.practice.assessments.models.Round.State",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "portal.api.schema.complete",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "portal.middleware.request_id.RequestIdFilter"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"handlers": ["console"], "propagate": False},
        # Four lines for each saved page and one for each search say nothing that went wrong.
        "django_tasks": {"level": "WARNING"},
        "elastic_transport": {"level": "WARNING"},
    },
}

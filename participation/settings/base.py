"""Settings that hold in every environment; what differs comes from environment variables."""

import importlib.util
from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

INSTALLED_APPS = [
    "participation.demo",
    "participation.figures",
    "participation.officehours",
    "participation.projects",
    "newsletters",
    "surveys",
    "areas.room",
    "areas.pack",
    "areas.signals.asking",
    "areas.signals",
    "areas.agenda",
    "areas.councils",
    "areas",
    "cms",
    "cms.geometry",
    "cms.scheduler",
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
    "modelcluster",
    "taggit",
    "django_filters",
    "leaflet",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.gis",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "cms.middleware.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cms.security.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "participation.urls"
WSGI_APPLICATION = "participation.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.context_processors.site_settings",
            ],
        },
    },
]


# Widgets render with the project's templates, so that templates/wagtailadmin/ can replace
# those of Wagtail that carry inline script.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def _wheel_library(package: str, pattern: str) -> str | None:
    """Path of a shared library that a wheel carries, so that the process has one GDAL and GEOS.

    Returns None where the package was built against the system's libraries; Django then
    looks for those itself.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    libraries = sorted((Path(spec.origin).parents[1] / f"{package}.libs").glob(pattern))
    return str(libraries[0]) if libraries else None


GDAL_LIBRARY_PATH = _wheel_library("pyogrio", "libgdal*")
GEOS_LIBRARY_PATH = _wheel_library("shapely", "libgeos_c*")

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"spatialite:///{VAR_DIR}/db.sqlite3")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("spatialite"):
    # Opening a connection loads mod_spatialite, which costs 10-13 ms: keep it open.
    # IMMEDIATE makes two writers queue instead of failing halfway with "database is locked".
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    )
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://gebiedsplein")}
if "redis" in CACHES["default"]["BACKEND"].lower():
    CACHES["default"]["BACKEND"] = "cms.caches.ForgivingRedisCache"
    CACHES["default"].pop("OPTIONS", None)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "cms.security.locked_out"
AXES_CLIENT_IP_CALLABLE = "cms.ratelimit.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
WAGTAIL_CONTENT_LANGUAGES = [("nl", "Nederlands")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["participation.formats"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static_src"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# Files that only some may have, such as photos with a signal; no web server hands these out.
PRIVATE_MEDIA_ROOT = Path(env("PRIVATE_MEDIA_ROOT", default=str(VAR_DIR / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.staticfiles.StaticFilesStorage"},
}

BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Gebiedsplein <gebiedsplein@example.nl>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# A mail provider that django-anymail knows (its name there, such as "postmark") instead of the mail
# server of EMAIL_URL, with its settings as JSON; and providers whose reports we take, who must know
# the secret ("name:password").
EMAIL_PROVIDER = env("EMAIL_PROVIDER", default="")
EMAIL_WEBHOOKS = env.list("EMAIL_WEBHOOKS", default=[])
ANYMAIL = {"REQUESTS_TIMEOUT": EMAIL_TIMEOUT, **env.json("EMAIL_PROVIDER_SETTINGS", default={})}
ANYMAIL["WEBHOOK_SECRET"] = env("EMAIL_WEBHOOK_SECRET", default="")
if EMAIL_PROVIDER:
    EMAIL_BACKEND = f"anymail.backends.{EMAIL_PROVIDER}.EmailBackend"
# Newsletters: how many a minute all processes send together (0: as fast as it goes), and how late
# a planned one may still go without asking.
NEWSLETTER_MAILS_PER_MINUTE = env.int("NEWSLETTER_MAILS_PER_MINUTE", default=0)
NEWSLETTER_LATE_MINUTES = env.int("NEWSLETTER_LATE_MINUTES", default=60)
# Where mails that cannot be delivered come back, with {} for the mark of the mail; the mailbox
# they arrive in (maildir:///path or imaps://user:password@host/folder); and after how many in a
# row an address that is full or away gets no more.
NEWSLETTER_BOUNCE_ADDRESS = env("NEWSLETTER_BOUNCE_ADDRESS", default="")
NEWSLETTER_BOUNCE_MAILBOX = env("NEWSLETTER_BOUNCE_MAILBOX", default="")
NEWSLETTER_SOFT_BOUNCES = env.int("NEWSLETTER_SOFT_BOUNCES", default=3)
# A file of addresses for a list: how many rows, and how large a CSV file.
NEWSLETTER_LIST_MAX_ROWS = env.int("NEWSLETTER_LIST_MAX_ROWS", default=100_000)
NEWSLETTER_LIST_MAX_BYTES = env.int("NEWSLETTER_LIST_MAX_BYTES", default=20 * 1024 * 1024)
# Whether the check of a newsletter may ask other sites if a link works, and which networks of our
# own it may reach for that (as 10.1.2.0/24); all others that are not public are refused.
LINK_CHECK_ENABLED = env.bool("LINK_CHECK_ENABLED", default=True)
LINK_CHECK_NETWORKS = env.list("LINK_CHECK_NETWORKS", default=[])
# The mailbox of the Reply-To address, where answers are to be counted; it is only read.
NEWSLETTER_ANSWERS_MAILBOX = env("NEWSLETTER_ANSWERS_MAILBOX", default="")
# DKIM (RFC 6376): a file with the private key makes us sign newsletters ourselves.
DKIM_PRIVATE_KEY_FILE = env("DKIM_PRIVATE_KEY_FILE", default="")
DKIM_SELECTOR = env("DKIM_SELECTOR", default="gebiedsplein")
DKIM_DOMAIN = env("DKIM_DOMAIN", default="")

# Cookies: a visitor gets none, unless a form with a CSRF token is shown.
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "cms.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"  # previews, shown in a frame of the admin, allow it themselves
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# How many proxies of our own stand before the web process (for rate limits).
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

PAGE_CACHE_ENABLED = env.bool("PAGE_CACHE_ENABLED", default=True)
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=60)
PAGE_CACHE_CHECK_SECONDS = env.float("PAGE_CACHE_CHECK_SECONDS", default=1.0)
PAGE_CACHE_MAX_ENTRIES = env.int("PAGE_CACHE_MAX_ENTRIES", default=2_000)
PAGE_CACHE_MAX_BYTES = env.int("PAGE_CACHE_MAX_BYTES", default=64 * 1024 * 1024)  # a process

WAGTAIL_SITE_NAME = env("SITE_NAME", default="Gebiedsplein")
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_USER_LOGIN_FORM = "cms.forms.LoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "cms.forms.PasswordResetForm"  # noqa: S105
# As Dutch people write a date; participation/formats/ lets the English admin read it too.
WAGTAIL_DATE_FORMAT = "%d-%m-%Y"
WAGTAIL_DATETIME_FORMAT = "%d-%m-%Y %H:%M"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FRONTEND_LOGIN_TEMPLATE = "cms/frontend_login.html"
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "cms/password_required.html"  # noqa: S105
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "cms/password_required.html"  # noqa: S105
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILAPI_DOCS_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx", "zip", "gpkg"]
# A video with its captions, for a text in a survey.
WAGTAILDOCS_EXTENSIONS += ["mp4", "webm", "vtt"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.image_forms.ImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "dutch"}
}
WAGTAILEMBEDS_FINDERS = []
WAGTAIL_USER_TIME_ZONES = ["Europe/Amsterdam"]

# Blocks that upper floors add to every StreamField body: name -> dotted path of the block class.
CMS_EXTRA_BLOCKS = {"poll": "surveys.blocks.PollBlock"}
# Page types that an agenda item can be linked to as its project.
AGENDA_PROJECT_PAGE_TYPES = ["projects.ProjectPage"]

MAP_DEFAULT_BOUNDS = (4.53, 52.20, 4.86, 52.43)  # west, south, east, north in WGS 84
MAP_ALLOWED_BOUNDS = (3.2, 50.7, 7.3, 53.6)  # a place outside the Netherlands is a typing error
GEOMETRY_MAX_VERTICES = 5_000
GEOMETRY_BACKGROUND_URL = "/kaart/lagen/gebieden.geojson"  # under what an editor draws
TILES = {
    "enabled": env.bool("TILES_ENABLED", default=True),
    "url": env(
        "TILES_URL",
        default="https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{z}/{x}/{y}.png",
    ),
    "attribution": env("TILES_ATTRIBUTION", default="Kaartgegevens © Kadaster"),
    "max_zoom": 19,
}
# Addresses come from PDOK by our own server; after a failure it is left alone for a while.
ADDRESS_SEARCH_ENABLED = env.bool("ADDRESS_SEARCH_ENABLED", default=True)
ADDRESS_SEARCH_URL = env(
    "ADDRESS_SEARCH_URL", default="https://api.pdok.nl/bzk/locatieserver/search/v3_1"
)
ADDRESS_SEARCH_TIMEOUT = env.float("ADDRESS_SEARCH_TIMEOUT", default=2.0)
ADDRESS_SEARCH_REST_SECONDS = env.int("ADDRESS_SEARCH_REST_SECONDS", default=60)
# In ten minutes from one network address; typing one address takes about ten.
ADDRESS_SEARCHES_PER_ADDRESS = env.int("ADDRESS_SEARCHES_PER_ADDRESS", default=600)
MUNICIPALITY_CODE = env("MUNICIPALITY_CODE", default="0394")  # of CBS, four digits
LEAFLET_CONFIG = {"TILES": [], "RESET_VIEW": False, "NO_GLOBALS": False}

# Who has a survey open when it closes can send the answers for so long after it.
SURVEY_GRACE_MINUTES = env.int("SURVEY_GRACE_MINUTES", default=60)
# Forms on paper that came in the post can be entered for so many days after a survey closed; a
# batch of them can be corrected for so many days, and then nothing leads from it to answers.
SURVEY_PAPER_DAYS = env.int("SURVEY_PAPER_DAYS", default=14)
SURVEY_PAPER_BATCH_DAYS = env.int("SURVEY_PAPER_BATCH_DAYS", default=30)
# Survey responses in ten minutes, and votes on one poll in a day, from one network address: wide
# enough for everybody at an information market behind one connection. From the first number on
# responses are marked for staff to look at; only beyond the second, which no hall full of people
# reaches, they are asked to wait.
SURVEY_MARK_PER_ADDRESS = env.int("SURVEY_MARK_PER_ADDRESS", default=300)
SURVEY_RESPONSES_PER_ADDRESS = env.int("SURVEY_RESPONSES_PER_ADDRESS", default=3000)
# Survey responses in ten minutes along one collector where many people use one device: a tablet
# at an information market, or talks at the office hour.
SURVEY_RESPONSES_PER_COLLECTOR = env.int("SURVEY_RESPONSES_PER_COLLECTOR", default=600)
# Addresses of who was invited to a survey go so many days after it closed.
SURVEY_INVITATION_DAYS = env.int("SURVEY_INVITATION_DAYS", default=30)
# Answers that somebody keeps to go on later, in days since they were last touched.
SURVEY_DRAFT_DAYS = env.int("SURVEY_DRAFT_DAYS", default=14)
# Files with one question of a survey, and files in ten minutes from one network address.
SURVEY_FILES_MAX = 5
SURVEY_FILES_PER_ADDRESS = env.int("SURVEY_FILES_PER_ADDRESS", default=100)
# A file that was chosen and never sent stays so many days.
SURVEY_HELD_FILE_DAYS = 1
# Answers to a survey go so many days after it closed, where its editor chose no day.
SURVEY_ANSWERS_KEPT_DAYS = env.int("SURVEY_ANSWERS_KEPT_DAYS", default=730)
# Languages that a survey can be offered in besides Dutch: own name, Dutch name, direction.
SURVEY_LANGUAGES = {
    "en": ("English", "Engels", "ltr"),
    "de": ("Deutsch", "Duits", "ltr"),
    "fr": ("Français", "Frans", "ltr"),
    "pl": ("Polski", "Pools", "ltr"),
    "uk": ("Українська", "Oekraïens", "ltr"),
    "tr": ("Türkçe", "Turks", "ltr"),
    "ar": ("العربية", "Arabisch", "rtl"),
}
POLL_VOTES_PER_ADDRESS = env.int("POLL_VOTES_PER_ADDRESS", default=50)
# What fewer responses than this have in common is left out of open data, public results and
# reports.
SURVEY_SMALL_NUMBERS = env.int("SURVEY_SMALL_NUMBERS", default=5)

# Around the places of a council without a drawn boundary, in metres, by the kind of place.
COUNCIL_SURROUNDINGS = {"kern": 1_500, "wijk": 800}
# Personal data of a member of a council go this long after the last day.
COUNCIL_MEMBER_RETENTION_DAYS = env.int("COUNCIL_MEMBER_RETENTION_DAYS", default=180)
# Who brought in a signal is forgotten so long after its answer, and a signal that was never
# confirmed goes as a whole.
SIGNAL_CONTACT_RETENTION_DAYS = env.int("SIGNAL_CONTACT_RETENTION_DAYS", default=365)
SIGNAL_UNCONFIRMED_RETENTION_DAYS = env.int("SIGNAL_UNCONFIRMED_RETENTION_DAYS", default=7)
# Files of residents: how large, and what is left of a photo; and how many go with a signal.
SIGNAL_FILES_MAX = 5
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
UPLOAD_PHOTO_MAX_PIXELS = 30_000_000
UPLOAD_PHOTO_MAX_SIDE = 3_840
# Files of a form that was not right yet wait so long for the next try.
SIGNAL_HELD_FILE_HOURS = 12
# A question of a resident must be confirmed within so many hours.
SIGNAL_CONFIRM_HOURS = 48
# The council room: how long a link in a mail works, and how long one stays signed in.
ROOM_LINK_MINUTES = 15
ROOM_SESSION_HOURS = 8
# So long before its review date a working agreement shows on the manager's first page.
AGREEMENT_REVIEW_NOTICE_DAYS = env.int("AGREEMENT_REVIEW_NOTICE_DAYS", default=30)

THEME = env("THEME", default="haarlemmermeer")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
    # Two lines for every page that is indexed, and each step of every PDF, say nothing to who runs
    # the site.
    "loggers": {
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "weasyprint.progress": {"level": "WARNING"},
    },
}

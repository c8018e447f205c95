"""A department's servers. Refuses to start when a secret or the host names are missing."""

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings.base import *  # noqa: F403
from config.settings.base import CACHES

DEBUG = False
SECRET_KEY = env.read_secret("MINGFA_SECRET_KEY")
MINGFA_FIELD_KEY = env.read_secret("MINGFA_FIELD_KEY")
MINGFA_INDEX_KEY = env.read_secret("MINGFA_INDEX_KEY")
if len({SECRET_KEY, MINGFA_FIELD_KEY, MINGFA_INDEX_KEY}) < 3:
    raise ImproperlyConfigured("MINGFA_SECRET_KEY, MINGFA_FIELD_KEY and MINGFA_INDEX_KEY must differ from each other.")
ALLOWED_HOSTS = env.read_list("MINGFA_HOSTS")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("MINGFA_HOSTS must name the hosts this site answers for, separated by commas.")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

# A site on an intranet without TLS says so explicitly; everything else is https only.
if env.read_flag("MINGFA_TLS", default=True):
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    # A monitor inside the network asks without TLS.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

if env.read_text("REDIS_URL"):
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.read_text("REDIS_URL"),
    }

"""The WSGI entry that granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from config import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
application = get_wsgi_application()

# Behind a front server every request comes from its address. Lock-outs and limits count the
# visitor's, which is believed only when one of these front servers names it.
if proxies := env.read_list("MINGFA_PROXIES"):
    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=proxies)

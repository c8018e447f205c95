"""One machine, started by `make run`: debug pages off unless asked for, keys generated once into
`var/`.
"""

from config import env
from config.development_keys import development_key
from config.settings.base import *  # noqa: F403
from config.settings.base import VAR_DIR

DEBUG = env.read_flag("MINGFA_DEBUG", default=False)
SECRET_KEY = development_key(VAR_DIR, "secret_key")
# Encrypts ID numbers at rest, and keys the blind index by which they are looked up.
MINGFA_FIELD_KEY = development_key(VAR_DIR, "field_key")
MINGFA_INDEX_KEY = development_key(VAR_DIR, "index_key")
ALLOWED_HOSTS = ["*"]

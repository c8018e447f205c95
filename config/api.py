"""The one HTTP API. Pages and API share the same queries, rules and domain calls."""

from ninja import NinjaAPI

api = NinjaAPI(title="Mingfa", version="1", urls_namespace="api", docs_url=None)

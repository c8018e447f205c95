"""A StreamField whose migrations do not repeat its blocks: a new block is no schema change."""

from typing import Any

from wagtail.fields import StreamField


class BlockStreamField(StreamField):
    """StreamField that leaves its blocks out of migrations."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs

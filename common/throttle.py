"""How often somebody may ask, counted in the cache over a sliding window.

With several nodes the cache is shared (Redis) and the limit holds for all of them; with the cache
of one process it holds for each process.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache


@dataclass(frozen=True)
class Limit:
    """So many requests in so many seconds, for a named kind of request."""

    name: str
    requests: int
    seconds: int = 60

    def allows(self, who: str, *, at: datetime) -> bool:
        """Count one request of `who` (an address) and return whether it is within the limit.

        The window before this one counts by the share of it that the sliding window still covers,
        so waiting for a full minute's turn gains nothing.
        """
        window, into = divmod(int(at.timestamp()), self.seconds)
        count = self._count(who, window)
        before = int(cache.get(self._key(who, window - 1), 0))
        carried = before * (self.seconds - into) // self.seconds
        return count + carried <= self.requests

    def _count(self, who: str, window: int) -> int:
        key = self._key(who, window)
        cache.add(key, 0, timeout=2 * self.seconds)
        try:
            return int(cache.incr(key))
        except ValueError:
            # Fell out of the cache between the two calls: this is the first request again.
            cache.set(key, 1, timeout=2 * self.seconds)
            return 1

    def _key(self, who: str, window: int) -> str:
        digest = hashlib.sha256(who.encode()).hexdigest()[:32]
        return f"throttle:{self.name}:{digest}:{window}"

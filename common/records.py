"""The chains that prove the platform's records, entered by the apps that write them.

`manage.py verify_records` and the auditors' page walk all of them. An app registers a function that
yields each of its chains with the first break found in it, or None when it is whole.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from common import audit
from common.chain import Break

Chains = Callable[[], Iterator[tuple[str, Break | None]]]
REGISTRY: dict[str, Chains] = {}


@dataclass(frozen=True)
class Verdict:
    """What walking every chain found.

    Attributes:
        chains: kind of record → how many chains of it were walked.
        broken: kind of record, name of the chain, and where it breaks; in the order of the walk.
    """

    chains: dict[str, int]
    broken: list[tuple[str, str, Break]]

    @property
    def whole(self) -> bool:
        """Return whether no chain is broken."""
        return not self.broken


def register(name: str, chains: Chains) -> None:
    """Enter a kind of record.

    Raises:
        ValueError: the name is taken by another function.
    """
    if REGISTRY.setdefault(name, chains) is not chains:
        raise ValueError(f"{name} is already registered")


def verify(advance: Callable[[int, int], None] | None = None) -> Verdict:
    """Walk every registered chain to its end or first break."""
    counted: dict[str, int] = {}
    broken: list[tuple[str, str, Break]] = []
    for position, (name, chains) in enumerate(REGISTRY.items()):
        counted[name] = 0
        for chain_name, found in chains():
            counted[name] += 1
            if found is not None:
                broken.append((name, chain_name, found))
        if advance is not None:
            advance(position + 1, len(REGISTRY))
    return Verdict(counted, broken)


def audit_chains() -> Iterator[tuple[str, Break | None]]:
    """Yield the one chain of the audit log."""
    yield audit.CHAIN, audit.first_break()


register("audit", audit_chains)

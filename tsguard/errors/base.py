"""The root of all foreseen errors. It must not know any of them."""

from __future__ import annotations


class TSGuardError(Exception):
    """A foreseen error; its attributes are its facts."""

    def __init__(self, **facts: object) -> None:
        super().__init__(", ".join(f"{name}={value}" for name, value in facts.items()))
        self.facts = facts


class Cancelled(TSGuardError):
    """The person stopped a long piece of work; nothing of it was kept."""

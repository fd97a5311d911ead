"""Whose a store is, in a store with transactions: one line in a table of its own."""

from __future__ import annotations

from yunce.engines.metrics.writing import TransactionalStore


class OwnedStore(TransactionalStore):
    """Remembers who last called it theirs."""

    def owner(self) -> str:
        found = self._fetch("SELECT owner FROM store_owner")
        return str(found[0][0]) if found else ""

    def belong_to(self, owner: str) -> None:
        with self._transaction() as session:
            session.run("DELETE FROM store_owner")
            session.run("INSERT INTO store_owner (owner) VALUES (:owner)", owner=owner)

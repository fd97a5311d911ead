"""REST for other programs: one module per resource, assembled by `config.api`."""

from __future__ import annotations

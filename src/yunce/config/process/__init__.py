"""The running program: how it starts, serves, does jobs, keeps time and stops."""

from __future__ import annotations

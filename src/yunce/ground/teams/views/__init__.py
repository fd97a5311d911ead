"""The pages of people and teams, a module for each thing people come to do."""

from __future__ import annotations

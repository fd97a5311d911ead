"""The page frame: templates, components, islands. Django, but no models."""

from __future__ import annotations

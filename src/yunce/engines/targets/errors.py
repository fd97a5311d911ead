"""What can be wrong with a tree, as a sentence for its owner."""

from __future__ import annotations


class TargetTreeError(ValueError):
    """The tree or the question makes no sense; ``str(error)`` says what to do."""

"""What a question's words are in SQL: the group keys, the filters and the labels they look up."""

# ruff: noqa: S608 - only this package's own constants are put into statements
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlglot import exp

from yunce.engines.metrics.definitions import Grain
from yunce.engines.metrics.query import POST_WORDS, PUBLISHED, TIME_WORDS, kind_of
from yunce.engines.metrics.shaping import Shape
from yunce.engines.metrics.speaking import SQL_TYPES, Dialect
from yunce.engines.metrics.templating import column, select, tree

UNIT = ("account", "post", "segment")  # what a level belongs to


@dataclass(frozen=True)
class Keying:
    """The words of one question. Facts are the table ``f``."""

    shape: Shape
    dialect: Dialect

    @cached_property
    def names(self) -> list[str]:
        """Of the group keys."""
        return [f"k{n}" for n in range(len(self.shape.by))]

    @cached_property
    def post_words(self) -> list[str]:
        asked = self.asked - {*self.shape.labels}
        return [word for word in POST_WORDS if word in asked]

    @cached_property
    def asked(self) -> set[str]:
        return {*self.shape.by, *self.shape.where}

    @cached_property
    def is_by_post(self) -> bool:
        return "post" in self.asked - {*self.shape.labels} or bool(self.post_words)

    @property
    def has_times(self) -> bool:
        return not {*TIME_WORDS, "age"}.isdisjoint(self.asked)

    def names_of(self, word: str) -> list[str]:
        return [key for key, each in zip(self.names, self.shape.by, strict=True) if each == word]

    def unit(self, grain: Grain) -> list[str]:
        """What of UNIT may differ between the facts that count."""
        constant = ["post"] if grain is Grain.ACCOUNT else []
        constant += [] if "segment" in self.asked else ["segment"]
        return [name for name in UNIT if name not in constant]

    def keys(self) -> list[exp.Expr]:
        return [
            column(self._key(word), name, self.dialect)
            for word, name in zip(self.shape.by, self.names, strict=True)
        ]

    def labelled(self, facts: exp.Select) -> exp.Select:
        """Beside each fact the labels the words look up."""
        for name, table, key in self._labels():
            same = exp.column(key, "f").eq(exp.column(key, name))
            labels = select(table, self.dialect).subquery(name)
            facts = facts.join(labels, on=same, join_type="left")
        return facts

    def _labels(self) -> Iterable[tuple[str, str, str]]:
        for n in range(len(self.shape.labels)):
            lists = {"left": f"accounts_{n}", "right": f"labels_{n}"}
            yield f"of_{n}", self.dialect.pairs.format(**lists), "account"
        for word in self.post_words:
            yield f"of_{word}", post_labels(PUBLISHED if word == "age" else word), "post"

    def filters(self, *, labelled: bool, passed: Sequence[str] = ()) -> list[exp.Expr]:
        """The ones by labels, or by the facts' own columns; not those by words ``passed`` over."""
        merged = ["post"] if self.shape.merges else []
        ours = {*self.shape.labels, *self.post_words, *merged}
        return [
            self._among(n, word)
            for n, word in enumerate(self.shape.where)
            if (word in ours) is labelled and word not in passed
        ]

    def _among(self, n: int, word: str) -> exp.Expr:
        kind = SQL_TYPES[kind_of(word)]
        allowed = self.dialect.many.format(name=f"where_{n}", type=kind)
        return exp.In(
            this=tree(self._key(word), self.dialect),
            query=select(allowed, self.dialect).subquery(),
        )

    def _key(self, word: str) -> str:
        if word in ("month", "week", "weekday"):
            template: str = getattr(self.dialect, word)
            return template.format(day="f.day")
        if word == "age" and word in self.post_words:
            age = self.dialect.age.format(day="f.day", published="of_age.label")
            return f"COALESCE({age}, '')"
        if word in self.shape.labels:
            return f"COALESCE(of_{self.shape.labels.index(word)}.label, '')"
        if word in self.post_words:
            return f"COALESCE(of_{word}.label, '')"
        return f"f.{word}"


def post_labels(name: str) -> str:
    """What the store was told of posts under a name."""
    return f"SELECT post, label FROM posts WHERE team = :team AND name = '{name}'"

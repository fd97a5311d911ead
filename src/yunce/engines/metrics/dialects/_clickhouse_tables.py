"""The tables of a ClickHouse fact store, and how statements on them are written."""

# ruff: noqa: S608 - only this package's own constants are put into statements
from __future__ import annotations

from yunce.engines.metrics.reading import KEY, ROW
from yunce.engines.metrics.speaking import Dialect

# The writes that count; a write is named once it is whole and named again when it is undone.
COUNTING = "SELECT {columns} FROM writes {where} GROUP BY {columns} HAVING min(state) = 1"
ALL_COUNTING = COUNTING.format(columns="team, write", where="")
COUNTING_OF_TEAM = COUNTING.format(columns="write", where="WHERE team = :team")
GONE = "SELECT write FROM writes GROUP BY team, write HAVING min(state) < 1"

DIALECT = Dialect(
    name="clickhouse",
    total="sumKahan({value})",
    last="argMax({value}, {order})",
    month="dateTrunc('month', {day})",
    week="dateTrunc('week', {day})",
    weekday="toDayOfWeek({day})",
    age="toString(dateDiff('day', toDate32({published}), {day}))",
    # A day that is NULL is shifted all the same, by what it would be in 1970.
    seen="groupBitOr(bitShiftLeft(toInt64(1), bitAnd(dateDiff('day', :start, {day}), 63)))",
    gathered="groupBitOr({seen})",
    mark="CAST(cityHash64({names}) % 1099511627776 AS BIGINT)",
    many="SELECT arrayJoin(:{name})",
    pairs=(
        "SELECT tupleElement(pair, 1) AS account, tupleElement(pair, 2) AS label "
        "FROM (SELECT arrayJoin(arrayZip(:{left}, :{right})) AS pair)"
    ),
    is_there="NOT isNaN({value})",
    differ=(
        "max(isNaN({value})) > min(isNaN({value})) "
        "OR minIf({value}, NOT isNaN({value})) < maxIf({value}, NOT isNaN({value}))"
    ),
    log=f"(SELECT * FROM statements WHERE write IN ({COUNTING_OF_TEAM}))",
    newest="(batch, write)",
    keeps_current=False,
)
SETTINGS = {
    "join_use_nulls": 1,  # a missing partner is NULL, as elsewhere
    "prefer_column_name_to_alias": 1,  # as elsewhere
    "mutations_sync": 2,  # a team that is forgotten is gone when the call returns
    "max_partitions_per_insert_block": 0,  # an import may span years
    "insert_quorum": "auto",  # on replicas: a write is named only when a majority has its rows
}

_KEYS = (
    "team Int64, account Int64, post Int64, metric LowCardinality(String), day Date32, "
    "segment LowCardinality(String)"
)
TABLES = (
    f"""CREATE TABLE IF NOT EXISTS statements
    ({_KEYS}, value Float64, batch Int64, write UInt64)
    ENGINE = MergeTree PARTITION BY toYear(day)
    ORDER BY (team, metric, day, account, post, segment, batch, write)""",
    """CREATE TABLE IF NOT EXISTS writes (team Int64, write UInt64, batch Int64, state Int8)
    ENGINE = MergeTree ORDER BY (team, write)""",
    f"""CREATE TABLE IF NOT EXISTS staged (write UInt64, n UInt64, {_KEYS}, value Float64)
    ENGINE = MergeTree PARTITION BY write ORDER BY (team, metric, day, account, post, segment)""",
    """CREATE TABLE IF NOT EXISTS labels
    (team Int64, post Int64, name LowCardinality(String), label String, write UInt64)
    ENGINE = ReplacingMergeTree(write) ORDER BY (team, name, post)""",
    """CREATE TABLE IF NOT EXISTS store_owner (owner String, write UInt64)
    ENGINE = ReplacingMergeTree(write) ORDER BY tuple()""",
    f"""CREATE VIEW IF NOT EXISTS visible AS SELECT {ROW}, write FROM statements
    WHERE (team, write) IN ({ALL_COUNTING})""",
    f"""CREATE VIEW IF NOT EXISTS fact_log AS
    SELECT {KEY}, argMax(value, write) AS value, batch FROM visible GROUP BY {KEY}, batch""",
    # Replaced, for one made before values could be taken back still shows those.
    f"""CREATE OR REPLACE VIEW facts AS
    SELECT {KEY}, argMax(value, (batch, write)) AS value, max(batch) AS batch
    FROM visible GROUP BY {KEY} HAVING NOT isNaN(argMax(value, (batch, write)))""",
    """CREATE VIEW IF NOT EXISTS posts AS
    SELECT team, post, name, label FROM labels FINAL WHERE label <> ''""",
)

"""Records joined on the keys they share: Splink's blocking, on DuckDB for a laptop and on Spark for a cluster."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.encoding import Ints
from willakuy.linkage.errors import SparkMissing, SparkNotStarted

ENGINES = ("duckdb", "spark")


def join(rows: NDArray[np.int64], keys: list[str], list_of_row: Ints | None, engine: str) -> tuple[Ints, Ints]:
    """Each pair of rows with a key in common, once; only between lists when ``list_of_row`` is given.

    ``rows`` is sorted, and names a record once for each of its keys. Both engines give the same pairs.
    """
    if len(rows) == 0:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    logging.getLogger("splink").setLevel(logging.ERROR)
    starts = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
    ends = np.r_[starts[1:], len(rows)]
    columns: dict[str, Any] = {
        "unique_id": rows[starts],
        "keys": [keys[a:b] for a, b in zip(starts, ends, strict=True)],
    }
    if list_of_row is not None:
        columns["source_dataset"] = [f"list{n:05d}" for n in list_of_row[starts].tolist()]
    a, b = _spark(columns) if engine == "spark" else _duckdb(columns)
    return np.minimum(a, b), np.maximum(a, b)


def _settings(between_lists: bool) -> Any:
    from splink import SettingsCreator, block_on
    from splink.comparison_library import ExactMatch

    return SettingsCreator(
        link_type="link_only" if between_lists else "dedupe_only",
        comparisons=[ExactMatch("unique_id")],
        blocking_rules_to_generate_predictions=[block_on("keys", arrays_to_explode=["keys"])],
    )


def _duckdb(columns: dict[str, Any]) -> tuple[Ints, Ints]:
    import duckdb
    import pyarrow as pa
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    connection = duckdb.connect()
    try:
        api = DuckDBAPI(connection=connection)
        tables = _by_list(pa.table(columns))
        linker = Linker([api.register(t) for t in tables], _settings(len(tables) > 1), log_level=logging.ERROR)
        pairs = linker.inference.compute_blocked_pairs_for_predict().as_pyarrow_table()
        return _number(pairs.column("join_key_l")), _number(pairs.column("join_key_r"))
    finally:
        connection.close()


def _by_list(table: Any) -> list[Any]:
    if "source_dataset" not in table.column_names:
        return [table]
    import pyarrow.compute as pc

    names = sorted(set(table.column("source_dataset").to_pylist()))
    return [table.filter(pc.equal(table.column("source_dataset"), name)) for name in names]


def _number(column: Any) -> Ints:
    """Splink joins a list's name to a record's number ("list00001-__-17")."""
    values = column.to_numpy(zero_copy_only=False)
    if values.dtype.kind in "iu":
        return np.asarray(values, np.int32)
    return _numbers(values)


def _numbers(names: Iterable[object]) -> Ints:
    return np.array([int(str(name).rsplit("-", 1)[-1].rsplit("_", 1)[-1]) for name in names], np.int32)


def _spark_session(sessions: Any) -> Any:
    """The session that is running, as on a cluster, or one on this machine alone."""
    running = sessions.getActiveSession()
    if running is not None:
        return running
    local = sessions.builder.master("local[2]").appName("willakuy").config("spark.ui.enabled", "false")
    local = local.config("spark.ui.showConsoleProgress", "false").config("spark.sql.shuffle.partitions", "8")
    return local.getOrCreate()


def _spark(columns: dict[str, Any]) -> tuple[Ints, Ints]:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as e:
        raise SparkMissing from e
    from splink import Linker
    from splink.backends.spark import SparkAPI

    try:
        session = _spark_session(SparkSession)
    except PySparkException as e:
        raise SparkNotStarted(reason=str(e).split(chr(10), 1)[0]) from e
    names = columns.get("source_dataset")
    rows = list(zip(columns["unique_id"].tolist(), columns["keys"], names or [""] * len(columns["keys"]), strict=True))
    frames = []
    for name in sorted({r[2] for r in rows}):
        mine = [r if name else r[:2] for r in rows if r[2] == name]
        frames.append(session.createDataFrame(mine, ["unique_id", "keys", *(["source_dataset"] if name else [])]))
    api = SparkAPI(spark_session=session, break_lineage_method="persist")
    linker = Linker([api.register(f) for f in frames], _settings(len(frames) > 1), log_level=logging.ERROR)
    blocked = linker.inference.compute_blocked_pairs_for_predict().as_spark_dataframe()
    pairs = blocked.select("join_key_l", "join_key_r").collect()
    return _numbers([p[0] for p in pairs]), _numbers([p[1] for p in pairs])

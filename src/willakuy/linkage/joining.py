"""Records joined on the keys they share: Splink's blocking, on DuckDB for a laptop and on Spark for a cluster."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.encoding import Ints
from willakuy.linkage.errors import SparkMissing, SparkNotStarted

ENGINES = ("duckdb", "spark")


def join(rows: Ints, keys: NDArray[np.int64], list_of: Ints | None, engine: str) -> tuple[Ints, Ints]:
    """Each pair of rows with a key in common, once; with ``list_of``, two rows of one list only by an even key.

    ``rows`` ascends, and names a record once for each of its keys. Both engines give the same pairs.
    """
    if len(rows) == 0:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    import pyarrow as pa

    logging.getLogger("splink").setLevel(logging.ERROR)
    starts = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
    ends = np.r_[starts, len(rows)].astype(np.int32 if len(rows) < 2**31 else np.int64)
    make = pa.ListArray if ends.dtype == np.int32 else pa.LargeListArray
    columns = {"unique_id": rows[starts], "keys": make.from_arrays(pa.array(ends), pa.array(keys))}
    if list_of is not None:
        columns["list_of"] = list_of[rows[starts]]
    table = pa.table(columns)
    a, b = _spark(table) if engine == "spark" else _duckdb(table)
    return np.minimum(a, b), np.maximum(a, b)


def _settings(table: Any) -> Any:
    from splink import SettingsCreator
    from splink.comparison_library import ExactMatch

    rule = "l.keys = r.keys"
    if "list_of" in table.column_names:
        rule += " AND (l.list_of <> r.list_of OR l.keys % 2 = 0)"
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[ExactMatch("unique_id")],
        blocking_rules_to_generate_predictions=[{"blocking_rule": rule, "arrays_to_explode": ["keys"]}],
    )


def _duckdb(table: Any) -> tuple[Ints, Ints]:
    import duckdb
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    connection = duckdb.connect()
    try:
        api = DuckDBAPI(connection=connection)
        linker = Linker([api.register(table)], _settings(table), log_level=logging.ERROR)
        pairs = linker.inference.compute_blocked_pairs_for_predict().as_pyarrow_table()
        return _numbers(pairs.column("join_key_l")), _numbers(pairs.column("join_key_r"))
    finally:
        connection.close()


def _numbers(column: Any) -> Ints:
    return np.asarray(column.to_numpy(zero_copy_only=False), np.int32)


def _spark_session(sessions: Any) -> Any:
    """The session that is running, as on a cluster, or one on this machine alone."""
    running = sessions.getActiveSession()
    if running is not None:
        return running
    local = sessions.builder.master("local[2]").appName("willakuy").config("spark.ui.enabled", "false")
    local = local.config("spark.ui.showConsoleProgress", "false").config("spark.sql.shuffle.partitions", "8")
    return local.getOrCreate()


def _spark(table: Any) -> tuple[Ints, Ints]:
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
    frame = session.createDataFrame(table.to_pylist())
    api = SparkAPI(spark_session=session, break_lineage_method="persist")
    linker = Linker([api.register(frame)], _settings(table), log_level=logging.ERROR)
    blocked = linker.inference.compute_blocked_pairs_for_predict().as_spark_dataframe()
    pairs = blocked.select("join_key_l", "join_key_r").collect()
    return np.array([p[0] for p in pairs], np.int32), np.array([p[1] for p in pairs], np.int32)

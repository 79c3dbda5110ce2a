"""Splink on ready-made keys, as its documentation sets it up. Run by ``linkage_scale.py`` in the peers' environment."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def main(work: Path) -> None:
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute(f"SET temp_directory = '{work / 'spill'}'")
    connection.execute(f"CREATE TABLE records AS SELECT * FROM '{work / 'keyed.parquet'}'")
    rule = "l.keys = r.keys AND (l.list_of <> r.list_of OR l.keys % 2 = 0)"
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("name").configure(term_frequency_adjustments=True),
            cl.AbsoluteDateDifferenceAtThresholds(
                "day", input_is_string=False, metrics=["day", "day", "month"], thresholds=[1, 7, 1]
            ),
            cl.ExactMatch("age"),
            cl.ExactMatch("sex"),
            cl.ExactMatch("region").configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("district", [0.9]).configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[{"blocking_rule": rule, "arrays_to_explode": ["keys"]}],
    )
    api = DuckDBAPI(connection=connection)
    linker = Linker([api.register("records")], settings, log_level=logging.ERROR)
    train = linker.training
    train.estimate_probability_two_random_records_match([block_on("name", "day", "district")], recall=0.7)
    train.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    train.estimate_parameters_using_expectation_maximisation(block_on("name"))
    train.estimate_parameters_using_expectation_maximisation(block_on("day", "district"))
    found = linker.inference.predict(threshold_match_probability=0.01)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(found, threshold_match_probability=0.9)
    for table, name, columns in (
        (found, "pairs", "unique_id_l, unique_id_r, match_probability"),
        (clusters, "clusters", "unique_id, cluster_id"),
    ):
        connection.execute(f"COPY (SELECT {columns} FROM {table.physical_name}) TO '{work / (name + '.csv')}' (HEADER)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

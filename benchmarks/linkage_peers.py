"""Other linkers on the same lists, set up as their documentation does. Run by ``linkage.py`` in an environment of its own.

    python linkage_peers.py PEER SET OUT LIST.csv …    (PEER: splink, splink_tuned, recordlinkage, dedupe)

Writes ``pairs.csv`` (``rec_l,rec_r,p``, every pair at 0.01 or more) to OUT. Clustering is done by ``linkage.py``, alike
for every peer. Names are folded and dates completed first, as their documentation advises. ``dedupe`` learns from
labels: it is given 100, and the truth to answer them from, in ``TRUTH`` (a JSON file).
"""

from __future__ import annotations

import csv
import json
import logging
import os
import resource
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pandas as pd

NAMES = ("name", "name_en", "name_ar", "name_printed", "given_name", "surname", "first_name", "fname_c1", "lname_c1")
DATES = ("date", "dob", "date_of_birth", "date_printed")
NUMBERS = ("age", "age_printed")
CITY = ("city", "distrito", "suburb", "place_printed", "provincia", "county", "address_1", "street")
EXACT = ("sex", "race", "state", "departamento", "soc_sec_id", "postcode", "zip")
BLOCKS: dict[str, list[tuple[str, ...]]] = {
    "us_police_2015_2016": [("date", "state"), ("name",), ("last", "state"), ("first", "date"), ("age", "city")],
    "andes_synthetic": [("date", "departamento"), ("name",), ("first", "last"), ("last", "distrito"), ("date", "first")],
    "gaza_2024_04_vs_2025_03": [("first", "last"), ("first", "age", "sex", "second"), ("last", "age", "second")],
    "uruguay_desaparecidos": [("first",), ("last",)],
    "peru_crosswalk": [("first",), ("last",), ("age_printed",), ("place_printed",)],
    "febrl4": [("given_name", "surname"), ("date_of_birth",), ("soc_sec_id",), ("surname", "postcode"), ("given_name", "suburb")],
    "splink_fake_1000": [("first_name",), ("surname",), ("dob",), ("email",)],
    "RLdata500": [("fname_c1",), ("lname_c1",), ("dob",)],
}  # fmt: skip
BLOCKS["peru_raw"] = BLOCKS["peru_crosswalk"]
BLOCKS["us_police_2015_2016_degraded"] = BLOCKS["us_police_2015_2016"]


def read(paths: list[Path]) -> list[pd.DataFrame]:
    """Each list with every field any list has; ``first``, ``second``, ``last`` are words of the (Arabic) name."""
    frames = [pd.read_csv(p, dtype=str, keep_default_na=False).assign(source_dataset=p.stem) for p in paths]
    whole = pd.concat(frames, ignore_index=True).fillna("")
    for column in whole.columns.intersection([*NAMES, *CITY, "departamento", "email"]):
        whole[column] = whole[column].map(_fold)
    if {"by", "bm", "bd"} <= set(whole.columns):
        parts = (whole["by"], whole["bm"].str.zfill(2), whole["bd"].str.zfill(2))
        whole["dob"] = parts[0] + "-" + parts[1] + "-" + parts[2]
        whole = whole.drop(columns=["by", "bm", "bd"])
    for column in whole.columns.intersection(["date_of_birth"]):
        whole[column] = whole[column].str.replace(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", regex=True)
    name = next((c for c in ("name_ar", "name", "name_printed") if c in whole.columns), None)
    if name:
        words = whole[name].str.split()
        whole["first"] = words.str[0].fillna("")
        whole["second"] = words.str[1].fillna("")
        whole["last"] = words.str[-1].fillna("")
    whole = whole.replace("", None).rename(columns={"rec_id": "unique_id"})
    return [whole[whole["source_dataset"] == p.stem].reset_index(drop=True) for p in paths]


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).replace(",", " ").split())


def _blocks(name: str, columns: set[str]) -> list[tuple[str, ...]]:
    return [rule for rule in BLOCKS[name] if set(rule) <= columns]


def splink(name: str, frames: list[pd.DataFrame]) -> list[tuple[str, str, float]]:
    """Comparisons from the library, u from random pairs, lambda from strict rules, m by EM on two blockings."""
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    columns = {c for c in frames[0].columns if sum(f[c].notna().any() for f in frames) >= min(2, len(frames))}
    comparisons: list[Any] = []
    for c in sorted(columns):
        if c in NAMES:
            comparisons.append(cl.NameComparison(c).configure(term_frequency_adjustments=True))
        elif c in ("dob", "date_of_birth"):
            comparisons.append(cl.DateOfBirthComparison(c, input_is_string=True))
        elif c == "date":
            comparisons.append(
                cl.AbsoluteDateDifferenceAtThresholds(
                    c, input_is_string=True, metrics=["day", "day", "month"], thresholds=[1, 7, 1]
                )
            )
        elif c in NUMBERS:
            number = f"try_cast(regexp_extract({c}, '[0-9]+') AS INT)"
            comparisons.append(
                cl.CustomComparison(
                    [
                        cll.NullLevel(c),
                        cll.ExactMatchLevel(c),
                        cll.CustomLevel(f"abs({number.replace(c, c + '_l')} - {number.replace(c, c + '_r')}) <= 2"),
                        cll.ElseLevel(),
                    ],
                    output_column_name=c,
                )
            )
        elif c == "email":
            comparisons.append(cl.EmailComparison(c))
        elif c in CITY:
            comparisons.append(cl.JaroWinklerAtThresholds(c, [0.9]).configure(term_frequency_adjustments=True))
        elif c in EXACT:
            comparisons.append(cl.ExactMatch(c).configure(term_frequency_adjustments=c in ("state", "departamento")))
    rules = _blocks(name, columns | {"first", "second", "last"})
    settings = SettingsCreator(
        link_type="link_only" if len(frames) > 1 else "dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[block_on(*r) for r in rules],
    )
    api = DuckDBAPI()
    linker = Linker([api.register(f) for f in frames], settings, log_level=logging.ERROR)
    strict = [block_on(*rules[0], *rules[1]) if len(rules) > 1 else block_on(*rules[0])]
    linker.training.estimate_probability_two_random_records_match(strict, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in rules[:3]:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    found = linker.inference.predict(threshold_match_probability=0.01).as_record_list()
    return [(_own(r["unique_id_l"]), _own(r["unique_id_r"]), float(r["match_probability"])) for r in found]


def splink_tuned(name: str, frames: list[pd.DataFrame]) -> list[tuple[str, str, float]]:
    """As somebody would set it up who has read of these lists: parts of names that may change places, with the weight of
    rare ones; date and place as one comparison; more blocking. (Learning u inside the blocks too made it worse here.)"""
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    columns = {c for c in frames[0].columns if sum(f[c].notna().any() for f in frames) >= min(2, len(frames))}
    parts = {"first", "last"} if {"first", "last"} <= columns else set()
    for given, surname in (("given_name", "surname"), ("first_name", "surname"), ("fname_c1", "lname_c1")):
        if {given, surname} <= columns:
            parts = {given, surname}
    comparisons: list[Any] = []
    if parts:
        one, other = sorted(parts, key=lambda c: ("last" in c or "surname" in c or "lname" in c, c))
        comparisons.append(cl.ForenameSurnameComparison(one, other).configure(term_frequency_adjustments=True))
    if "second" in columns:
        comparisons.append(cl.JaroWinklerAtThresholds("second", [0.9]).configure(term_frequency_adjustments=True))
    date = next((c for c in ("date", "date_printed", "dob", "date_of_birth") if c in columns), None)
    region = next((c for c in ("state", "departamento", "postcode") if c in columns), None)
    city = next((c for c in ("city", "distrito", "suburb", "place_printed") if c in columns), None)
    if date:
        comparisons.append(_event(cll, cl, date, region, city))
    for c in sorted(columns & set(NUMBERS)):
        gap = (
            f"abs(try_cast(regexp_extract({c}_l, '[0-9]+') AS INT) - try_cast(regexp_extract({c}_r, '[0-9]+') AS INT))"
        )
        levels = [cll.NullLevel(c), cll.ExactMatchLevel(c), *(cll.CustomLevel(f"{gap} <= {k}") for k in (1, 3, 10))]
        comparisons.append(cl.CustomComparison([*levels, cll.ElseLevel()], output_column_name=c))
    for c in sorted(columns & {"sex", "race", "soc_sec_id", "email"}):
        comparisons.append(cl.ExactMatch(c))
    rules: list[Any] = [block_on(*r) for r in _blocks(name, columns | {"first", "second", "last"})]
    if parts:
        rules += [block_on(one, other), f"l.{one} = r.{other} AND l.{other} = r.{one}"]
        rules += [block_on(c, date) for c in (one, other) if date]
    settings = SettingsCreator(
        link_type="link_only" if len(frames) > 1 else "dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
    )
    api = DuckDBAPI()
    linker = Linker([api.register(f) for f in frames], settings, log_level=logging.ERROR)
    strict = _blocks(name, columns | {"first", "second", "last"})
    linker.training.estimate_probability_two_random_records_match(
        [block_on(*(strict[0] + (strict[1] if len(strict) > 1 else ())))], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    learn_on = [tuple(parts)] if parts else []
    learn_on.append((date, region) if date and region else (date,) if date else ("age", "sex"))
    for rule in learn_on:
        if set(rule) <= columns:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    found = linker.inference.predict(threshold_match_probability=0.01).as_record_list()
    return [(_own(r["unique_id_l"]), _own(r["unique_id_r"]), float(r["match_probability"])) for r in found]


def _event(cll: Any, cl: Any, date: str, region: str | None, city: str | None) -> Any:
    """Date and place as one comparison: strangers killed together share both."""
    days = f"abs(date_diff('day', try_cast({date}_l AS DATE), try_cast({date}_r AS DATE)))"
    here = f"{city}_l = {city}_r" if city else "FALSE"
    there = f"{region}_l = {region}_r" if region else here
    levels = [cll.NullLevel(date), *(
        cll.CustomLevel(f"{when} AND {where}")
        for when, where in (
            (f"{date}_l = {date}_r", here), (f"{date}_l = {date}_r", there), (f"{days} <= 3", here), (f"{days} <= 3", there),
            (f"{days} <= 31", there), (f"{date}_l = {date}_r", "TRUE"), (f"{days} <= 3", "TRUE"),
        )
    ), cll.CustomLevel(here), cll.ElseLevel()]  # fmt: skip
    return cl.CustomComparison(levels, output_column_name="event")


def _own(unique_id: str) -> str:
    return unique_id.split("-__-")[-1]


def recordlinkage(name: str, frames: list[pd.DataFrame]) -> list[tuple[str, str, float]]:
    """Blocking, similarities cut at 0.85 and expectation/conditional maximisation (ECM), two lists at a time."""
    import recordlinkage as rl

    found = []
    for i, a in enumerate(frames):
        for b in frames[i + 1 :] or ([a] if len(frames) == 1 else []):
            left, right = a.set_index("unique_id"), b.set_index("unique_id")
            columns = {c for c in a.columns if a[c].notna().any() and b[c].notna().any()}
            indexer = rl.Index()
            rules = _blocks(name, columns | {"first", "second", "last"})
            for rule in rules:
                indexer.block(list(rule))
            pairs = indexer.index(left) if a is b else indexer.index(left, right)
            compare = rl.Compare()
            for c in sorted(columns):
                if c in NAMES or c in CITY:
                    compare.string(c, c, method="jarowinkler", threshold=0.85, label=c)
                elif c in DATES or c in NUMBERS or c in EXACT or c == "email":
                    compare.exact(c, c, label=c)
            if len(pairs) < 2:
                continue
            features = compare.compute(pairs, left) if a is b else compare.compute(pairs, left, right)
            features = features.loc[:, features.nunique() > 1]
            if features.shape[1] < 2:
                continue
            classifier = rl.ECMClassifier(binarize=0.5)
            classifier.fit(features)
            p = classifier.prob(features)
            found += [(x, y, float(v)) for (x, y), v in p.items() if v >= 0.01]
    return found


def dedupe(name: str, frames: list[pd.DataFrame]) -> list[tuple[str, str, float]]:
    """Active learning with 100 labels answered from the truth, then every scored pair."""
    import dedupe as dd

    truth = json.loads(Path(os.environ["TRUTH"]).read_text())
    columns = [c for c in frames[0].columns if all(f[c].notna().any() for f in frames)]
    fields: list[Any] = []
    for c in columns:
        if c in NAMES or c in CITY or c in DATES or c == "email":
            fields.append(dd.variables.String(c, has_missing=True))
        elif c in EXACT or c in NUMBERS:
            fields.append(dd.variables.Exact(c, has_missing=True))
    data = [
        {r["unique_id"]: {c: (r[c] if isinstance(r[c], str) else None) for c in columns} for r in f.to_dict("records")}
        for f in frames
    ]
    key = {id(record): rec_id for part in data for rec_id, record in part.items()}
    found = []
    pairs = [(a, b) for i, a in enumerate(data) for b in data[i + 1 :]] or [(data[0], None)]
    for a, b in pairs:
        linker = (
            dd.Dedupe(fields, num_cores=1, in_memory=True)
            if b is None
            else dd.RecordLink(fields, num_cores=1, in_memory=True)
        )
        linker.prepare_training(a) if b is None else linker.prepare_training(a, b)
        _label(linker, truth, key, 100 if len(pairs) == 1 else 30)
        linker.train(index_predicates=False)
        scored = linker.score(linker.pairs(a)) if b is None else linker.score(linker.pairs(a, b))
        found += [(str(x), str(y), float(p)) for (x, y), p in scored if p >= 0.01]
    return found


def _label(linker: Any, truth: dict[str, str], key: dict[int, str], labels: int) -> None:
    marked: dict[str, list[Any]] = {"match": [], "distinct": []}
    for _ in range(labels):
        asked = linker.uncertain_pairs()
        if not asked:
            break
        ids = [key.get(id(record)) for record in asked[0]]
        same = None not in ids and truth.get(ids[0] or "") == truth.get(ids[1] or "")
        answer: dict[str, list[Any]] = {"match": [], "distinct": []}
        answer["match" if same else "distinct"].append(asked[0])
        linker.mark_pairs(answer)
        marked["match" if same else "distinct"].append(asked[0])


def main() -> None:
    peer, name, out, *paths = sys.argv[1:]
    most = map(int, os.environ.get("LIMITS", "0 0").split())
    for what, unit, limit in zip((resource.RLIMIT_CPU, resource.RLIMIT_AS), (1, 2**30), most, strict=True):
        if limit:
            resource.setrlimit(what, (limit * unit, limit * unit))
    frames = read([Path(p) for p in paths])
    found = {"splink": splink, "splink_tuned": splink_tuned, "recordlinkage": recordlinkage, "dedupe": dedupe}[peer](
        name, frames
    )
    with (Path(out) / "pairs.csv").open("w", newline="", encoding="utf-8") as f:
        writer = csv.writer(f)
        writer.writerow(("rec_l", "rec_r", "p"))
        writer.writerows(found)


if __name__ == "__main__":
    main()

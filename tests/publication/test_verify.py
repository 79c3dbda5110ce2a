"""Anyone can check a release: with one file, no network, nothing installed; and every tampering is named."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from willakuy.figures.independence import n_disjoint
from willakuy.i18n import speaking
from willakuy.ledger import Checkpoint, CosigningKey, Note, SigningKey, Verifier, sign, tile_path
from willakuy.publication import NotARelease, Release, verify, verify_release

KINDS = {
    "page": "es/index.html",
    "stylesheet": "style.css",
    "csv": "data/persons.csv",
    "jsonl": "data/statements.jsonl",
    "figures": "data/figures.jsonl",
    "package": "data/datapackage.json",
    "ledger": "ledger/disclosed.jsonl",
    "entries": "ledger/*/tile/entries/000.p/*",
    "tile": "ledger/*/tile/0/000.p/*",
    "checkpoint": "ledger/*/checkpoint",
    "key": "ledger/policy",
    "verifier": "verify.py",
    "manifest": "manifest.json",
    "seal": "seal.json",
}


def the(folder: Path, pattern: str) -> str:
    """The one path under ``folder`` that fits, as a release names it: devices have names of their own."""
    (path,) = folder.glob(pattern)
    return path.relative_to(folder).as_posix()


def test_a_release_as_published_is_whole(published: Release) -> None:
    report = verify_release(published.path)

    assert report.problems == ()
    assert dict(report.checked)["figures"] >= 3


def test_it_runs_alone_isolated_from_this_package(copy: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-I", "verify.py"],
        cwd=copy,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin"},
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.startswith("OK")
    assert sorted(p.name for p in copy.rglob("__pycache__")) == []


def test_it_needs_the_standard_library_alone_and_fits_on_a_few_screens(published: Release) -> None:
    text = (published.path / "verify.py").read_text()
    imported = {a.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import) for a in node.names}

    assert imported <= sys.stdlib_module_names
    assert text.count("\n") <= 200
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(ast.parse(text)))


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
@pytest.mark.parametrize("where", [0.2, 0.5, 0.9])
def test_one_flipped_byte_of_any_kind_of_file_is_noticed(copy: Path, path: str, where: float) -> None:
    path = the(copy, path)
    data = bytearray((copy / path).read_bytes())
    data[int(len(data) * where)] ^= 1
    (copy / path).write_bytes(data)

    report = verify_release(copy)

    assert report.problems
    if path not in ("manifest.json", "seal.json"):
        assert any(path in problem for problem in report.problems)


def test_a_seal_spelled_in_any_other_way_is_refused_though_it_says_the_same(copy: Path) -> None:
    """Nothing names the seal's own bytes, so one spelling is all that holds them."""
    seal = (copy / "seal.json").read_text("utf-8")
    hidden = json.loads(seal)["entry"]["hidden"][0][1]

    for other in (seal[:-1], seal.replace("\n ", "\n  ", 1), seal.replace(hidden, hidden.upper())):
        (copy / "seal.json").write_text(other, "utf-8")
        assert verify_release(copy).kinds == ("seal",)


@pytest.mark.parametrize("key", ["checkpoint", "between", "entry"])
def test_a_seal_that_lacks_something_is_named(copy: Path, key: str) -> None:
    seal = json.loads((copy / "seal.json").read_text("utf-8"))
    del seal[key]
    put_seal(copy, seal)

    assert "seal.json" in verify_release(copy).problems[0]


def test_a_removed_file_is_named(copy: Path) -> None:
    (copy / "data/claims.csv").unlink()

    assert verify_release(copy).problems == ("data/claims.csv: the manifest names it, but it is not here",)


def test_an_added_file_is_named(copy: Path) -> None:
    (copy / "es/extra.html").write_text("<p>49")

    assert verify_release(copy).problems == ("es/extra.html: it is here, but the manifest does not name it",)


def reseal(folder: Path, path: str, change: Callable[[list[Any]], Any]) -> None:
    """Change rows of a data file and write the manifest anew: what a forger without the key can do."""
    rows = [json.loads(line) for line in (folder / path).read_text().splitlines()]
    rows = change(rows) or rows
    (folder / path).write_text(
        "".join(json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n" for row in rows)
    )
    manifest = json.loads((folder / "manifest.json").read_text())
    data = (folder / path).read_bytes()
    manifest["files"] = [
        [p, len(data), hashlib.sha256(data).hexdigest()] if p == path else [p, n, d] for p, n, d in manifest["files"]
    ]
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n")


def test_a_dropped_statement_is_named_even_with_a_new_manifest(copy: Path) -> None:
    reseal(copy, "data/statements.jsonl", lambda rows: [r for r in rows if r["id"] != "stm_L01.r4"])

    report = verify_release(copy)

    assert "statement stm_L01.r4: the ledger discloses it, the data has no such row" in report.problems
    assert "seal" in report.kinds


def test_altered_words_are_named_with_the_field(copy: Path) -> None:
    def alter(rows: list[Any]) -> None:
        next(r for r in rows if r["id"] == "stm_K1")["fields"]["words"] = "94 fallecidos"

    reseal(copy, "data/statements.jsonl", alter)

    assert "statement stm_K1: words is not what the ledger holds" in verify_release(copy).problems


def test_an_invented_statement_is_named(copy: Path) -> None:
    reseal(copy, "data/statements.jsonl", lambda rows: [*rows, {**rows[0], "id": "stm_new", "entry": "none/1"}])

    assert "statement stm_new: the ledger discloses no such thing" in verify_release(copy).problems


def test_reordered_statements_are_noticed(copy: Path) -> None:
    reseal(copy, "data/statements.jsonl", lambda rows: rows[::-1])

    assert {"person", "seal"} <= set(verify_release(copy).kinds)


def test_a_changed_figure_is_named(copy: Path) -> None:
    def lower(rows: list[Any]) -> None:
        rows[-1]["hi"] += 1

    reseal(copy, "data/figures.jsonl", lower)

    assert any("figure scp_injured@1/all: 1-1 by the rows, not 1-2" in p for p in verify_release(copy).problems)


def test_a_dropped_victim_is_named(copy: Path) -> None:
    gone = json.loads((copy / "data/persons.jsonl").read_text().splitlines()[0])["id"]
    reseal(copy, "data/persons.jsonl", lambda rows: rows[1:])

    report = verify_release(copy)

    assert f"person {gone}: not the records that the judgements join" in report.problems
    assert any(f"it rests on {gone}" in p for p in report.problems)


def test_two_persons_joined_without_a_judgement_are_named(copy: Path) -> None:
    def join(rows: list[Any]) -> list[Any]:
        rows[0]["records"] += rows[3]["records"]
        return [row for i, row in enumerate(rows) if i != 3]

    reseal(copy, "data/persons.jsonl", join)

    assert "person" in verify_release(copy).kinds


def test_more_independent_sources_than_there_are_is_named(copy: Path) -> None:
    def inflate(rows: list[Any]) -> None:
        rows[0]["n_independent"] += 1

    reseal(copy, "data/persons.jsonl", inflate)

    assert "sources" in verify_release(copy).kinds


def test_a_disclosure_left_out_is_named(copy: Path) -> None:
    reseal(copy, "ledger/disclosed.jsonl", lambda rows: rows[:5] + rows[6:])

    assert {"unrecorded", "seal"} <= set(verify_release(copy).kinds)


def test_an_entry_told_twice_is_named(copy: Path) -> None:
    reseal(copy, "ledger/disclosed.jsonl", lambda rows: [*rows, rows[3]])

    assert "commitment" in verify_release(copy).kinds


@pytest.mark.parametrize("seq", [-1, 10_000])
def test_an_entry_outside_its_log_is_named(copy: Path, seq: int) -> None:
    def move(rows: list[Any]) -> None:
        rows[3]["seq"] = seq

    reseal(copy, "ledger/disclosed.jsonl", move)

    assert "commitment" in verify_release(copy).kinds


def test_an_entry_of_the_log_exchanged_is_named_by_tile_and_root(copy: Path) -> None:
    path = the(copy, "ledger/*/tile/entries/000.p/*")
    data = bytearray((copy / path).read_bytes())
    data[36:68] = bytes(32)
    (copy / path).write_bytes(data)

    assert {"changed", "tile", "head"} <= set(verify_release(copy).kinds)


def test_a_forged_field_with_a_forged_row_is_caught_by_its_commitment(copy: Path) -> None:
    def forge(rows: list[Any]) -> None:
        row = next(r for r in rows if any(f[1:3] == ["statement_id", "stm_K2"] for f in r["fields"]))
        next(f for f in row["fields"] if f[1] == "words")[2] = "64 muertos"

    reseal(copy, "ledger/disclosed.jsonl", forge)

    assert "commitment" in verify_release(copy).kinds


def signer(folder: Path) -> Verifier:
    return Verifier.of((folder / "ledger/policy").read_text().split()[1])


def test_a_ledger_signed_anew_with_another_key_needs_that_key(copy: Path) -> None:
    path = the(copy, "ledger/*/checkpoint")
    head = Checkpoint.parse(Note.parse((copy / path).read_text()).text)
    (copy / path).write_text(sign(head, SigningKey(signer(copy).name, b"\x07" * 32)))

    assert (
        f"{path}: not the head of the listed entries, signed and cosigned as the policy asks"
        in verify_release(copy).problems
    )


WITNESSES = tuple(SigningKey(f"partner/{n}", n.encode() * 32).cosigner for n in "abc")


def put_seal(folder: Path, seal: dict[str, Any]) -> None:
    """As the program spells it: any other spelling is refused already."""
    text = json.dumps(seal, ensure_ascii=False, sort_keys=True, indent=1)
    (folder / "seal.json").write_text(f"{text}\n", "utf-8")


def cosign_seal(folder: Path, *witnesses: CosigningKey) -> None:
    """What a partner gives back after checking: a line under the seal's checkpoint."""
    seal = json.loads((folder / "seal.json").read_text())
    note = Note.parse(seal["checkpoint"])
    seal["checkpoint"] = str(note.with_signatures(w.cosign(Checkpoint.parse(note.text), 7) for w in witnesses))
    put_seal(folder, seal)


def own_policy(folder: Path, where: Path) -> Path:
    """A policy the reader got elsewhere: two of three partners."""
    names = [f"witness {w.name} {w.vkey}" for w in WITNESSES]
    lines = [f"log {signer(folder).vkey}", "# by telephone", *names, "group partners 2 partner/a partner/b partner/c"]
    policy = where / "policy"
    policy.write_text("\n".join([*lines, "quorum partners", ""]))
    return policy


def test_a_reader_may_ask_for_the_cosignatures_of_partners(copy: Path, tmp_path: Path) -> None:
    policy = own_policy(copy, tmp_path)

    assert verify_release(copy, policy).kinds == ("head",)
    cosign_seal(copy, WITNESSES[0])
    assert verify_release(copy, policy).kinds == ("head",)
    cosign_seal(copy, WITNESSES[2])
    assert verify_release(copy, policy).problems == ()
    assert verify_release(copy).problems == ()


def test_a_cosignature_of_another_head_counts_for_nothing(copy: Path, tmp_path: Path) -> None:
    seal = json.loads((copy / "seal.json").read_text())
    note = Note.parse(seal["checkpoint"])
    other = Checkpoint(Checkpoint.parse(note.text).origin, 1, bytes(32))
    seal["checkpoint"] = str(note.with_signatures(w.cosign(other, 7) for w in WITNESSES))
    put_seal(copy, seal)

    assert verify_release(copy, own_policy(copy, tmp_path)).kinds == ("head",)


@pytest.mark.parametrize(
    "text",
    ["", "quorum none\n", "log x\nquorum none\n", "quorum none\nquorum none\n", "trust all\nquorum none\n", "\0"],
)
def test_a_policy_that_trusts_nobody_or_cannot_be_read_is_a_finding(copy: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "policy").write_text(text)

    assert set(verify_release(copy, tmp_path / "policy").kinds) & {"unreadable", "head"}


@given(st.integers(0, 300), st.integers(0, 100))
def test_the_verifier_and_the_ledger_lay_out_tiles_alike(n: int, width: int) -> None:
    assert verify.path_of("entries", n**3, width or 256) == tile_path("entries", n**3, width or 256)


def test_problems_are_told_in_the_readers_language(copy: Path) -> None:
    (copy / "style.css").write_text("")

    with speaking("es"):
        problems = verify_release(copy).problems

    assert problems == ("style.css: sus bytes no son los que nombra el manifiesto",)


def test_a_folder_without_a_manifest_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(NotARelease):
        verify_release(tmp_path)


@given(path=st.sampled_from([*KINDS.values(), "data/judgements.jsonl"]), garbage=st.binary(max_size=60))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_garbage_in_place_of_a_file_is_a_finding_and_never_a_traceback(
    published: Release, tmp_path: Path, path: str, garbage: bytes
) -> None:
    folder = tmp_path / "garbage"
    if not folder.exists():
        shutil.copytree(published.path, folder)
    path = the(folder, path)
    (folder / path).write_bytes(garbage)

    report = verify_release(folder)

    shutil.copy(published.path / path, folder / path)
    assert report.problems
    assert all(kind in verify.SAYS for kind in report.kinds)


def test_an_independent_reader_of_a_hundred_lines_counts_the_same(published: Release) -> None:
    """Written from docs/format/release.md alone: nothing of ours is imported."""
    persons: dict[str, str] = {}
    scope = None
    for line in (published.path / "data/figures.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row["scope_id"] != scope:
            persons, scope = {}, row["scope_id"]
        for p in row["persons"]:
            persons[p["person_id"]] = p["standing"]
        for gone in row["gone"]:
            del persons[gone]
        standings = list(persons.values())
        lo = standings.count("counted")
        assert (lo, lo + standings.count("possible") + sum(g["adds"] for g in row["groups"])) == (row["lo"], row["hi"])


@given(st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=3), max_size=7))
def test_the_verifier_and_the_figures_agree_on_independence(origins: list[frozenset[str]]) -> None:
    assert verify.n_independent(origins) == n_disjoint(origins)


RFC8032 = (
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
)  # fmt: skip


@pytest.mark.parametrize(("public", "message", "signature"), RFC8032)
def test_signatures_follow_rfc_8032(public: str, message: str, signature: str) -> None:
    key, text, blob = (bytes.fromhex(x) for x in (public, message, signature))

    assert verify.signed(text, blob, key)
    assert not verify.signed(text + b"x", blob, key)
    for i in range(0, 64, 7):
        flipped = bytearray(blob)
        flipped[i] ^= 1
        with contextlib.suppress(ValueError):
            assert not verify.signed(text, bytes(flipped), key)

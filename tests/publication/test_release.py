"""A release is whole or not there, the same for everyone, and says what has changed."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import willakuy.publication as room
from tests.conftest import ROOT, seeded_entropy
from tests.publication import invented
from tests.publication.conftest import fixed_clock
from willakuy.casefile import Case, Settings
from willakuy.publication import (
    Change,
    FolderTaken,
    NothingToPublish,
    Release,
    ReleaseInterrupted,
    ReleaseNotWritten,
    What,
    publish,
    verify_release,
)
from willakuy.publication.folder import NewFolder
from willakuy.statements.ids import JudgementId
from willakuy.statements.judgements import Judgement, Undo


def digest_of(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_the_package_offers_exactly_what_it_lists() -> None:
    offered = {
        name
        for name, value in vars(room).items()
        if getattr(value, "__module__", "").startswith("willakuy.publication") and not name.startswith("_")
    }

    assert set(room.__all__) == offered


def test_publishing_an_unchanged_case_again_gives_the_same_bytes_and_adds_no_entry(case: Case) -> None:
    first = publish(case)
    before, entries = digest_of(first.path), len(case.commitments())

    again = publish(case)

    assert (again.number, again.manifest_sha256) == (1, first.manifest_sha256)
    assert digest_of(again.path) == before
    assert len(case.commitments()) == entries


def test_two_laptops_with_the_same_case_publish_the_same_bytes(tmp_path: Path) -> None:
    folders = []
    for name in ("one", "two"):
        with invented.make_case(tmp_path / name, fixed_clock, seeded_entropy("same")) as case:
            folders.append(digest_of(publish(case).path))

    assert folders[0] == folders[1]


SCRIPT = """
import sys; from pathlib import Path
sys.path.insert(0, {root!r})
from tests.conftest import seeded_entropy
from tests.publication.invented import make_case
from willakuy.publication import publish
with make_case(Path(sys.argv[1]), lambda: "2024-01-01T00:00:00Z", seeded_entropy("same")) as case:
    print(publish(case).manifest_sha256)
"""


def test_neither_the_hash_seed_nor_the_locale_shows_in_a_release(tmp_path: Path) -> None:
    found = set()
    for seed, locale in (("0", "C"), ("1", "es_PE.UTF-8"), ("4242", "C.UTF-8")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale, "TZ": "Asia/Tokyo"}
        command = [sys.executable, "-c", SCRIPT.format(root=str(ROOT)), str(tmp_path / seed)]
        found.add(subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout)

    assert len(found) == 1


def test_a_new_statement_makes_the_next_release_and_is_its_reason(case: Case) -> None:
    first = publish(case)
    case.append([invented.row(7, "L02", "Nicanor Recién Llegado", "7", age=invented.parse_age("33"))])

    second = publish(case)

    kinds = {(d.what, d.change) for d in second.differences}
    assert (first.number, second.number) == (1, 2)
    assert {(What.person, Change.added), (What.figure, Change.changed), (What.statements, Change.added)} <= kinds
    figure = next(d for d in second.differences if d.what is What.figure)
    assert "stm_L02.r7" in figure.statements
    assert not verify_release(second.path).problems


def test_no_difference_between_releases_is_without_a_reason(case: Case) -> None:
    publish(case)
    undo = Judgement(
        JudgementId("jdg_9"), Undo(JudgementId("jdg_1")), "otro", "2024-02-01T00:00:00Z", "Eran dos personas."
    )
    case.append([undo, invented.row(8, "L02", "Otro Más Inventado", "8")])

    release = publish(case)

    assert [d for d in release.differences if d.by_rules] == []
    page = (release.path / "en/changes.html").read_text()
    assert "Eran dos personas." in page


def test_undoing_the_undoing_brings_the_earlier_pages_back(case: Case) -> None:
    first = publish(case)
    page = next(p for p in (first.path / "es/p").glob("per_*.html") if "stm_L02.r1" in p.read_text())
    said = page.read_text().split("<main", 1)[1].split('id="cite"')[0]
    for n, undone in ((8, "jdg_1"), (9, "jdg_8")):
        case.append([Judgement(JudgementId(f"jdg_{n}"), Undo(JudgementId(undone)), "c", "2024-02-01T00:00:00Z", "…")])

    second = publish(case)

    assert (second.path / "es/p" / page.name).read_text().split("<main", 1)[1].split('id="cite"')[0] == said


def test_an_earlier_release_stays_as_it_was(case: Case) -> None:
    first = publish(case)
    before = digest_of(first.path)
    case.append([invented.row(7, "L02", "Nicanor Recién Llegado", "7")])

    publish(case)

    assert digest_of(first.path) == before


def test_other_settings_make_another_release_of_the_same_ledger(case: Case) -> None:
    from dataclasses import replace

    publish(case)
    case.settings = replace(case.settings, notice_en="Another notice.")

    second = publish(case)

    assert second.number == 2
    assert [d.what for d in second.differences] == [What.rules]
    assert not verify_release(second.path).problems


@pytest.mark.parametrize("stop_after", [1, 40, 120])
def test_a_full_disk_leaves_nothing_behind_and_says_so(
    case: Case, monkeypatch: pytest.MonkeyPatch, stop_after: int
) -> None:
    _break_after(monkeypatch, stop_after, OSError(errno.ENOSPC, "No space left on device"))
    entries = len(case.commitments())

    with pytest.raises(ReleaseNotWritten) as stopped:
        publish(case)

    assert "the disk is full" in stopped.value.say_what()
    assert list((case.folder / "releases").iterdir()) == []
    assert len(case.commitments()) == entries


def test_ctrl_c_leaves_nothing_behind_and_says_so(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    _break_after(monkeypatch, 30, KeyboardInterrupt())

    with pytest.raises(ReleaseInterrupted) as stopped:
        publish(case)

    assert list((case.folder / "releases").iterdir()) == []
    assert "no half release was left" in stopped.value.say_next()


def test_stopped_after_it_was_recorded_the_next_try_makes_that_very_release(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NewFolder, "settle", lambda _self: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(ReleaseInterrupted):
        publish(case)
    monkeypatch.undo()

    release = publish(case)

    assert release.number == 1
    assert not verify_release(release.path).problems


def _break_after(monkeypatch: pytest.MonkeyPatch, n: int, error: BaseException) -> None:
    put, left = NewFolder.put, [n]

    def failing(self: NewFolder, path: str, data: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise error
        put(self, path, data)

    monkeypatch.setattr(NewFolder, "put", failing)


def test_a_folder_that_is_no_release_is_never_overwritten(case: Case, tmp_path: Path) -> None:
    taken = tmp_path / "thesis"
    taken.mkdir()
    (taken / "chapter.txt").write_text("ten years")

    with pytest.raises(FolderTaken):
        publish(case, taken)

    assert (taken / "chapter.txt").read_text() == "ten years"


def test_a_release_may_be_written_over_an_earlier_one_in_a_folder_of_ones_own(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish(case, out)
    case.append([invented.row(7, "L02", "Nicanor Recién Llegado", "7")])

    release = publish(case, out)

    assert release.path == out
    assert not verify_release(out).problems
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_case_without_a_scope_publishes_no_number(tmp_path: Path) -> None:
    with (
        Case.create(tmp_path / "c", Settings(name="vacío"), clock=fixed_clock, entropy=seeded_entropy("e")) as case,
        pytest.raises(NothingToPublish) as stopped,
    ):
        publish(case)

    assert "no scope" in stopped.value.say_what()


def test_progress_is_told(case: Case) -> None:
    told: list[int] = []

    publish(case, progress=told.append)

    assert sum(told) <= publish(case).n_pages


def test_the_figure_of_a_release_is_the_figure_of_the_case(published: Release, case: Case) -> None:
    import json

    from willakuy.figures import count

    rows = [json.loads(line) for line in (published.path / "data/figures.jsonl").read_text().splitlines()]
    corpus = case.corpus()
    for row in rows:
        if row["as_of"] is None:
            figure: Any = count(corpus, corpus.scope[row["scope_id"]])
            assert (row["lo"], row["hi"]) == (figure.lo, figure.hi)


def leftovers(case: Case) -> list[str]:
    return [p.name for p in (case.folder / "releases").iterdir() if p.name.startswith(".")]


def test_what_a_publisher_that_died_left_is_swept_by_the_next(case: Case) -> None:
    dead = case.folder / "releases" / ".willakuy-00ff.part" / "1" / "es"
    dead.mkdir(parents=True)
    (dead / "index.html").write_text("half a page")

    publish(case)

    assert leftovers(case) == []


def test_a_release_moved_away_by_a_publisher_that_died_comes_back(case: Case) -> None:
    first = publish(case)
    away = case.folder / "releases" / ".willakuy-00ff.part" / "old"
    away.mkdir(parents=True)
    first.path.rename(away / first.path.name)

    publish(case, case.folder / "releases" / "another")

    assert verify_release(first.path).problems == ()
    assert leftovers(case) == []


def test_where_names_cannot_be_exchanged_the_earlier_release_still_gives_way(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(case)
    monkeypatch.setattr("willakuy.publication.folder.exchange", lambda _a, _b: False)

    again = publish(case)

    assert again.path == first.path
    assert verify_release(again.path).problems == ()
    assert leftovers(case) == []

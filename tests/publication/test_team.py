"""A release of a case that several devices recorded carries every log, each under the signature of its device."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import seeded_entropy
from tests.publication.conftest import fixed_clock
from tests.publication.invented import make_case
from willakuy.casefile import Case
from willakuy.casefile.devices import fingerprint
from willakuy.casefile.sync import export_bundle, import_bundle, join_case
from willakuy.publication import publish, verify_release


@pytest.fixture
def joined(tmp_path: Path) -> tuple[Case, Case]:
    """The invented case and a second copy of it, which has recorded a note that the first has taken in."""
    first = make_case(tmp_path / "first", fixed_clock, seeded_entropy("published"))
    export_bundle(first, tmp_path / "1.wsync")
    join_case(tmp_path / "1.wsync", tmp_path / "second", clock=fixed_clock, entropy=seeded_entropy("second"))
    second = Case.open(tmp_path / "second", clock=fixed_clock, entropy=seeded_entropy("second"))
    second.record("note", {"words": "of the second"})
    export_bundle(second, tmp_path / "2.wsync")
    import_bundle(first, tmp_path / "2.wsync", trust=(fingerprint(second.device.key.verifier),))
    return first, second


def test_a_release_of_two_devices_verifies_with_both_logs_in_it(joined: tuple[Case, Case]):
    first, second = joined

    release = publish(first)

    assert verify_release(release.path).problems == ()
    logs = json.loads((release.path / "manifest.json").read_text())["frozen"]["logs"]
    assert logs == {first.device.device_id: logs[first.device.device_id], second.device.device_id: 3}
    assert (release.path / "ledger/policy").read_text().count("log ") == 2


def test_each_log_in_a_release_needs_its_own_devices_signature(joined: tuple[Case, Case]):
    first, second = joined
    path = publish(first).path
    name = f"ledger/{second.device.device_id}/checkpoint"
    lines = (path / "ledger/policy").read_text().splitlines()
    (path / "ledger/policy").write_text(
        "\n".join([line for line in lines if second.device.device_id not in line] + [""])
    )

    assert any(name in problem for problem in verify_release(path).problems)


def test_both_copies_count_the_same_and_number_their_releases_in_one_row(joined: tuple[Case, Case], tmp_path: Path):
    first, second = joined
    one = publish(first)
    export_bundle(first, tmp_path / "3.wsync")
    import_bundle(second, tmp_path / "3.wsync", trust=(fingerprint(first.device.key.verifier),))

    two = publish(second)

    assert (one.number, two.number) == (1, 2)
    assert (one.path / "data/figures.jsonl").read_bytes() == (two.path / "data/figures.jsonl").read_bytes()
    assert verify_release(two.path).problems == ()


def test_a_copied_case_publishes_as_a_device_of_its_own(joined: tuple[Case, Case], tmp_path: Path):
    first, _ = joined
    first.close()
    shutil.copytree(first.folder, tmp_path / "copied")

    with Case.open(tmp_path / "copied", clock=fixed_clock, entropy=seeded_entropy("copied")) as case:
        release = publish(case)

    assert verify_release(release.path).problems == ()
    assert json.loads((release.path / "manifest.json").read_text())["frozen"]["device"] != first.device.device_id

"""A device that signs two histories is found by the first honest copy that sees both, with proof for anyone."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.casefile.sync.devices import Team, claim
from willakuy.casefile import Case
from willakuy.casefile.keys import keep_device
from willakuy.casefile.sync import Fork, export_bundle, import_bundle, sync_status
from willakuy.casefile.sync.errors import BundleNotRead
from willakuy.ledger import Checkpoint, NoteNotValid, SigningKey, sign


def clone(team: Team, name: str, other: str) -> None:
    """Make a copy that signs with the same key: what no honest copy does."""
    team.copy(name, other)
    with team.of(name) as case:
        keep_device(team.folder(other), case.device)


@pytest.fixture
def forked(team: Team) -> Team:
    """Ana's device goes on in two places; Berta has seen one, Clara the other."""
    team.join("ana", "clara")
    team.send("clara", "ana")
    team.send("clara", "berta")
    clone(team, "ana", "evil")
    team.say("ana", claim("one", 40))
    team.say("evil", claim("other", 4))
    team.send("ana", "berta")
    team.take("clara", team.bundle("evil"))
    return team


def test_two_histories_are_found_when_two_honest_devices_meet(forked: Team):
    done = forked.take("clara", forked.bundle("berta"))

    ((device, path),) = done.forks
    assert device == forked.device("ana")
    proof = Fork.from_json(path.read_text())
    assert len({branch.note for branch in proof.branches}) == 2


def test_the_proof_is_the_same_file_whoever_finds_it(forked: Team):
    bundles = forked.bundle("berta"), forked.bundle("clara")
    ((_, one),) = forked.take("clara", bundles[0]).forks
    ((_, two),) = forked.take("berta", bundles[1]).forks

    assert one.read_bytes() == two.read_bytes()


def test_nothing_of_the_other_history_is_taken_and_everything_else_is(forked: Team):
    forked.say("berta", claim("b", 7))

    done = forked.take("clara", forked.bundle("berta"))

    assert set(dict(done.taken)) == {forked.device("berta")}
    with forked.of("clara") as case:
        assert {s.statement_id for s in case.corpus().statements} == {"stm_other", "stm_b"}


def test_a_forked_device_is_never_cosigned_again_and_everyone_is_told(forked: Team):
    forked.take("clara", forked.bundle("berta"))
    forked.join("clara", "delia")

    ana = forked.device("ana")
    with forked.of("clara") as case:
        before = {d.device_id: d for d in sync_status(case).devices}[ana]
    assert before.forks == 1
    with forked.of("delia") as case:
        told = {d.device_id: d for d in sync_status(case).devices}[ana]
    assert told.forks == 1
    assert forked.device("delia") not in dict(told.checked_by)


def test_a_proof_accuses_only_by_the_devices_own_signatures(forked: Team):
    ((_, path),) = forked.take("clara", forked.bundle("berta")).forks
    plain = json.loads(path.read_text())
    other = SigningKey(Fork.from_json(path.read_text()).vkey.split("+")[0], bytes(32))

    def refused(**change: object) -> None:
        with pytest.raises(NoteNotValid):
            Fork.from_json(json.dumps({**plain, **change}))

    one, two = plain["branches"]
    refused(branches=[one, one])
    refused(branches=[one])
    refused(branches=[one, {**two, "root": one["root"]}])
    refused(branches=[{**one, "note": two["note"]}, two])
    refused(branches=[{**one, "note": sign(Checkpoint(other.name, 9, bytes(32)), other)}, two])
    refused(size=plain["size"] - 1)
    refused(size=0)
    refused(vkey=other.vkey)
    refused(format="willakuy-fork/2")


def test_an_accusation_without_proof_is_refused_with_the_bundle(forked: Team, monkeypatch):
    ((_, path),) = forked.take("clara", forked.bundle("berta")).forks
    false = json.loads(path.read_text())
    false["branches"][0]["root"] = false["branches"][1]["root"]
    monkeypatch.setattr(Fork, "check", lambda self: None)
    with forked.of("clara") as case, case.changing() as connection:
        from sqlalchemy import insert

        from willakuy.casefile.schema import fork

        connection.execute(insert(fork), {"device": forked.device("ana"), "evidence": json.dumps(false)})
    bundle = forked.bundle("clara")
    monkeypatch.undo()

    with pytest.raises(BundleNotRead):
        forked.take("berta", bundle)


def test_an_equivocator_that_shows_only_the_rest_is_found_by_where_it_begins(forked: Team):
    """The bundle begins after the place where the histories part: the root it claims for that place gives it away."""
    forked.say("evil", claim("later", 5))
    path = forked.root / "rest.wsync"
    with forked.of("evil") as case:
        from willakuy.casefile.sync import exporting

        n = len(case.commitments()) - 1
        original = exporting.Heads.checked_by
        exporting.Heads.checked_by = lambda self, by, device: (
            n if device == case.device.device_id else original(self, by, device)
        )
        try:
            export_bundle(case, path, to=forked.device("berta"))
        finally:
            exporting.Heads.checked_by = original

    done = forked.take("berta", path)

    ((_, proof),) = done.forks
    Fork.from_json(proof.read_text())
    assert done.entries == 0


def test_a_copied_case_goes_on_as_a_new_device_that_the_old_one_vouches_for(team: Team):
    ana = team.device("ana")
    team.copy("ana", "restored")

    team.say("restored", claim("r"))
    team.say("ana", claim("a", 40))
    one = team.take("berta", team.bundle("restored"))
    two = team.take("berta", team.bundle("ana"))

    assert team.device("restored") != ana
    assert one.new_devices == (team.device("restored"),)
    assert (one.forks, two.forks) == ((), ())
    with team.of("berta") as case:
        assert {s.statement_id for s in case.corpus().statements} == {"stm_r", "stm_a"}
        status = {d.device_id: d for d in sync_status(case).devices}
    assert status[team.device("restored")].continues == ana


def test_reading_a_copied_case_changes_nothing_in_it(team: Team):
    team.copy("ana", "restored")
    before = {p: p.read_bytes() for p in team.folder("restored").rglob("*") if p.is_file() and p.suffix != ".db-shm"}

    with team.of("restored") as case:
        case.corpus()
        sync_status(case)

    assert {p: p.read_bytes() for p in before} == before


def test_the_secret_of_the_device_it_was_copied_from_is_gone_from_a_copy_that_records(team: Team):
    with team.of("ana") as case:
        secret = case.device.key.secret.hex()
    team.copy("ana", "restored")

    team.say("restored", claim("r"))

    assert not [p for p in team.folder("restored").rglob("*") if p.is_file() and secret in p.read_text("latin-1")]


def test_a_folder_that_was_only_moved_keeps_its_device(team: Team):
    ana = team.device("ana")
    team.folder("ana").rename(team.folder("elsewhere"))

    team.say("elsewhere", claim("e"))

    assert team.device("elsewhere") == ana


def test_a_ledger_put_back_from_a_backup_is_noticed_by_what_was_signed(team: Team):
    ana = team.device("ana")
    shutil.copy(team.folder("ana") / "case.db", team.root / "backup.db")
    team.say("ana", claim("a", 40))
    team.send("ana", "berta")
    for path in team.folder("ana").glob("case.db*"):
        path.unlink()
    shutil.copy(team.root / "backup.db", team.folder("ana") / "case.db")

    team.say("ana", claim("again", 41))
    done = team.send("ana", "berta")

    assert team.device("ana") != ana
    assert done.forks == ()
    with team.of("berta") as case:
        assert {s.statement_id for s in case.corpus().statements} == {"stm_a", "stm_again"}


def test_a_device_that_lost_entries_gets_them_back_and_goes_on_as_another(team: Team):
    ana = team.device("ana")
    shutil.copy(team.folder("ana") / "case.db", team.root / "backup.db")
    team.say("ana", claim("a", 40))
    team.send("ana", "berta")
    for path in [*team.folder("ana").glob("case.db*"), team.folder("ana") / "keys" / "head"]:
        path.unlink()
    shutil.copy(team.root / "backup.db", team.folder("ana") / "case.db")

    done = team.take("ana", team.bundle("berta"))

    assert done.is_restored
    team.say("ana", claim("new", 41))
    assert team.device("ana") != ana
    with team.of("ana") as case:
        assert {s.statement_id for s in case.corpus().statements} == {"stm_a", "stm_new"}
    assert team.send("ana", "berta").forks == ()


def test_a_device_that_forked_itself_is_told_so_and_signs_no_more(team: Team):
    ana = team.device("ana")
    clone(team, "ana", "twin")
    team.say("ana", claim("a", 40))
    team.say("twin", claim("t", 41))
    team.send("ana", "berta")
    team.bundle("twin")

    done = team.take("twin", team.bundle("berta"))

    assert done.is_restored
    assert [device for device, _ in done.forks] == [ana]
    team.say("twin", claim("after", 42))
    assert team.device("twin") != ana


def test_a_copy_whose_key_was_left_out_of_the_backup_gets_one(team: Team):
    team.copy("ana", "restored")
    shutil.rmtree(team.folder("restored") / "keys")

    team.say("restored", claim("r"))

    with Case.open(team.folder("restored")) as case:
        assert case.check_ledger() > 0
    with team.of("berta") as case:
        assert import_bundle(case, team.bundle("restored"), trust=(team.fingerprint("restored"),)).entries == 2

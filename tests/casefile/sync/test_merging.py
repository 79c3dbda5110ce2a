"""Copies that diverged offline hold the same case once they have passed each other what they have, in whatever order."""

from __future__ import annotations

import itertools

import pytest

from tests.casefile.sync.devices import DOCUMENT, SOURCE, Team, claim, judged
from willakuy.casefile.sync import conflicts, sync_status
from willakuy.statements.judgements import IdentityVerdict
from willakuy.statements.sources import Source


def test_two_copies_that_diverged_become_the_same(team: Team):
    team.say("ana", claim("a"))
    team.say("berta", claim("b", 18))

    team.send("ana", "berta")
    team.send("berta", "ana")

    assert team.tables("ana") == team.tables("berta")
    with team.of("ana") as case:
        assert {s.statement_id for s in case.corpus().statements} == {"stm_a", "stm_b"}


@pytest.mark.parametrize("order", list(itertools.permutations(["ana", "berta", "clara"])))
def test_the_order_in_which_bundles_arrive_does_not_matter(tmp_path, order):
    team = Team(tmp_path)
    team.begin("ana")
    for name in ("berta", "clara", "reader"):
        team.join("ana", name)
    for i, name in enumerate(("ana", "berta", "clara")):
        team.say(name, claim(name, 10 + i), Source(SOURCE.source_id, f"Radio de {name}", "press"))
    bundles = {name: team.bundle(name) for name in order}

    for name in order:
        team.take("reader", bundles[name], (team.fingerprint(name),))

    with team.of("reader") as case:
        corpus = case.corpus()
        case.rebuild()
        assert case.corpus() == corpus
        assert {s.statement_id for s in corpus.statements} == {"stm_ana", "stm_berta", "stm_clara"}
        told = [(e.device, e.seq) for e in case.entries() if e.device != case.device.device_id]
    assert told == [
        (e[0], e[1]) for e in sorted(_entries(team, "ana", "berta", "clara"), key=lambda e: (e[2], e[0], e[1]))
    ]


def _entries(team: Team, *names: str) -> set[tuple[object, ...]]:
    return {row[:3] for name in names for row in team.tables(name)["ledger_entry"]}


def test_what_grew_by_merging_is_what_a_rebuild_makes(team: Team):
    team.say("ana", claim("a"), Source(SOURCE.source_id, "Radio Inventada de Ayacucho", "press"))
    team.say("berta", claim("b", 18), Source(SOURCE.source_id, "Radio Inventada de Puno", "press"))
    team.send("ana", "berta")
    before = team.tables("berta")

    with team.of("berta") as case:
        case.rebuild()

    assert team.tables("berta") == before


def test_contradictory_judgements_of_two_devices_both_stay(team: Team):
    for name in "ab":
        team.say("ana", claim(name))
    team.send("ana", "berta")
    team.say("ana", judged("one", IdentityVerdict.same, "A"))
    team.say("berta", judged("two", IdentityVerdict.different, "B"))

    team.send("ana", "berta")
    team.send("berta", "ana")

    for name in ("ana", "berta"):
        with team.of(name) as case:
            assert {j.judgement_id for j in case.corpus().judgements} == {"jdg_one", "jdg_two"}


def test_two_statements_under_one_id_are_both_kept_and_the_clash_is_shown_alike_everywhere(team: Team):
    team.say("ana", claim("same", 17))
    team.say("berta", claim("same", 18))

    team.send("ana", "berta")
    team.send("berta", "ana")

    shown = []
    for name in ("ana", "berta"):
        with team.of(name) as case:
            shown.append(conflicts(case))
            assert len(list(case.entries("statement"))) == 2
            assert case.corpus().statements[0].words in ("17 fallecidos", "18 fallecidos")
    assert shown[0] == shown[1]
    assert [c.item_id for c in shown[0]] == ["stm_same"]


def test_evidence_travels_with_the_entries_that_speak_of_it(team: Team):
    sha256 = team.keep("ana", b"invented bytes " * 100_000)

    done = team.send("ana", "berta")

    assert done.files == 1
    with team.of("berta") as case:
        case.evidence.check(sha256)


def test_taking_in_a_bundle_twice_changes_nothing(team: Team):
    team.say("ana", claim("a"))
    bundle = team.bundle("ana")
    team.take("berta", bundle)
    before = team.tables("berta", "ledger_entry", "projected", "checkpoint", "cosignature")

    done = team.take("berta", bundle)

    assert (done.entries, done.files, done.cosigned) == (0, 0, ())
    assert team.tables("berta", "ledger_entry", "projected", "checkpoint", "cosignature") == before


def test_a_bundle_for_somebody_holds_only_what_they_lack(team: Team):
    team.say("ana", *(claim(f"x{i}") for i in range(40)))
    team.keep("ana", b"a long film" * 10_000)
    team.send("ana", "berta")
    team.send("berta", "ana")
    team.say("ana", claim("new"))

    whole, rest = team.bundle("ana"), team.bundle("ana", "berta")
    done = team.take("berta", rest)

    assert rest.stat().st_size < whole.stat().st_size / 10
    assert done.entries == 1
    assert team.tables("ana") == team.tables("berta")


def test_old_bundles_that_arrive_late_take_nothing_back(team: Team):
    old = team.bundle("ana")
    team.say("ana", claim("a"))
    team.send("ana", "berta")

    done = team.take("berta", old)

    assert done.behind == (team.device("ana"),)
    with team.of("berta") as case:
        assert [s.statement_id for s in case.corpus().statements] == ["stm_a"]


def test_each_device_cosigns_what_it_has_checked_and_all_can_see_it(team: Team):
    team.say("ana", claim("a"))
    team.send("ana", "berta")
    team.send("berta", "ana")

    with team.of("ana") as case:
        status = {d.device_id: d for d in sync_status(case).devices}
    ana, berta = team.device("ana"), team.device("berta")
    assert dict(status[ana].checked_by)[berta] == status[ana].signed == status[ana].entries
    assert dict(status[berta].checked_by)[ana] == status[berta].signed


def test_news_of_a_third_device_travels_through_the_second(team: Team):
    team.join("berta", "clara")
    team.say("clara", claim("c"))
    team.send("clara", "berta")

    done = team.take("ana", team.bundle("berta"))

    assert team.device("clara") in done.new_devices
    with team.of("ana") as case:
        assert [s.statement_id for s in case.corpus().statements] == ["stm_c"]


def test_a_copy_may_join_with_descriptions_and_settings_and_names_everyone(tmp_path):
    team = Team(tmp_path)
    team.begin("ana")
    team.join("ana", "berta")

    with team.of("berta") as case:
        assert case.settings.name == "Invented"
        assert case.corpus().documents == (DOCUMENT,)

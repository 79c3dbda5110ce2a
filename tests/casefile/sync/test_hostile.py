"""Whatever a bundle holds, it is taken in whole or refused in words, and a refused one leaves no trace."""

from __future__ import annotations

import io
import json
import random
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.casefile.sync.devices import Team, claim
from willakuy.casefile.sync.bundle import MANIFEST
from willakuy.casefile.sync.errors import BundleBeginsLater, BundleNotRead, DeviceUnknown, FileTaken, OtherCase
from willakuy.casefile.sync.framing import BundleWriter, NotABundle, members_of
from willakuy.errors import WillakuyError

TABLES = ("ledger_entry", "projected", "checkpoint", "cosignature", "fork")


def state(team: Team, name: str) -> object:
    files = sorted(str(p.relative_to(team.folder(name))) for p in team.folder(name).rglob("*") if p.is_file())
    return team.tables(name, *TABLES), [f for f in files if not f.startswith("case.db-")]


def parts(path: Path) -> dict[str, bytes]:
    with path.open("rb") as source:
        found = {}
        for member in list(members_of(source)):
            source.seek(member.start)
            found[member.name] = source.read(member.size)
        return found


def rewrite(path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """A bundle with other contents, in perfect form: what somebody without the keys can do."""
    members = parts(path)
    change(members)
    out = path.with_suffix(".hostile")
    with out.open("wb") as stream:
        writer = BundleWriter(stream)
        for name, data in members.items():
            with writer.member(name) as write:
                write(data)
        writer.close()
    return out


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Team, bytes]:
    """Ana and Berta, and a bundle of Ana's: made once, since a refused bundle leaves everything as it was."""
    team = Team(tmp_path_factory.mktemp("told"))
    team.begin("ana")
    team.join("ana", "berta")
    team.send("berta", "ana")
    team.keep("ana", b"invented evidence")
    team.say("ana", claim("a"), claim("b", 18))
    with team.of("berta") as case:
        case.sign_checkpoint()
    return team, team.bundle("ana").read_bytes()


@pytest.fixture
def team(told: tuple[Team, bytes]) -> Team:
    return told[0]


@pytest.fixture
def bundle(told: tuple[Team, bytes], tmp_path: Path) -> Path:
    path = tmp_path / "bundle.wsync"
    path.write_bytes(told[1])
    return path


@pytest.fixture
def own(tmp_path: Path) -> Team:
    """A team of one's own, for what changes it."""
    team = Team(tmp_path)
    team.begin("ana")
    team.join("ana", "berta")
    team.send("berta", "ana")
    return team


def refused(team: Team, path: Path, error: type[WillakuyError] = BundleNotRead) -> WillakuyError:
    before = state(team, "berta")
    with pytest.raises(error) as e:
        team.take("berta", path)
    assert state(team, "berta") == before
    assert "Traceback" not in e.value.say_what()
    return e.value


def test_any_tar_can_list_and_read_a_bundle(team: Team, bundle: Path):
    with tarfile.open(bundle) as archive:
        assert {m.name: archive.extractfile(m).read() for m in archive.getmembers()} == parts(bundle)


def test_a_changed_byte_anywhere_is_refused_or_changes_nothing_recorded(own: Team):
    path, data = own.root / "x.wsync", own.bundle("ana").read_bytes()
    where = random.Random(3)
    before = state(own, "berta")
    for _ in range(150):
        broken = bytearray(data)
        broken[where.randrange(len(data))] ^= 1 << where.randrange(8)
        path.write_bytes(broken)
        try:
            own.take("berta", path)
        except WillakuyError:
            assert state(own, "berta") == before
        else:  # a byte that means nothing: settings, the sender's name, a line of a key nobody knows
            ledger = own.tables("berta")
            path.write_bytes(data)
            assert own.take("berta", path).entries == 0
            assert own.tables("berta") == ledger
            before = state(own, "berta")


@pytest.mark.parametrize("cut", [0, 1, 511, 512, 1000, -1, -512, -1024, -1025])
def test_a_bundle_that_was_cut_off_is_refused(team: Team, bundle: Path, cut: int):
    bundle.write_bytes(bundle.read_bytes()[:cut])

    refused(team, bundle)


def test_a_bundle_with_something_after_its_end_is_refused(team: Team, bundle: Path):
    bundle.write_bytes(bundle.read_bytes() + b"x" * 512)

    refused(team, bundle)


EVIL = ["../../evil", "/etc/passwd", "logs/../../x.jsonl", "objects/" + "A" * 64, "logs/ABCDEF01.jsonl", "bundle.json\n", "C:\\x", "objects/", "a" * 101]  # fmt: skip


KINDS = (tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE)


@pytest.mark.parametrize("name", [*EVIL, "objects/" + "0" * 64])
def test_names_and_kinds_that_no_bundle_has_are_refused(bundle: Path, name: str):
    for kind in KINDS if name in EVIL else KINDS[1:]:
        path = bundle.with_suffix(".tar")
        with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as archive:
            for member, data in parts(bundle).items():
                info = tarfile.TarInfo(member)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        with pytest.raises(NotABundle), path.open("rb") as source:
            list(members_of(source))


@pytest.mark.parametrize(
    "size", [b"77777777777\0", b"-0000000001\0", b"\x80" + b"\xff" * 11, b"           \0", b"00000000010 "]
)
def test_sizes_that_are_not_there_are_refused(size: bytes, bundle: Path):
    data = bytearray(bundle.read_bytes())
    data[124:136] = size
    total = sum(data[:148]) + 8 * 32 + sum(data[156:512])
    data[148:156] = f"{total:06o}\0 ".encode()

    with pytest.raises(NotABundle):
        list(members_of(io.BytesIO(data)))


def log_of(members: dict[str, bytes]) -> str:
    return max((n for n in members if n.startswith("logs/")), key=lambda n: len(members[n]))


def change_line(n: int, change: Callable[[dict[str, object]], object]) -> Callable[[dict[str, bytes]], object]:
    def apply(members: dict[str, bytes]) -> None:
        name = log_of(members)
        lines = members[name].splitlines()
        line = json.loads(lines[n])
        change(line)
        lines[n] = json.dumps(line, ensure_ascii=False).encode()
        members[name] = b"\n".join(lines) + b"\n"

    return apply


def drop_line(members: dict[str, bytes]) -> None:
    name = log_of(members)
    members[name] = b"".join(members[name].splitlines(keepends=True)[:-1])


def swap_lines(members: dict[str, bytes]) -> None:
    name = log_of(members)
    lines = members[name].splitlines(keepends=True)
    members[name] = b"".join([*lines[:-2], lines[-1], lines[-2]])


def manifest(change: Callable[[dict[str, object]], object]) -> Callable[[dict[str, bytes]], object]:
    def apply(members: dict[str, bytes]) -> None:
        value = json.loads(members[MANIFEST])
        change(value)
        members[MANIFEST] = json.dumps(value).encode()

    return apply


def deep(members: dict[str, bytes]) -> None:
    members[log_of(members)] = b"[" * 200_000 + b"\n"


CHANGES: dict[str, Callable[[dict[str, bytes]], object]] = {
    "another word": change_line(-1, lambda e: e["fields"].update(words="71 fallecidos")),
    "another lamport time": change_line(-1, lambda e: e.update(lamport=9000)),
    "a lamport time said twice": change_line(-1, lambda e: (e.update(lamport=9000), e["fields"].update({"entry.lamport": 9000}))),
    "the end of time": change_line(-1, lambda e: (e.update(lamport=2**53 - 1), e["fields"].update({"entry.lamport": 2**53 - 1}))),
    "another device": change_line(-1, lambda e: e["fields"].update({"entry.device": "00000000"})),
    "another kind": change_line(-1, lambda e: e.update(kind="judgement")),
    "a kind of no form": change_line(-1, lambda e: e.update(kind="../x")),
    "a float": change_line(-1, lambda e: e["fields"].update(words=1.5)),
    "a null": change_line(-1, lambda e: e["fields"].update(words=None)),
    "a field more": change_line(-1, lambda e: e["fields"].update(more="x")),
    "a field less": change_line(-1, lambda e: e["fields"].pop("words")),
    "no salts": change_line(-1, lambda e: e.update(salts="")),
    "other salts": change_line(-1, lambda e: e.update(salts="AAAA" + str(e["salts"])[4:])),
    "an unknown key": change_line(-1, lambda e: e.update(extra=1)),
    "an entry left out": drop_line,
    "entries out of order": swap_lines,
    "a nest of lists": deep,
    "a line without end": lambda m: m.update({log_of(m): m[log_of(m)][:-1]}),
    "not text": lambda m: m.update({log_of(m): b"\xff\xfe\n"}),
    "evidence left out": lambda m: [m.pop(n) for n in list(m) if n.startswith("objects/")],
    "other evidence": lambda m: m.update({n: b"forged" for n in m if n.startswith("objects/")}),
    "evidence nobody speaks of": lambda m: m.update({"objects/" + "0" * 64: b""}),
    "a sealed file nobody speaks of": lambda m: m.update({"sealed/" + "0" * 64: b""}),
    "a log it does not name": lambda m: m.update({"logs/00000000.jsonl": b""}),
    "a log left out": lambda m: m.pop(log_of(m)),
    "no heads": manifest(lambda v: [log.update(notes=[]) for log in v["logs"]]),
    "a head twice": manifest(lambda v: [log.update(notes=log["notes"] * 2) for log in v["logs"]]),
    "a head of another log": manifest(lambda v: v["logs"][0].update(notes=v["logs"][1]["notes"])),
    "a shorter log": manifest(lambda v: [log.update(size=1) for log in v["logs"]]),
    "a log of less than nothing": manifest(lambda v: [log.update(start=-1) for log in v["logs"]]),
    "another beginning": manifest(lambda v: [log.update(start_root="A" * 43 + "=") for log in v["logs"]]),
    "a root of another length": manifest(lambda v: [log.update(start_root="AAAA") for log in v["logs"]]),
    "a key more": manifest(lambda v: v.update(more=1)),
    "another format": manifest(lambda v: v.update(format="willakuy-bundle/2")),
    "an accusation": manifest(lambda v: v.update(forks=["{}"])),
    "no contents": lambda m: m.update({MANIFEST: b"null"}),
    "contents last": lambda m: m.update({MANIFEST: m.pop(MANIFEST)}),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_bundle_in_perfect_form_with_other_contents_is_refused(team: Team, bundle: Path, change):
    refused(team, rewrite(bundle, change))


def test_a_bundle_of_another_case_is_told_from_a_damaged_one(team: Team, tmp_path: Path):
    other = Team(tmp_path / "other", "other")
    other.root.mkdir()
    other.begin("eva")

    refused(team, other.bundle("eva"), OtherCase)


def test_a_stranger_with_nothing_but_a_bundle_is_not_believed(own: Team):
    team, bundle = own, own.bundle("ana")
    from willakuy.casefile.sync import join_case

    join_case(bundle, team.folder("stranger"))
    team.say("stranger", claim("lie", 1000))

    error = refused(team, team.bundle("stranger"), DeviceUnknown)

    assert str(error.facts["fingerprint"]) == team.fingerprint("stranger")
    done = team.take("berta", team.bundle("stranger"), (team.fingerprint("stranger"),))
    assert team.device("stranger") in done.new_devices


def test_a_bundle_for_somebody_else_may_begin_too_late(own: Team):
    team = own
    team.join("ana", "clara")
    team.send("clara", "ana")
    team.say("ana", *(claim(f"x{i}") for i in range(5)))
    team.send("ana", "berta")
    team.send("berta", "ana")
    team.say("ana", claim("y"))

    before = state(team, "clara")
    with pytest.raises(BundleBeginsLater):
        team.take("clara", team.bundle("ana", "berta"))
    assert state(team, "clara") == before


def test_a_bundle_is_never_written_over_something(team: Team, tmp_path: Path):
    from willakuy.casefile.sync import export_bundle

    (tmp_path / "mine.wsync").write_text("mine")
    with team.of("ana") as case, pytest.raises(FileTaken):
        export_bundle(case, tmp_path / "mine.wsync")

    assert (tmp_path / "mine.wsync").read_text() == "mine"


@pytest.mark.parametrize("name", ["missing.wsync", "."])
def test_what_is_no_file_is_said_to_be_none(team: Team, tmp_path: Path, name: str):
    refused(team, tmp_path / name)


def test_joining_from_a_broken_bundle_leaves_no_folder(team: Team, bundle: Path, tmp_path: Path):
    from willakuy.casefile.sync import join_case

    broken = rewrite(bundle, CHANGES["another word"])
    with pytest.raises(BundleNotRead):
        join_case(broken, tmp_path / "new")

    assert not [p for p in tmp_path.iterdir() if "new" in p.name]

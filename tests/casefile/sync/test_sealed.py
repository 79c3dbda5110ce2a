from __future__ import annotations

import pytest

from tests.casefile.sync.devices import Team, claim
from willakuy.casefile.sync import export_bundle, import_bundle, join_case
from willakuy.casefile.sync.errors import BundleNotRead
from willakuy.vault import NotARecipient, make_key, read_identity, write_key


@pytest.fixture
def key(tmp_path):
    pair = make_key()
    write_key(tmp_path / "key", pair)
    return pair.public, read_identity(tmp_path / "key", lambda: "")


def test_an_encrypted_bundle_is_read_with_the_key_and_with_no_other(team: Team, key):
    public, identity = key
    team.say("ana", claim("secreto", 17))
    path = team.root / "sealed.wsync"
    with team.of("ana") as case:
        export_bundle(case, path, seal_to=(public,))
    write_key(team.root / "other", make_key())
    other = read_identity(team.root / "other", lambda: "")

    assert b"fallecidos" not in path.read_bytes()
    with team.of("berta") as case:
        for wrong in (None, other):
            with pytest.raises(BundleNotRead):
                import_bundle(case, path, identity=wrong)
        assert import_bundle(case, path, identity=identity).entries == 2
    assert join_case(path, team.folder("clara"), identity=identity)[0].entries > 1


def test_a_changed_byte_of_an_encrypted_bundle_is_refused(team: Team, key):
    public, identity = key
    path = team.root / "sealed.wsync"
    with team.of("ana") as case:
        export_bundle(case, path, seal_to=(public,))
    data = bytearray(path.read_bytes())
    data[-40] ^= 1
    path.write_bytes(data)

    with team.of("berta") as case, pytest.raises(BundleNotRead):
        import_bundle(case, path, identity=identity)


def test_what_is_no_key_leaves_no_bundle(team: Team):
    with team.of("ana") as case, pytest.raises(NotARecipient):
        export_bundle(case, team.root / "x.wsync", seal_to=("age1nothing",))

    assert not [p for p in team.root.iterdir() if "x.wsync" in p.name]

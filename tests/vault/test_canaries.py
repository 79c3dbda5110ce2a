"""What is sealed or erased is in no byte of the case, its releases, its bags, temporary files or messages."""

from __future__ import annotations

import pytest

from tests.vault.canaries import LEAKS, Field, leak, plant, search


@pytest.fixture(scope="module")
def planted(tmp_path_factory) -> Field:
    return plant(tmp_path_factory.mktemp("canaries"), 20)


def test_no_canary_is_found_anywhere(planted):
    assert len(planted.canaries) >= 20
    assert len(planted.salts) >= 8
    assert search(planted) == []


@pytest.mark.parametrize("how", LEAKS)
def test_a_leak_made_on_purpose_is_found(planted, how, tmp_path):
    import shutil
    from dataclasses import replace

    folder = shutil.copytree(planted.folder, tmp_path / "case")
    outside = [shutil.copytree(p, tmp_path / p.name) for p in planted.outside]
    copy = replace(planted, folder=folder, outside=outside, printed=list(planted.printed))

    leak(copy, how)

    assert search(copy) != []

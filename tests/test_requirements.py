from __future__ import annotations

import re
import tomllib

import pytest

from tests.conftest import ROOT

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def named(requirements: list[str]) -> set[str]:
    return {_NAME.match(r)[0].lower() for r in requirements if not r.startswith("willakuy[")}


def wanted(pins: str) -> set[str]:
    """What ``requirements/lock.sh`` asks to be pinned in one of its files: the core and the extras it names."""
    (line,) = re.findall(rf"^pin {pins} (.*)$", (ROOT / "requirements" / "lock.sh").read_text("utf-8"), re.MULTILINE)
    extras = re.findall(r"--extra (\w+)", line)
    inner = [
        e
        for extra in extras
        for r in _PROJECT["optional-dependencies"][extra]
        for e in re.findall(r"willakuy\[(.*)\]", r)
    ]
    extras += [name for names in inner for name in names.split(",")]
    return named(_PROJECT["dependencies"]).union(*(named(_PROJECT["optional-dependencies"][e]) for e in extras))


@pytest.mark.parametrize("pins", ["run", "dev"])
def test_everything_the_project_asks_for_is_pinned(pins):
    pinned = set(
        re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements" / f"{pins}.txt").read_text("utf-8"), re.MULTILINE)
    )

    assert wanted(pins) - {p.lower() for p in pinned} == set()


@pytest.mark.parametrize("pins", ["run", "dev"])
def test_no_pin_names_an_address(pins):
    assert "://" not in (ROOT / "requirements" / f"{pins}.txt").read_text("utf-8")

"""BagIt (RFC 8493, and the drafts 0.93–0.97 before it): whether a bag is whole.

Stricter than the specification in one thing: a bag that leaves files to be fetched from an address (``fetch.txt``) is
whole only when they are in it. Nothing is ever fetched because a package says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from willakuy.evidence.packages.names import NameRefused, settled_name
from willakuy.i18n import gettext

ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_DECLARATION = re.compile(
    r"\ABagIt-Version: (?P<version>\d+\.\d+)\r?\nTag-File-Character-Encoding: (?P<encoding>\S+)(\r?\n)?\Z"
)
_KNOWN_VERSIONS = {"0.93", "0.94", "0.95", "0.96", "0.97", "1.0"}
_MANIFEST = re.compile(r"\A(tag)?manifest-([a-z0-9]+)\.txt\Z", re.IGNORECASE)
_LINE = re.compile(r"\A([0-9A-Fa-f]+)[ \t]+\*?(.+)\Z")


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a manifest: the digest it gives for a file."""

    manifest: str
    algorithm: str
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Bag:
    """What the manifests say. ``problems`` are what makes it no valid bag even before a byte is hashed."""

    version: str
    listed: tuple[Listed, ...]
    problems: tuple[str, ...]

    @property
    def algorithms(self) -> tuple[str, ...]:
        return tuple(sorted({line.algorithm for line in self.listed}))


def is_bag(names: set[str]) -> bool:
    return "bagit.txt" in names


def tag_files(names: set[str]) -> list[str]:
    """Which files to read to know what the bag claims."""
    return [n for n in sorted(names) if n in ("bagit.txt", "bag-info.txt", "fetch.txt") or _MANIFEST.match(n)]


def read_bag(names: set[str], tags: Mapping[str, bytes]) -> Bag:
    """What the bag with files ``names`` claims, from the bytes of its ``tag_files``."""
    problems: list[str] = []
    found = _DECLARATION.match(tags.get("bagit.txt", b"").decode("utf-8", "replace"))
    if not found or found["version"] not in _KNOWN_VERSIONS:
        return Bag("", (), (gettext("bagit.txt does not declare a known version and an encoding"),))
    version, encoding = found["version"], found["encoding"]
    listed: list[Listed] = []
    for name in tags:
        manifest = _MANIFEST.match(name)
        if manifest is None:
            continue
        try:
            text = tags[name].decode(encoding)
        except (LookupError, UnicodeDecodeError):
            problems.append(gettext("{file} is not in the encoding {encoding}").format(file=name, encoding=encoding))
            continue
        listed += _lines(name, manifest[2].lower(), text, version, problems)
    problems += _to_fetch(names, tags.get("fetch.txt", b"").decode(encoding, "replace"))
    problems += _structure(names, listed, version)
    return Bag(version, tuple(listed), tuple(problems))


def _lines(manifest: str, algorithm: str, text: str, version: str, problems: list[str]) -> list[Listed]:
    if algorithm not in ALGORITHMS:
        problems.append(gettext("{file} uses an algorithm nobody here can compute").format(file=manifest))
        return []
    found: dict[str, Listed] = {}
    for line in text.lstrip("\ufeff").splitlines():
        if not line.strip():
            continue
        parts = _LINE.match(line)
        if not parts:
            problems.append(gettext("{file} has a line that is no digest and name").format(file=manifest))
            continue
        try:
            name = settled_name(_decoded(parts[2]) if version == "1.0" or "%0" in parts[2] else parts[2])
        except NameRefused as e:
            problems.append(f"{manifest}: {e}")
            continue
        known = found.get(name)
        if known and (known.digest != parts[1].lower() or version == "1.0"):
            problems.append(gettext("{member} is listed twice in {file}").format(member=name, file=manifest))
        found[name] = Listed(manifest, algorithm, name, parts[1].lower())
    return list(found.values())


def _decoded(name: str) -> str:
    """RFC 8493 2.1.3: only CR, LF and the percent sign are encoded."""
    return re.sub("%(0[dDaA]|25)", lambda m: chr(int(m[1], 16)), name)


def _to_fetch(names: set[str], text: str) -> list[str]:
    """Files ``fetch.txt`` leaves to be fetched (RFC 8493 2.2.3): named honestly, and here already."""
    problems = []
    for line in text.splitlines():
        parts = line.split(None, 2)
        try:
            name = settled_name(parts[2]) if len(parts) == 3 else ""
        except NameRefused as e:
            problems.append(f"fetch.txt: {e}")
            continue
        if name not in names:
            problems.append(
                gettext("{member} would have to be fetched, and nothing is fetched").format(member=name or "?")
            )
        elif not name.startswith("data/"):
            problems.append(gettext("{member} is outside the payload in {file}").format(member=name, file="fetch.txt"))
    return problems


def _structure(names: set[str], listed: list[Listed], version: str) -> list[str]:
    problems = []
    payload = {unicodedata.normalize("NFC", n) for n in names if n.startswith("data/")}
    manifests: dict[str, set[str]] = {}
    for line in listed:
        manifests.setdefault(line.manifest, set()).add(line.name)
    of_payload = {m: lines for m, lines in manifests.items() if not m.lower().startswith("tag")}
    if not of_payload and not any(n.lower().startswith("manifest-") for n in names):
        problems.append(gettext("it has no manifest of its payload"))
    for manifest, lines in sorted(of_payload.items()):
        problems += [
            gettext("{member} is outside the payload in {file}").format(member=n, file=manifest)
            for n in sorted(lines)
            if not n.startswith("data/")
        ]
    everywhere = set.intersection(*of_payload.values()) if of_payload and version == "1.0" else set()
    anywhere = set().union(*of_payload.values())
    unlisted = payload - (everywhere if version == "1.0" else anywhere)
    problems += [gettext("{member} is in no manifest").format(member=n) for n in sorted(unlisted)[:5]]
    missing = {line.name for line in listed} - names
    problems += [gettext("{member} is missing").format(member=n) for n in sorted(missing)[:5]]
    return problems

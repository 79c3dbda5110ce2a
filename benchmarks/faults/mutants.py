"""Forged releases against the one-file verifier that stands in each: every one has to be refused.

A forger changes values, rows, keys, files, signatures or hashes. Each change is tried as it is; with the manifest written anew;
and with the seal and every signature made anew under a key of the forger's, against the policy a reader got elsewhere.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.faults import bugs
from benchmarks.faults.outcome import Outcome, Progress
from benchmarks.faults.work import prepare, published_case
from willakuy.ledger import SigningKey, checkpoint_of, sign
from willakuy.publication import verify

_verify: Any = verify
FULL = 10_000

Files = dict[str, bytes]
Mutation = Callable[[Files, random.Random], Files]
"""From the files of a release to those that change; a file that goes is ``b""`` under a name in ``GONE``."""

GONE = b"\0gone"


def _rows(files: Files, rng: random.Random) -> tuple[str, list[Any]]:
    path = rng.choice([p for p in files if p.endswith(".jsonl") and files[p].count(b"\n") > 1])
    return path, [json.loads(line) for line in files[path].splitlines()]


def _written(rows: list[Any]) -> bytes:
    return "".join(
        json.dumps(r, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n" for r in rows
    ).encode()


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value that holds neither a list nor an object."""
    if isinstance(value, dict | list) and value:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(inner, (*path, key))
    elif path:
        yield path


def _other(value: Any, rng: random.Random) -> Any:
    """A value of the same kind that is another one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + rng.choice((-1, 1, 10))
    if isinstance(value, str) and value:
        i = rng.randrange(len(value))
        return value[:i] + rng.choice([c for c in "0a9é " if c != value[i]]) + value[i + 1 :]
    return rng.choice(("x", 1)) if value is None else None


def _changed(value: Any, rng: random.Random) -> None:
    *above, last = rng.choice(list(_leaves(value)))
    for key in above:
        value = value[key]
    value[last] = _other(value[last], rng)


def value(files: Files, rng: random.Random) -> Files:
    """One value of one row."""
    path, rows = _rows(files, rng)
    _changed(rng.choice(rows), rng)
    return {path: _written(rows)}


def key_dropped(files: Files, rng: random.Random) -> Files:
    path, rows = _rows(files, rng)
    row = rng.choice(rows)
    row.pop(rng.choice(sorted(row)))
    return {path: _written(rows)}


def key_added(files: Files, rng: random.Random) -> Files:
    path, rows = _rows(files, rng)
    rng.choice(rows)["lo "] = 94
    return {path: _written(rows)}


def key_twice(files: Files, rng: random.Random) -> Files:
    """A second value under the same key, for readers that take the first."""
    path, _ = _rows(files, rng)
    lines = files[path].splitlines(keepends=True)
    i = rng.randrange(len(lines))
    lines[i] = b'{"id":"stm_other",' + lines[i][1:]
    return {path: b"".join(lines)}


def row_dropped(files: Files, rng: random.Random) -> Files:
    path, rows = _rows(files, rng)
    rows.pop(rng.randrange(len(rows)))
    return {path: _written(rows)}


def row_twice(files: Files, rng: random.Random) -> Files:
    path, rows = _rows(files, rng)
    rows.insert(rng.randrange(len(rows)), rng.choice(rows))
    return {path: _written(rows)}


def rows_swapped(files: Files, rng: random.Random) -> Files:
    path, rows = _rows(files, rng)
    i = rng.randrange(len(rows) - 1)
    rows[i], rows[i + 1] = rows[i + 1], rows[i]
    return {path: _written(rows)} if rows[i] != rows[i + 1] else row_twice(files, rng)


def bit(files: Files, rng: random.Random) -> Files:
    """One bit of any file; of JSON, one that changes a value and not only the white space between values."""
    path = rng.choice([p for p in sorted(files) if files[p] and p not in ("seal.json", "manifest.json")])
    data = bytearray(files[path])
    at = rng.randrange(8 * len(data))
    data[at // 8] ^= 1 << at % 8
    return {path: bytes(data)}


def cut(files: Files, rng: random.Random) -> Files:
    path = rng.choice([p for p in sorted(files) if files[p]])
    return {path: files[path][: rng.randrange(len(files[path]))]}


def gone(files: Files, rng: random.Random) -> Files:
    return {rng.choice(sorted(files)): GONE}


def added(files: Files, rng: random.Random) -> Files:
    folder = rng.choice(sorted({p.rpartition("/")[0] for p in files}))
    return {f"{folder}/more.html".lstrip("/"): b"<p>94"}


def exchanged(files: Files, rng: random.Random) -> Files:
    a, b = rng.sample([p for p in sorted(files) if "/" in p], 2)
    return {a: files[b], b: files[a]} if files[a] != files[b] else gone(files, rng)


def sealed_value(files: Files, rng: random.Random) -> Files:
    """One value of the manifest or of the seal."""
    path = rng.choice(("manifest.json", "seal.json"))
    held = json.loads(files[path])
    _changed(held, rng)
    return {path: json.dumps(held, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"}


def note(files: Files, rng: random.Random) -> Files:
    """One character of a signed head: another letter, another spelling of the same base64, a line more or less."""
    path = rng.choice([p for p in sorted(files) if p.endswith("/checkpoint")])
    text = files[path].decode()
    kind, i = rng.randrange(4), rng.randrange(len(text))
    if kind == 0:
        text = text[:i] + rng.choice([c for c in "A0=+\n" if c != text[i]]) + text[i + 1 :]
    elif kind == 1:
        text = text[:-1]
    elif kind == 2:
        text += text.splitlines()[-1] + "\n "
    else:
        text = text.replace("\n", "\n ", 1)
    return {path: text.encode()}


def policy(files: Files, rng: random.Random) -> Files:
    """Another key in the policy that came with the release."""
    text = files["ledger/policy"].decode()
    i = rng.randrange(4, text.index("\n"))
    return {"ledger/policy": (text[:i] + rng.choice([c for c in "A0b" if c != text[i]]) + text[i + 1 :]).encode()}


MUTATIONS: tuple[Mutation, ...] = (
    value, value, value, key_dropped, key_added, key_twice, row_dropped, row_twice, rows_swapped,
    bit, bit, cut, gone, added, exchanged, sealed_value, sealed_value, note, policy,
)  # fmt: skip


def with_manifest(files: Files, changed: Files) -> Files:
    """The manifest written anew over what was changed: what anybody can do."""
    held = json.loads(changed.get("manifest.json", files["manifest.json"]))
    named = {path: (size, digest) for path, size, digest in held["files"]}
    for path, data in changed.items():
        if data is GONE:
            named.pop(path, None)
        elif path not in ("manifest.json", "seal.json"):
            named[path] = (len(data), hashlib.sha256(data).hexdigest())
    held["files"] = [[path, *facts] for path, facts in sorted(named.items())]
    return {**changed, "manifest.json": json.dumps(held, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"}


def with_seal(files: Files, changed: Files) -> Files:
    """The seal made anew over a new manifest, and all heads signed by a key of the forger's own."""
    changed = with_manifest(files, changed)
    seal, origin = json.loads(files["seal.json"]), files["ledger/policy"].decode().split()[1].split("+")[0]
    forger = SigningKey(origin, b"\x07" * 32)
    for item in seal["entry"]["fields"]:
        if item[1] == "manifest_sha256":
            item[2] = hashlib.sha256(changed["manifest.json"]).hexdigest()
    seal["entry"]["header"]["fields_root"] = _root(seal["entry"])
    device = origin.rsplit("/", 1)[1]
    size = json.loads(files["manifest.json"])["frozen"]["logs"][device]
    leaves = [*_entries(files, device, size), *map(bytes.fromhex, seal["between"])]
    leaves.append(bytes.fromhex(_verify.committed(seal["entry"])))
    seal["checkpoint"] = sign(checkpoint_of(origin, leaves), forger)
    return {**changed, "seal.json": json.dumps(seal, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"}


def _root(entry: Any) -> str:
    leaves = {i: bytes.fromhex(leaf) for i, leaf in entry["hidden"]}
    for i, path, held, salt in entry["fields"]:
        leaves[i] = _verify.sha(b"willakuy/field/v1\0", bytes.fromhex(salt), _verify.canonical([path, held]))
    return str(_verify.root_of([leaves[i] for i in range(entry["header"]["n"])]).hex())


def _entries(files: Files, device: str, size: int) -> list[bytes]:
    bundle = files[f"ledger/{device}/{_verify.path_of('entries', 0, size)}"]
    return [bundle[i + 2 : i + 34] for i in range(0, len(bundle), 34)]


class Forge:
    """One release, forged and made whole again in place."""

    def __init__(self, folder: Path, trusted: Path) -> None:
        self.folder, self.trusted = folder, trusted
        self.files = {
            p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
        }
        trusted.write_bytes(self.files["ledger/policy"])

    def refused(self, changed: Files, policy: Path | None) -> bool | str:
        """Whether the verifier refuses; a traceback in words where it died."""
        for path, data in changed.items():
            place = self.folder / path
            place.unlink(missing_ok=True)
            if data is not GONE:
                place.write_bytes(data)
        try:
            return bool(_verify.Check(str(self.folder), policy).problems)
        except Exception as e:
            return f"died: {type(e).__name__}: {e}"
        finally:
            for path in changed:
                (self.folder / path).unlink(missing_ok=True)
                if path in self.files:
                    (self.folder / path).write_bytes(self.files[path])

    def forgeries(self, rng: random.Random) -> Iterator[tuple[str, Files, Path | None]]:
        """Without end: its name, the files that change, and the policy a reader has."""
        while True:
            mutation = rng.choice(MUTATIONS)
            changed = mutation(self.files, rng)
            if all(self.files.get(path) == data for path, data in changed.items()):
                continue
            name = mutation.__name__
            yield name, changed, None
            if not changed.keys() & {"manifest.json", "seal.json"}:
                yield f"{name}, manifest anew", with_manifest(self.files, changed), None
                yield f"{name}, sealed anew", with_seal(self.files, changed), self.trusted


@contextlib.contextmanager
def _remembered() -> Iterator[None]:
    """The same signature is worked out once: what is checked is not changed by it."""
    with bugs.patched((_verify, "signed", functools.lru_cache(maxsize=4096)(_verify.signed))):
        yield


def mutants(scratch: Path, rng: random.Random, count: int | None, progress: Progress) -> Outcome:
    """By default 10,000 forgeries of one release; each seeded hole in the verifier lets some of 400 through."""
    outcome = Outcome("mutants", "forged releases against the one-file verifier")
    prepare(published_case(), scratch / "one", published_case().steps)
    forge = Forge(scratch / "one" / "case" / "releases" / "001", scratch / "policy")
    if forge.refused({}, forge.trusted):
        raise RuntimeError("the release does not verify before it is forged")
    with _remembered():
        for name, changed, trusted in forge.forgeries(rng):
            if outcome.n == (count or FULL):
                break
            outcome.n += 1
            family = name.rpartition(", ")[2] if ", " in name else "as it is"
            outcome.facts[family] = outcome.facts.get(family, 0) + 1
            said = forge.refused(changed, trusted)
            if said is not True:
                outcome.violations.append(f"{name}, {sorted(changed)[:3]}: {said or 'accepted'}")
            progress(outcome.n)
        for hole, bug in HOLES.items():
            with bug():
                some = (forge.refused(c, p) for (_, c, p), _ in zip(forge.forgeries(rng), range(400), strict=False))
                outcome.caught[hole] = int(any(said is False for said in some))
    return outcome


def _fail_but_for(*kinds: str) -> Callable[..., None]:
    def fail(check: Any, kind: str, *facts: str) -> None:
        if kind not in kinds:
            check.problems.append((kind, facts))

    return fail


HOLES: dict[str, Callable[[], Any]] = {
    "files not hashed": lambda: bugs.patched(
        (_verify.Check, "files", lambda _self: 0), (_verify, "signed", lambda *_a: True)
    ),
    "seal not checked": lambda: bugs.patched((_verify.Check, "fail", _fail_but_for("seal", "head"))),
    "signatures believed": lambda: bugs.patched((_verify.Check, "head", lambda *_a: None)),
}

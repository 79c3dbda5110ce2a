"""Whom to trust, as a text file: C2SP tlog-policy.

    log <vkey> [<url>]
    witness <name> <vkey> [<url>]
    group <name> all|any|<k> <member>…
    quorum <name>|none

A checkpoint is good when one of the logs signed it and enough witnesses cosigned it. Trust begins here: the file
should reach a reader by another way than what it is used to check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from willakuy.ledger.notes import Checkpoint, Note, NoteNotValid, SignatureKind, Verifier, open_checkpoint

NONE = "none"


class PolicyNotRead(ValueError):
    """Line ``line`` of the policy is not in the format; nothing may be trusted on its word."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Group:
    """``k`` of the members, each a witness or a group defined before."""

    k: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A checkpoint a policy accepts, and the names of the witnesses that cosigned it."""

    checkpoint: Checkpoint
    witnesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    logs: tuple[Verifier, ...]
    witnesses: Mapping[str, Verifier]
    groups: Mapping[str, Group]
    quorum: str

    def judge(self, note: str, *, now: int | None = None) -> Judged:
        """The checkpoint in ``note``, if it is signed and cosigned as the policy asks.

        Args:
            now: seconds since 1970; a cosignature of a later time counts for nothing. Without it, times are not looked at.

        Raises:
            NoteNotValid: it is not; the sentence says what is missing.
        """
        parsed = Note.parse(note)
        origin = Checkpoint.parse(parsed.text).origin
        logs = [log for log in self.logs if log.name == origin]
        if not logs:
            raise NoteNotValid("a checkpoint of a log the policy does not know")
        signed = [log for log in logs if any(log.made(s) for s in parsed.signatures)]
        checkpoint = open_checkpoint(parsed, (signed or logs)[0])
        present = {
            name
            for name, witness in self.witnesses.items()
            if any(now is None or time <= now for time in witness.times_signed(parsed))
        }
        if self.quorum != NONE and not self._holds(self.quorum, present):
            raise NoteNotValid(f"too few cosignatures for the quorum {self.quorum}")
        return Judged(checkpoint, tuple(sorted(present)))

    def _holds(self, name: str, present: set[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in present
        return sum(self._holds(member, present) for member in group.members) >= group.k


def parse_policy(data: bytes) -> Policy:
    """Read a policy file.

    Raises:
        PolicyNotRead: names the line.
    """
    logs: list[Verifier] = []
    witnesses: dict[str, Verifier] = {}
    groups: dict[str, Group] = {}
    quorum: str | None = None
    taken: set[str] = set()
    for n, (word, *rest) in _lines(data):
        match word, rest:
            case "log", [vkey] | [vkey, _]:
                logs.append(_key(n, vkey, SignatureKind.ed25519, logs))
            case "witness", [name, vkey] | [name, vkey, _]:
                _name_is_new(n, name, witnesses, groups)
                witnesses[name] = _key(n, vkey, SignatureKind.cosignature, list(witnesses.values()))
            case "group", [name, k, *members]:
                _name_is_new(n, name, witnesses, groups)
                groups[name] = _group(n, k, members, {*witnesses, *groups}, taken)
                taken.update(members)
            case "quorum", [name]:
                if quorum is not None or name not in {NONE, *witnesses, *groups}:
                    raise PolicyNotRead(n, "a second quorum, or one of a name not defined before")
                quorum = name
            case _:
                raise PolicyNotRead(n, "not a log, witness, group or quorum")
    if quorum is None:
        raise PolicyNotRead(data.count(b"\n") + 1, "no quorum")
    return Policy(tuple(logs), witnesses, groups, quorum)


def _lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    if any((c < 0x20 and c not in b"\t\n") or c == 0x7F for c in data):
        raise PolicyNotRead(1, "a control character")
    for n, line in enumerate(data.split(b"\n"), 1):
        words = [w.decode("utf-8", "surrogateescape") for w in line.replace(b"\t", b" ").split(b" ") if w]
        if words and not words[0].startswith("#"):
            yield n, words


def _key(n: int, vkey: str, kind: SignatureKind, known: list[Verifier]) -> Verifier:
    try:
        verifier = Verifier.of(vkey)
    except NoteNotValid as e:
        raise PolicyNotRead(n, str(e)) from e
    if verifier.kind is not kind:
        raise PolicyNotRead(n, "a key for another kind of signature")
    if any(verifier.public == other.public for other in known):
        raise PolicyNotRead(n, "the same key twice")
    return verifier


def _name_is_new(n: int, name: str, witnesses: Mapping[str, Verifier], groups: Mapping[str, Group]) -> None:
    if name == NONE or name in witnesses or name in groups:
        raise PolicyNotRead(n, f"the name {name} is taken")


def _group(n: int, k: str, members: list[str], known: set[str], taken: set[str]) -> Group:
    strange = [m for m in members if m not in known or m in taken]
    if not members or strange or len(set(members)) < len(members):
        raise PolicyNotRead(n, "a member that is not defined before, or that is in a group already")
    if k in ("all", "any"):
        return Group(len(members) if k == "all" else 1, tuple(members))
    if not (k.isascii() and k.isdigit() and k == str(int(k)) and 1 <= int(k) <= len(members)):
        raise PolicyNotRead(n, f"not a number from 1 to {len(members)}")
    return Group(int(k), tuple(members))

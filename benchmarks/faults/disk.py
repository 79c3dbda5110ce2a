"""A disk as the worst of its kind: what was not synced may be there, or not, or in part, in any order.

Names belong to folders and bytes to files, and each is made durable on its own: syncing a file says nothing of its name
(POSIX promises no more). A rename is one step. ``syncfs`` and ``sync`` make everything durable.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.faults.tracing import Call

SECTOR = 512

Tree = dict[str, bytes]
"""Path below the root to content; folders do not show."""


@dataclass(frozen=True, slots=True)
class Op:
    """``touches`` are the inodes whose sync makes it durable. A data op changes one file, a name op one or two folders."""

    kind: str
    touches: tuple[int, ...]
    args: tuple[Any, ...]

    @property
    def is_data(self) -> bool:
        return self.kind in ("write", "truncate")


@dataclass(frozen=True, slots=True)
class Boundary:
    """The moment after one call: what is durable, what is pending, and how many steps have been acknowledged."""

    durable: Mapping[int, Any]
    pending: tuple[Op, ...]
    n_acked: int


class Recorder:
    """Plays a trace on a model of the disk; ``boundaries`` gives the moment after each call that changed it."""

    def __init__(self, root: Path, ack: Path) -> None:
        self.root, self.ack = str(root), str(ack)
        self.nodes: dict[int, Any] = {0: {}}
        self.live: dict[int, dict[str, int]] = {0: {}}
        self.pending: list[Op] = []
        self.fds: dict[int, list[Any]] = {}
        self.n_acked = 0
        self._next = 1
        self._load(root, 0)

    def _load(self, folder: Path, node: int) -> None:
        for path in sorted(folder.iterdir()) if folder.is_dir() else []:
            child = self._new(is_folder=path.is_dir())
            self.nodes[node] = {**self.nodes[node], path.name: child}
            self.live[node][path.name] = child
            if path.is_dir():
                self._load(path, child)
            else:
                self.nodes[child] = path.read_bytes()

    def _new(self, *, is_folder: bool) -> int:
        node, self._next = self._next, self._next + 1
        self.nodes[node] = {} if is_folder else b""
        if is_folder:
            self.live[node] = {}
        return node

    def boundaries(self, calls: list[Call]) -> Iterator[Boundary]:
        """One for each call that changed the disk, made something durable or acknowledged."""
        for call in calls:
            if call.result.startswith("-1") or call.result.startswith("?"):
                continue
            if self._play(call):
                yield Boundary(dict(self.nodes), tuple(self.pending), self.n_acked)

    def _play(self, call: Call) -> bool:
        method = getattr(self, f"_{_ALIASES.get(call.name, call.name)}", None)
        return bool(method(_arguments(call.args), call)) if method else False

    # names

    def _find(self, path: str) -> tuple[int, str] | None:
        """The folder node and last name of a path below the root."""
        if not path.startswith(self.root + "/"):
            return None
        *above, name = path[len(self.root) + 1 :].split("/")
        node = 0
        for part in above:
            node = self.live[node][part]
        return node, name

    def _openat(self, args: list[str], call: Call) -> bool:
        path = _at(args[0], args[1])
        fd = int(call.result.split("<")[0].split()[0])
        if path == self.ack:
            self.fds[fd] = ["ack", 0]
            return False
        found = self._find(path) if path != self.root else (0, "")
        if found is None:
            self.fds.pop(fd, None)
            return False
        folder, name = found
        node = self.live[folder].get(name) if name else 0
        is_new = node is None
        if node is None:
            node = self._new(is_folder=False)
            self._name("add", (folder,), (name, node))
        self.fds[fd] = [node, 0]
        if "O_TRUNC" in call.args and not is_new:
            self.pending.append(Op("truncate", (node,), (0,)))
        return is_new or "O_TRUNC" in call.args

    def _name(self, kind: str, folders: tuple[int, ...], args: tuple[Any, ...]) -> bool:
        op = Op(kind, folders, args)
        self.pending.append(op)
        apply_names(self.live, op)
        return True

    def _mkdirat(self, args: list[str], _call: Call) -> bool:
        found = self._find(_at(*args[:2]))
        if found is None:
            return False
        return self._name("add", (found[0],), (found[1], self._new(is_folder=True)))

    def _unlinkat(self, args: list[str], _call: Call) -> bool:
        found = self._find(_at(*args[:2]))
        return found is not None and self._name("remove", (found[0],), (found[1],))

    def _linkat(self, args: list[str], _call: Call) -> bool:
        source, target = self._find(_at(*args[:2])), self._find(_at(*args[2:4]))
        if source is None or target is None:
            return False
        return self._name("add", (target[0],), (target[1], self.live[source[0]][source[1]]))

    def _renameat2(self, args: list[str], call: Call) -> bool:
        source, target = self._find(_at(*args[:2])), self._find(_at(*args[2:4]))
        if source is None or target is None:
            return False
        node = self.live[source[0]][source[1]]
        other = self.live[target[0]][target[1]] if "RENAME_EXCHANGE" in call.args else None
        return self._name("rename", (source[0], target[0]), (source[1], target[1], node, other))

    # bytes

    def _write(self, args: list[str], call: Call) -> bool:
        fd = _fd(args[0])
        if fd not in self.fds:
            return False
        node, at = self.fds[fd]
        data = _bytes(args[1])[: int(call.result)]
        if node == "ack":
            self.n_acked += data.rstrip().endswith(b" 0")
            return True
        self.fds[fd][1] = at + len(data)
        self.pending.append(Op("write", (node,), (at, data)))
        return True

    def _pwrite64(self, args: list[str], call: Call) -> bool:
        fd = _fd(args[0])
        if fd not in self.fds:
            return False
        self.pending.append(Op("write", (self.fds[fd][0],), (int(args[3]), _bytes(args[1])[: int(call.result)])))
        return True

    def _lseek(self, args: list[str], call: Call) -> bool:
        if _fd(args[0]) in self.fds:
            self.fds[_fd(args[0])][1] = int(call.result)
        return False

    def _ftruncate(self, args: list[str], _call: Call) -> bool:
        if _fd(args[0]) not in self.fds:
            return False
        self.pending.append(Op("truncate", (self.fds[_fd(args[0])][0],), (int(args[1]),)))
        return True

    def _close(self, args: list[str], _call: Call) -> bool:
        self.fds.pop(_fd(args[0]), None)
        return False

    # durability

    def _fsync(self, args: list[str], _call: Call) -> bool:
        if _fd(args[0]) not in self.fds:
            return False
        node = self.fds[_fd(args[0])][0]
        return self._settle(lambda op: node in op.touches)

    def _sync(self, _args: list[str], _call: Call) -> bool:
        return self._settle(lambda _op: True)

    def _settle(self, is_meant: Any) -> bool:
        meant = [op for op in self.pending if is_meant(op)]
        self.pending = [op for op in self.pending if not is_meant(op)]
        self.nodes = applied(self.nodes, meant)
        return True


_ALIASES = {
    "open": "openat", "mkdir": "mkdirat", "unlink": "unlinkat", "rmdir": "unlinkat", "link": "linkat",
    "rename": "renameat2", "renameat": "renameat2", "fdatasync": "fsync", "syncfs": "sync",
}  # fmt: skip
_PATH_ALONE = ("open", "mkdir", "unlink", "rmdir", "link", "rename")


def applied(nodes: Mapping[int, Any], ops: list[Op]) -> dict[int, Any]:
    """The disk after ``ops``, in their order; ``nodes`` is left as it is."""
    out = dict(nodes)
    for op in ops:
        if op.kind == "write":
            at, data = op.args
            was = out[op.touches[0]]
            out[op.touches[0]] = was[:at].ljust(at, b"\0") + data + was[at + len(data) :]
        elif op.kind == "truncate":
            out[op.touches[0]] = out[op.touches[0]][: op.args[0]].ljust(op.args[0], b"\0")
        else:
            for folder in op.touches:
                out[folder] = dict(out[folder])
            apply_names(out, op)
    return out


def apply_names(folders: Any, op: Op) -> None:
    """One change of names, even when what it builds on never reached the disk."""
    if op.kind == "add":
        folders[op.touches[0]][op.args[0]] = op.args[1]
    elif op.kind == "remove":
        folders[op.touches[0]].pop(op.args[0], None)
    else:
        source, target, node, other = op.args
        folders[op.touches[0]].pop(source, None)
        folders[op.touches[1]][target] = node
        if other is not None:
            folders[op.touches[0]][source] = other


def tree_of(nodes: Mapping[int, Any], node: int = 0, above: str = "") -> Tree:
    """Everything that can be reached from the root by its names."""
    out: Tree = {}
    for name, child in nodes[node].items():
        content = nodes[child]
        if isinstance(content, bytes):
            out[above + name] = content
        else:
            out.update(tree_of(nodes, child, f"{above}{name}/"))
    return out


def crashes(boundary: Boundary, rng: random.Random, n_random: int) -> Iterator[dict[int, Any]]:
    """Disks that a power cut at this moment may leave: the plain cases, then ``n_random`` drawn ones."""
    pending = list(boundary.pending)
    yield applied(boundary.durable, [])
    if not pending:
        return
    yield applied(boundary.durable, pending)
    yield applied(boundary.durable, [op for op in pending if not op.is_data])
    yield applied(boundary.durable, [_zeroed(op) for op in pending])
    yield applied(boundary.durable, [op for op in pending if op.is_data])
    for i in range(n_random):
        if i % 4 == 0:
            yield applied(boundary.durable, pending[: rng.randrange(len(pending) + 1)])
            continue
        share = rng.choice((0.2, 0.5, 0.8, 0.95))
        chosen = [op for op in pending if rng.random() < share]
        yield applied(boundary.durable, [piece for op in chosen for piece in _torn(op, rng, i % 2 == 0)])


def _zeroed(op: Op) -> Op:
    """The file has grown, and what should fill it has not arrived."""
    return Op("write", op.touches, (op.args[0], bytes(len(op.args[1])))) if op.kind == "write" else op


def _torn(op: Op, rng: random.Random, is_torn: bool) -> Iterator[Op]:
    """A write as the sectors of it that arrived."""
    if not is_torn or op.kind != "write" or rng.random() < 0.5:
        yield op
        return
    at, data = op.args
    start = 0
    while start < len(data):
        end = min(len(data), (at + start) // SECTOR * SECTOR + SECTOR - at)
        if rng.random() < 0.6:
            yield Op("write", op.touches, (at + start, data[start:end]))
        start = end


# reading what strace wrote with -xx: every string in hex

_HEX = re.compile(r"\\x([0-9a-f]{2})")


def _arguments(args: str) -> list[str]:
    out, current, depth = [], "", 0
    for token in re.findall(r'"[^"]*"|<[^>]*>|[{\[(]|[}\])]|,|[^",<{}\[\]()]+', args):
        if token in "{[(":
            depth += 1
        elif token in "}])":
            depth -= 1
        if token == "," and depth == 0:
            out.append(current.strip())
            current = ""
        else:
            current += token
    return [*out, current.strip()]


def _bytes(arg: str) -> bytes:
    if arg.endswith("..."):
        raise ValueError("strace cut a string short")
    return bytes.fromhex(arg.strip('"').replace("\\x", ""))


def _text(arg: str) -> str:
    return _HEX.sub(lambda m: chr(int(m[1], 16)), arg).strip('"')


def _fd(arg: str) -> int:
    return int(arg.split("<")[0])


def _at(folder: str, path: str) -> str:
    """A path, made whole with the folder that a descriptor stands for."""
    path = _text(path)
    if path.startswith("/"):
        return path
    return f"{_text(folder.split('<', 1)[1].rsplit('>', 1)[0])}/{path}" if path else ""


def with_folders(calls: list[Call]) -> list[Call]:
    """Calls by path alone, rewritten as those that also name a folder."""
    out = []
    for call in calls:
        if call.name in _PATH_ALONE:
            here = "AT_FDCWD</>"
            args = _arguments(call.args)
            places = [f"{here}, {path}" for path in args[: 2 if call.name in ("link", "rename") else 1]]
            rest = args[2 if call.name in ("link", "rename") else 1 :]
            call = Call(call.thread, call.name, ", ".join([*places, *rest]), call.result, call.nth)
        out.append(call)
    return out

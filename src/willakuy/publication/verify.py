#!/usr/bin/env python3
"""Check a release of Willakuy with Python alone, no network, nothing to install:  python3 -I verify.py [FOLDER]

Every file against the manifest; the log, what it discloses and the seal against the signed checkpoints; every row against the
ledger; persons against the judgements; counts against the rows. Names what fails; exit 0 or 1. Format: docs/format/release.md.
Trust begins at ledger/policy: compare it with a copy got elsewhere."""

# fmt: off
# mypy: ignore-errors
# ruff: noqa
import base64, hashlib, json, os, pathlib, sys

SAYS = {  # kind of problem: English, Spanish
    "missing": ("{0}: the manifest names it, but it is not here", "{0}: el manifiesto lo nombra, pero no está"),
    "added": ("{0}: it is here, but the manifest does not name it", "{0}: está aquí, pero el manifiesto no lo nombra"),
    "changed": ("{0}: its bytes are not those the manifest names", "{0}: sus bytes no son los que nombra el manifiesto"),
    "unreadable": ("{0}: cannot be checked ({1})", "{0}: no se puede comprobar ({1})"),
    "gap": ("ledger entry {0}: missing, repeated or out of place", "entrada {0} del registro: falta, se repite o está fuera de lugar"),
    "commitment": ("ledger entry {0}: not what was committed to", "entrada {0} del registro: no es lo que se comprometió"),
    "root": ("{0}: the root is not that of the listed entries", "{0}: la raíz no es la de las entradas listadas"),
    "signature": ("{0}: the signature does not hold", "{0}: la firma no es válida"),
    "seal": ("seal.json: it does not seal this manifest and this ledger", "seal.json: no sella este manifiesto y este registro"),
    "altered": ("{0} {1}: {2} is not what the ledger holds", "{0} {1}: {2} no es lo que guarda el registro"),
    "unrecorded": ("{0} {1}: the ledger discloses no such thing", "{0} {1}: el registro no revela tal cosa"),
    "dropped": ("{0} {1}: the ledger discloses it, the data has no such row", "{0} {1}: el registro lo revela, falta su fila en los datos"),
    "person": ("person {0}: not the records that the judgements join", "persona {0}: no son los registros que unen las decisiones"),
    "sources": ("person {0}: {1} independent sources by the rows, not {2}", "persona {0}: {1} fuentes independientes según las filas, no {2}"),
    "figure": ("figure {0}: {1} by the rows, not {2}", "cifra {0}: {1} según las filas, no {2}"),
    "unknown": ("figure {0}: it rests on {1}, which is not in the data", "cifra {0}: se apoya en {1}, que no está en los datos"),
}
TABLES = {"source": "sources", "document": "documents", "statement": "statements", "judgement": "judgements", "scope": "scopes"}
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)

def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def canonical(value): return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

def root_of(leaves):  # RFC 6962
    level = [sha(b"\0", leaf) for leaf in leaves] or [sha()]
    while len(level) > 1:
        level = [sha(b"\1", *level[i : i + 2]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
    return level[0]
def point(raw):  # RFC 8032, 5.1.3, in extended coordinates
    sign, y = divmod(int.from_bytes(raw, "little"), 2**255)
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = next((x for x in (pow(xx, (P + 3) // 8, P), pow(xx, (P + 3) // 8, P) * ROOT % P) if x * x % P == xx), None)
    if y >= P or x is None or (x == 0 and sign): raise ValueError("not a point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P
def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    return (b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P
def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        q, p, n = (add(q, p) if n & 1 else q), add(p, p), n >> 1
    return q
def signed(message, signature, public):  # RFC 8032, 5.1.7
    s, base = int.from_bytes(signature[32:], "little"), (4 * pow(5, -1, P) % P).to_bytes(32, "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    a, b = times(s, point(base)), add(point(signature[:32]), times(k, point(public)))
    return len(signature) == 64 and s < L and all((a[i] * b[2] - b[i] * a[2]) % P == 0 for i in (0, 1))
def unb64(text):  # base64 with one spelling only: no junk, no stray bits
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text: raise ValueError("base64 with stray bits")
    return raw

def head_of(note, vkey):  # (size, root) of a signed checkpoint, an error if it is anything else
    name, _, key = vkey.split("+", 2)
    public, (text, _, seal), dash = unb64(key)[1:], note.partition("\n\n"), f"\N{EM DASH} {name} "
    (origin, size, root), blob = text.split("\n"), unb64(seal.removeprefix(dash).removesuffix("\n"))
    form = origin == name and seal.startswith(dash) and seal.endswith("\n") and str(int(size)) == size
    if not form or blob[:4] != sha(name.encode(), b"\n\1", public)[:4] or not signed((text + "\n").encode(), blob[4:], public):
        raise ValueError("signature")
    return int(size), unb64(root)
def committed(entry):  # the commitment that what an entry discloses leads to, if its parts fit together
    header, leaves = entry["header"], {i: bytes.fromhex(leaf) for i, leaf in entry["hidden"]}
    for i, path, value, salt in entry["fields"]:
        leaves[i] = sha(b"willakuy/field/v1\0", bytes.fromhex(salt), canonical([path, value]))
    whole = header["fields_root"] == root_of([leaves[i] for i in range(header["n"])]).hex()
    return sha(b"willakuy/event/v1\0", canonical(header)).hex() if whole else None
def top(item, up):
    while item in up: item = up[item]
    return item

def n_independent(origins):  # the most records that go back to no common origin; of more than 20 knotted ones, the smallest first
    sets = sorted({frozenset(o) for o in origins}, key=lambda s: (len(s), sorted(s)))
    least = [s for s in sets if not any(t < s for t in sets)]
    def most(left, exact):
        apart = [s for s in left[1:] if not s & left[0]] if left else []
        taken = 1 + most(apart, exact) if left else 0
        return max(taken, most(left[1:], exact)) if exact and len(apart) + 1 < len(left) else taken
    return most(least, sum(len(s) > 1 for s in least) <= 20)

def recount(rows):  # (lo, hi): those counted, an open pair as one; those counted or possible, and what the unnamed add
    scope, persons = None, {}
    for row in rows:
        persons, scope = persons if scope == row["scope_id"] else {}, row["scope_id"]
        persons.update((p["person_id"], p["standing"]) for p in row["persons"])
        persons, up = {p: standing for p, standing in persons.items() if p not in row["gone"]}, {}
        for a, b in row["open_pairs"]:
            up.update({top(b, up): top(a, up)} if top(a, up) != top(b, up) else {})
        hi = sum(s in ("counted", "possible") for s in persons.values()) + sum(g["adds"] for g in row["groups"])
        yield len({top(p, up) for p in persons if persons[p] == "counted"}), hi

class Check:
    """One reading of one release. ``problems`` holds (kind, facts), ``checked`` how much was looked at."""
    def __init__(self, folder):
        self.folder, self.problems, self.checked, self.data, self.shown = pathlib.Path(folder), [], {}, {}, {}
        for step in (self.files, self.ledger, self.rows, self.persons, self.figures):
            try:
                self.checked[step.__name__] = step()
            except Exception as e:  # a damaged release is a finding, never a crash
                self.fail("unreadable", step.__name__, f"{type(e).__name__}: {e}")
    def fail(self, kind, *facts): self.problems.append((kind, facts))
    def json(self, path): return json.loads(self.read(path))
    def lines(self, path): return [json.loads(line) for line in self.read(path).splitlines()]
    def read(self, path): return (self.folder / path).read_bytes()
    def files(self):
        here = {p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if not p.is_dir()}
        named = {path: (size, digest) for path, size, digest in self.json("manifest.json")["files"]}
        for path in sorted((here ^ named.keys()) - {"manifest.json", "seal.json"}): self.fail("added" if path in here else "missing", path)
        for path in sorted(here & named.keys()):
            if named[path] != (len(data := self.read(path)), sha(data).hex()): self.fail("changed", path)
        return len(named)
    def ledger(self):
        logs, frozen, seal = {}, self.json("manifest.json")["frozen"], self.json("seal.json")
        for entry in self.lines("ledger/entries.jsonl"):
            place, log = f"{entry['device']}/{entry['seq']}", logs.setdefault(entry["device"], [])
            if entry["seq"] != len(log): self.fail("gap", place)
            log.append(bytes.fromhex(entry["commitment"]))
            if "header" in entry and committed(entry) != entry["commitment"]: self.fail("commitment", place)
            if "header" in entry and entry["header"]["type"] in TABLES:
                self.shown[place] = (entry["header"]["type"], {path: value for _, path, value, _ in entry["fields"]})
        vkey, mine, last = self.read("ledger/policy").decode().split()[1], logs.get(frozen["device"], []), seal["entry"]
        sealed = [*mine, *map(bytes.fromhex, [*seal["between"], last["commitment"]])]
        for name, note, log in (("ledger/checkpoint", self.read("ledger/checkpoint").decode(), mine), ("seal.json", seal["checkpoint"], sealed)):
            try:
                if head_of(note, vkey) != (len(log), root_of(log)): self.fail("root", name)
            except Exception:
                self.fail("signature", name)
        says = [value for _, path, value, _ in last["fields"] if path == "manifest_sha256"]
        sizes = {device: len(log) for device, log in logs.items()}
        if says != [sha(self.read("manifest.json")).hex()] or frozen["logs"] != sizes or committed(last) != last["commitment"]: self.fail("seal")
        return len(sealed)
    def rows(self):
        left = dict(self.shown)
        for kind, table in TABLES.items():
            self.data[table] = self.lines(f"data/{table}.jsonl")
            for row in self.data[table]:
                was, held = left.pop(row["entry"], (None, {}))
                ours = {path: value for path, value in row["fields"].items() if path not in row["masked"]}
                if was != kind: self.fail("unrecorded", kind, row["id"])
                for path in sorted(p for p in ours.keys() | held if was == kind and (p not in ours or p not in held or ours[p] != held[p])):
                    self.fail("altered", kind, row["id"], path)
        for place, (kind, held) in left.items():
            self.fail("dropped", kind, held.get(f"{kind}_id", place))
        return sum(map(len, self.data.values()))
    def persons(self):
        judged, undone, up, joined = self.data["judgements"], set(), {}, {}
        undone.update(r["fields"]["decision.judgement_id"] for r in judged[::-1] if r["fields"]["kind"] == "undo" and r["id"] not in undone)
        victims = {r["id"]: r for r in self.data["statements"] if r["fields"]["kind"] == "victim"}
        order = {record: i for i, record in enumerate(victims)}
        for row in judged:
            if row["fields"]["kind"] == "identity" and row["fields"]["decision.verdict"] == "same" and row["id"] not in undone:
                roots = sorted({top(r, up) for r in row["fields"]["decision.records"]}, key=order.__getitem__)
                up.update(dict.fromkeys(roots[1:], roots[0]))
        for record in victims:
            joined.setdefault("per_" + sha(top(record, up).encode()).hex()[:10], []).append(record)
        rows = self.lines("data/persons.jsonl")
        for row in rows:
            if joined.pop(row["id"], None) != row["records"] or any(victims[r]["person_id"] != row["id"] for r in row["records"]):
                self.fail("person", row["id"])
            elif (n := n_independent(victims[r]["origins"] for r in row["records"])) != row["n_independent"]:
                self.fail("sources", row["id"], n, row["n_independent"])
        for person in joined:
            self.fail("person", person)
        self.known = {row["id"] for row in [*rows, *self.data["statements"]]}
        return len(rows)
    def figures(self):
        rows = self.lines("data/figures.jsonl")
        for row, counted in zip(rows, recount(rows)):
            if counted != (row["lo"], row["hi"]):
                self.fail("figure", row["id"], "%d-%d" % counted, f"{row['lo']}-{row['hi']}")
            rests = {x for p in row["persons"] for x in (p["person_id"], *p["for"], *p["against"])}
            for item in sorted(x for x in rests - self.known if not x.startswith("per_withheld-")):
                self.fail("unknown", row["id"], item)
        return len(rows)

def main(arguments):
    check = Check(arguments[1] if len(arguments) > 1 else pathlib.Path(arguments[0]).resolve().parent)
    for kind, facts in check.problems:
        print("FAIL", SAYS[kind][os.environ.get("WILLAKUY_LANG", os.environ.get("LANG", ""))[:2] == "es"].format(*facts))
    print(f"{len(check.problems)} FAIL" if check.problems else "OK", *(f"{n} {what}" for what, n in check.checked.items()), sep="  ")
    return 1 if check.problems else 0

if __name__ == "__main__":
    sys.exit(main(sys.argv))

#!/usr/bin/env python3
"""Check a release of Willakuy with Python alone, no network, nothing to install:  python3 -I verify.py [FOLDER [POLICY]]
Every file against the manifest; logs, what they disclose and the seal against the checkpoints signed as the policy asks; every row against the ledger; persons
against the judgements; counts against the rows. Format: docs/format/release.md. Trust begins at the policy: compare ledger/policy with a copy got elsewhere, or give it."""
import base64, hashlib, json, os, pathlib, sys
SAYS = {  # kind of problem: English, Spanish
    "missing": ("{0}: the manifest names it, but it is not here", "{0}: el manifiesto lo nombra, pero no está"),
    "added": ("{0}: it is here, but the manifest does not name it", "{0}: está aquí, pero el manifiesto no lo nombra"),
    "changed": ("{0}: its bytes are not those the manifest names", "{0}: sus bytes no son los que nombra el manifiesto"),
    "unreadable": ("{0}: cannot be checked ({1})", "{0}: no se puede comprobar ({1})"),
    "tile": ("{0}: not the hashes of the entries below it", "{0}: no son los hashes de los asientos de abajo"),
    "commitment": ("ledger entry {0}: not what was committed to there, or told twice", "asiento {0} del libro: no es lo que ahí se comprometió, o se repite"),
    "head": ("{0}: not the head of the listed entries, signed and cosigned as the policy asks", "{0}: no es la cabeza de los asientos listados, firmada y cofirmada como lo pide la política"),
    "seal": ("seal.json: it does not seal this manifest and this ledger", "seal.json: no sella este manifiesto y este libro"),
    "altered": ("{0} {1}: {2} is not what the ledger holds", "{0} {1}: {2} no es lo que guarda el libro"),
    "unrecorded": ("{0} {1}: the ledger discloses no such thing", "{0} {1}: el libro no revela tal cosa"),
    "dropped": ("{0} {1}: the ledger discloses it, the data has no such row", "{0} {1}: el libro lo revela, falta su fila en los datos"),
    "considered": ("ledger/considered.jsonl: not what is shown and what is kept back, each once", "ledger/considered.jsonl: no es lo que se muestra y lo que se reserva, cada cosa una vez"),
    "person": ("person {0}: not the records that the judgements join", "persona {0}: no son los registros que unen las decisiones"),
    "sources": ("person {0}: {1} independent sources by the rows, not {2}", "persona {0}: {1} fuentes independientes según las filas, no {2}"),
    "figure": ("figure {0}: {1} by the rows, not {2}", "cifra {0}: {1} según las filas, no {2}"),
    "unknown": ("figure {0}: it rests on {1}, which is not in the data", "cifra {0}: se apoya en {1}, que no está en los datos")}
TABLES = {"source": "sources", "document": "documents", "statement": "statements", "judgement": "judgements", "scope": "scopes"}
P, L, D = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493, -121665 * pow(121666, -1, 2**255 - 19)
def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def canonical(value): return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
def tree(level):  # RFC 6962, the root over hashes
    while len(level) > 1:
        level = [sha(b"\1", *level[i : i + 2]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
    return level[0] if level else sha()
def root_of(leaves): return tree([sha(b"\0", leaf) for leaf in leaves])
def point(raw):  # RFC 8032, 5.1.3, in extended coordinates
    sign, y = divmod(int.from_bytes(raw, "little"), 2**255)
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = next((x for x in (pow(xx, (P + 3) // 8, P), pow(xx, (P + 3) // 8, P) * pow(2, (P - 1) // 4, P) % P) if x * x % P == xx), None)
    if y >= P or x is None or (x == 0 and sign): raise ValueError("not a point of the curve")
    return (x := P - x if x & 1 != sign else x), y, 1, x * y % P
def add(p, q):
    a, b, c, d = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P, 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    return (b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P
def times(n, p):
    twice = times(n >> 1, add(p, p)) if n > 1 else (0, 1, 1, 0)
    return add(twice, p) if n & 1 else twice
def signed(message, signature, public):  # RFC 8032, 5.1.7
    s, base = int.from_bytes(signature[32:], "little"), (4 * pow(5, -1, P) % P).to_bytes(32, "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    a, b = times(s % L, point(base)), add(point(signature[:32]), times(k, point(public)))
    return len(signature) == 64 and s < L and all((a[i] * b[2] - b[i] * a[2]) % P == 0 for i in (0, 1))
def unb64(text):  # base64 with one spelling only: no junk, no stray bits
    if base64.b64encode(raw := base64.b64decode(text, validate=True)).decode() != text: raise ValueError("base64 with stray bits")
    return raw
def times_signed(note, vkey):  # how often the key signed: C2SP signed-note and cosignature/v1; an error where a line of it does not hold
    (name, key_id, blob), (text, _, lines), n = vkey.split("+", 2), note.rpartition("\n\n"), 0
    kind, public = unb64(blob)[0], unb64(blob)[1:]
    form = sha(name.encode(), b"\n", unb64(blob)).hex()[:8] == key_id and kind in (1, 4) and lines.endswith("\n")
    for dash, who, seal in (line.split(" ") for line in lines[:-1].split("\n")):
        raw, form = unb64(seal), form and dash == "\N{EM DASH}"
        if (who, raw[:4].hex()) == (name, key_id):
            head, at = (f"cosignature/v1\ntime {int.from_bytes(raw[4:12], 'big')}\n", 12) if kind == 4 else ("", 4)
            n, form = n + 1, form and signed(f"{head}{text}\n".encode(), raw[at:], public)
    if not form: raise ValueError("signature")
    return n
def policy_of(text):  # C2SP tlog-policy: (keys of logs by origin, keys of witnesses, groups, quorum)
    lines = [line.split() for line in text.split("\n") if line.strip()[:1] not in ("", "#")]
    logs, witnesses, groups, ((quorum,),) = ([rest for w, *rest in lines if w == word] for word in ("log", "witness", "group", "quorum"))
    if len(logs + witnesses + groups) + 1 != len(lines): raise ValueError("policy")
    groups = {name: ({"all": len(members), "any": 1}.get(k) or int(k), members) for name, k, *members in groups}
    return {key.split("+")[0]: key for key, *_ in logs}, {name: key for name, key, *_ in witnesses}, groups, quorum
def enough(name, note, policy):  # whether the witness or the group cosigned
    if name in policy[2]: return sum(enough(member, note, policy) for member in policy[2][name][1]) >= policy[2][name][0]
    return name == "none" or times_signed(note, policy[1][name]) > 0
def path_of(level, n, width):  # C2SP tlog-tiles
    name, n = f"{n % 1000:03d}", n // 1000
    while n: name, n = f"x{n % 1000:03d}/{name}", n // 1000
    return f"tile/{level}/{name}" + (f".p/{width}" if width < 256 else "")
def committed(entry):  # the commitment that what an entry discloses leads to, if its parts fit together
    header, leaves = entry["header"], {i: bytes.fromhex(leaf) for i, leaf in entry["hidden"]}
    for i, path, value, salt in entry["fields"]: leaves[i] = sha(b"willakuy/field/v1\0", bytes.fromhex(salt), canonical([path, value]))
    return sha(b"willakuy/event/v1\0", canonical(header)).hex() if header["fields_root"] == root_of([leaves[i] for i in range(header["n"])]).hex() else None
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
        for a, b in row["open_pairs"]: up.update({top(b, up): top(a, up)} if top(a, up) != top(b, up) else {})
        hi = sum(s in ("counted", "possible") for s in persons.values()) + sum(g["adds"] for g in row["groups"])
        yield len({top(p, up) for p in persons if persons[p] == "counted"}), hi
class Check:  # one reading of one release: ``problems`` holds (kind, facts), ``checked`` how much was looked at
    def __init__(self, folder, policy=None):
        self.folder, self.problems, self.checked, self.data, self.shown = pathlib.Path(folder), [], {}, {}, {}
        self.policy = pathlib.Path(policy or self.folder / "ledger/policy").resolve()
        for step in (self.files, self.ledger, self.rows, self.persons, self.figures):
            try:
                self.at, self.checked[step.__name__] = step.__name__, step()
            except Exception as e:  # a damaged release is a finding, never a crash
                self.fail("unreadable", self.at, f"{type(e).__name__}: {e}")
    def fail(self, kind, *facts): self.problems.append((kind, facts))
    def json(self, path): return json.loads(self.read(path))
    def lines(self, path): return map(json.loads, self.read(path).splitlines())
    def read(self, path):
        self.at = path
        return (self.folder / path).read_bytes()
    def files(self):
        here = {p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if not p.is_dir()}
        named = {path: (size, digest) for path, size, digest in self.json("manifest.json")["files"]}
        for path in sorted((here ^ named.keys()) - {"manifest.json", "seal.json"}): self.fail("added" if path in here else "missing", path)
        for path in sorted(p for p in here & named.keys() if named[p] != (len(data := self.read(p)), sha(data).hex())): self.fail("changed", path)
        return len(named)
    def log(self, device, size):  # every entry of a log, and its root; every tile is compared on the way
        entries, edges, root = [], [], []
        for n in range(0, size, 256):
            bundle = self.read(f"ledger/{device}/{path_of('entries', n // 256, min(256, size - n))}")
            entries += [bundle[i + 2 : i + 34] for i in range(0, len(bundle), 34)]
            if bundle != b"".join(b"\0\x20" + entry for entry in entries[n:]): raise ValueError("not a bundle of entries")
        level = [sha(b"\0", entry) for entry in entries]
        while level:
            for n in range(0, len(level), 256):
                path = f"ledger/{device}/{path_of(len(edges), n // 256, min(256, len(level) - n))}"
                if self.read(path) != b"".join(level[n : n + 256]): self.fail("tile", path)
            edges.append(level[len(level) // 256 * 256 :])
            level = [tree(level[n : n + 256]) for n in range(0, len(level) - 255, 256)]
        for edge in edges: root = [tree([*edge, *root])] if edge or root else []
        return entries, tree(root)
    def head(self, name, note, policy, device, entries, root, quorum="none"):  # a checkpoint must be of this log, signed and cosigned
        try:
            origin, *head = note.rpartition("\n\n")[0].split("\n")
            is_signed = times_signed(note, policy[0][origin]) and enough(quorum, note, policy) and origin.split("/")[-1] == device
            if not is_signed or head != [str(len(entries)), base64.b64encode(root).decode()]: raise ValueError("head")
        except Exception: self.fail("head", name)
    def ledger(self):
        logs, frozen, seal = {}, self.json("manifest.json")["frozen"], self.json("seal.json")
        note, ending, text = seal["checkpoint"], [bytes.fromhex(c) for c in [*seal["between"], committed(seal["entry"])]], self.read("seal.json").decode()
        hexes, policy = text.replace(json.dumps(note, ensure_ascii=False), ""), policy_of(self.read(self.policy).decode())
        if text != json.dumps(seal, ensure_ascii=False, sort_keys=True, indent=1) + "\n" or hexes != hexes.lower(): self.fail("seal")  # one spelling only
        for device, size in frozen["logs"].items():
            name, logs[device] = f"ledger/{device}/checkpoint", self.log(device, size)
            self.head(name, self.read(name).decode(), policy, device, *logs[device])
        for entry in self.lines("ledger/disclosed.jsonl"):
            place, log = f"{entry['device']}/{entry['seq']}", logs[entry["device"]][0]
            if place in self.shown or [committed(entry)] != [c.hex() for c in log[entry["seq"] :][:1]]: self.fail("commitment", place)
            self.shown[place] = (entry["header"]["type"], {path: value for _, path, value, _ in entry["fields"]})
        sealed = [*logs[frozen["device"]][0], *ending]
        self.head("seal.json", note, policy, frozen["device"], sealed, root_of(sealed), policy[3])
        if [v for _, path, v, _ in seal["entry"]["fields"] if path == "manifest_sha256"] != [sha(self.read("manifest.json")).hex()]: self.fail("seal")
        return sum(len(entries) for entries, _ in logs.values()) + len(seal["between"]) + 1
    def rows(self):
        left = {place: shown for place, shown in self.shown.items() if shown[0] in TABLES}
        told, kept = ([row[key] for row in self.lines("ledger/considered.jsonl") if key in row] for key in ("entry", "commitment"))
        if sorted(told) != sorted(left) or len(set(kept)) != len(kept): self.fail("considered")
        for kind, table in TABLES.items():
            self.data[table] = [*self.lines(f"data/{table}.jsonl")]
            for row in self.data[table]:
                was, held = left.pop(row["entry"], (None, {}))
                ours = {path: value for path, value in row["fields"].items() if path not in row["masked"]}
                if was != kind: self.fail("unrecorded", kind, row["id"])
                for path in sorted(p for p in ours.keys() | held if was == kind and (p not in ours or p not in held or ours[p] != held[p])): self.fail("altered", kind, row["id"], path)
        for place, (kind, held) in left.items(): self.fail("dropped", kind, held.get(f"{kind}_id", place))
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
        for record in victims: joined.setdefault("per_" + sha(top(record, up).encode()).hex()[:10], []).append(record)
        rows = [*self.lines("data/persons.jsonl")]
        for row in rows:
            if joined.pop(row["id"], None) != row["records"] or any(victims[r]["person_id"] != row["id"] for r in row["records"]): self.fail("person", row["id"])
            elif (n := n_independent(victims[r]["origins"] for r in row["records"])) != row["n_independent"]: self.fail("sources", row["id"], n, row["n_independent"])
        for person in joined: self.fail("person", person)
        self.known = {row["id"] for row in [*rows, *self.data["statements"]]}
        return len(rows)
    def figures(self):
        rows = [*self.lines("data/figures.jsonl")]
        for row, counted in zip(rows, recount(rows)):
            if counted != (row["lo"], row["hi"]): self.fail("figure", row["id"], "%d-%d" % counted, f"{row['lo']}-{row['hi']}")
            rests = {x for p in row["persons"] for x in (p["person_id"], *p["for"], *p["against"]) if not x.startswith("per_withheld-")}
            for item in sorted(rests - self.known): self.fail("unknown", row["id"], item)
        return len(rows)
def main(arguments):
    check = Check(arguments[1] if len(arguments) > 1 else pathlib.Path(arguments[0]).resolve().parent, *arguments[2:3])
    for kind, facts in check.problems: print("FAIL", SAYS[kind][os.environ.get("WILLAKUY_LANG", os.environ.get("LANG", ""))[:2] == "es"].format(*facts))
    print(f"{len(check.problems)} FAIL" if check.problems else "OK", *(f"{n} {what}" for what, n in check.checked.items()), sep="  ")
    return 1 if check.problems else 0
if __name__ == "__main__": sys.exit(main(sys.argv))

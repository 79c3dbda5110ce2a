// Checks a release in the reader's own browser: no library, no other host, nothing is sent anywhere. The words are in check.html.
// It does part of what verify.py does: files, logs, their signed heads, the seal. Names and format: docs/format/release.md.
"use strict";
const ZERO = Uint8Array.of(0), ONE = Uint8Array.of(1), SHOWN = 200;
const $ = (id) => document.getElementById(id);
const text = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
const utf8 = (string) => new TextEncoder().encode(string);
const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
const unhex = (string) => Uint8Array.from(string.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const same = (a, b) => a !== null && a.length === b.length && a.every((byte, i) => byte === b[i]);
const words = (kind, facts) => $("words").querySelector(`[data-word="${kind}"]`).textContent.replace(/\{(\d)\}/g, (_, i) => facts[i]);

function unbase64(string) { // one spelling only
  const bytes = Uint8Array.from(atob(string), (c) => c.charCodeAt(0));
  if (base64(bytes) !== string) throw new Error("base64");
  return bytes;
}

function joined(pieces) {
  const whole = new Uint8Array(pieces.reduce((n, piece) => n + piece.length, 0));
  pieces.reduce((at, piece) => (whole.set(piece, at), at + piece.length), 0);
  return whole;
}

const sha = async (...pieces) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(pieces)));
const parts = (list, n) => Array.from({ length: Math.ceil(list.length / n) }, (_, i) => list.slice(i * n, i * n + n));

async function tree(level) { // RFC 6962, the root over hashes
  while (level.length > 1) level = await Promise.all(parts(level, 2).map(([a, b]) => (b ? sha(ONE, a, b) : a)));
  return level.length ? level[0] : sha();
}
const hashed = (leaves) => Promise.all(leaves.map((leaf) => sha(ZERO, leaf)));
const rootOf = async (leaves) => tree(await hashed(leaves));

function canonical(value) { // JSON with sorted keys and no spaces
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

async function committed(entry) { // the 32 bytes of an entry, from what it discloses
  const leaves = new Map(entry.hidden.map(([i, leaf]) => [i, unhex(leaf)]));
  for (const [i, path, value, salt] of entry.fields) leaves.set(i, await sha(utf8("willakuy/field/v1\0"), unhex(salt), utf8(canonical([path, value]))));
  const all = Array.from({ length: entry.header.n }, (_, i) => leaves.get(i));
  if (hex(await rootOf(all)) !== entry.header.fields_root) throw new Error("fields_root");
  return sha(utf8("willakuy/event/v1\0"), utf8(canonical(entry.header)));
}

function tilePath(level, n, width) { // C2SP tlog-tiles
  const three = (k) => String(k % 1000).padStart(3, "0");
  let name = three(n);
  while ((n = Math.floor(n / 1000))) name = `x${three(n)}/${name}`;
  return `tile/${level}/${name}` + (width < 256 ? `.p/${width}` : "");
}

async function hasEd25519() {
  return crypto.subtle.importKey("raw", Uint8Array.of(0x58, ...Array(31).fill(0x66)), "Ed25519", false, ["verify"]).then(() => true, () => false);
}

async function signedBy(vkey, note) { // C2SP signed-note: the key signed, and every line in its name holds
  const [name, id, ...blob] = vkey.split("+"), key = unbase64(blob.join("+")), end = note.lastIndexOf("\n\n");
  if (hex(await sha(utf8(`${name}\n`), key)).slice(0, 8) !== id || key[0] !== 1) return false;
  const public_ = await crypto.subtle.importKey("raw", key.slice(1), "Ed25519", false, ["verify"]);
  const lines = note.slice(end + 2).split("\n").map((line) => line.split(" "));
  const ours = lines.filter(([, who, seal]) => who === name && hex(unbase64(seal).slice(0, 4)) === id);
  const holds = await Promise.all(ours.map(([, , seal]) => crypto.subtle.verify("Ed25519", public_, unbase64(seal).slice(4), utf8(note.slice(0, end + 1)))));
  return holds.length > 0 && holds.every(Boolean);
}

class Check { // one reading of one release: ``problems`` and ``done`` hold what is to be said
  constructor(read, here) { // read(path): bytes, or null where there is no such file; here: all paths, or null where they cannot be known
    Object.assign(this, { read, here, problems: [], done: [], undone: [] });
  }
  fail(kind, ...facts) { this.problems.push(words(kind, facts)); }
  async need(path) {
    this.at = path;
    const bytes = await this.read(path);
    if (bytes === null) throw new Error(words("missing", [path]));
    return bytes;
  }
  async run() {
    for (const step of ["files", "ledger"]) {
      try {
        this.at = step;
        await this[step]();
      } catch (error) { // a damaged release is a finding
        this.fail("unreadable", this.at, error.message);
      }
    }
  }
  async files() {
    this.manifest = await this.need("manifest.json");
    const { files } = JSON.parse(text(this.manifest)), named = new Set(files.map(([path]) => path));
    for (const [i, [path, size, digest]] of files.entries()) {
      this.at = path;
      const bytes = await this.read(path);
      if (bytes === null) this.fail("missing", path);
      else if (bytes.length !== size || hex(await sha(bytes)) !== digest) this.fail("changed", path);
      $("progress").value = (i + 1) / files.length;
    }
    this.done.push(words("files", [files.length]));
    for (const path of this.here ?? []) if (!named.has(path) && path !== "manifest.json" && path !== "seal.json") this.fail("added", path);
    if (this.here) this.done.push(words("none_added", []));
    else this.undone.push(words("added_unseen", []));
  }
  async log(device, size) { // every entry of a log, and its root; every tile is compared on the way
    const entries = [];
    for (let n = 0; n < size; n += 256) {
      const width = Math.min(256, size - n), bundle = await this.need(`ledger/${device}/${tilePath("entries", n / 256, width)}`);
      const found = parts(bundle, 34);
      if (bundle.length !== 34 * width || found.some((e) => e[0] !== 0 || e[1] !== 32)) throw new Error("entries");
      entries.push(...found.map((e) => e.slice(2)));
    }
    const leaves = await hashed(entries);
    for (let k = 0, level = leaves; level.length; k++) {
      const tiles = parts(level, 256);
      for (const [n, tile] of tiles.entries()) {
        const path = `ledger/${device}/${tilePath(k, n, tile.length)}`;
        if (!same(await this.read(path), joined(tile))) this.fail("tile", path);
      }
      level = await Promise.all(tiles.filter((tile) => tile.length === 256).map(tree));
    }
    return { device, entries, root: await tree(leaves) };
  }
  async head(name, note, { device, entries, root }) { // a checkpoint must be of this log, and signed by it
    try {
      const [origin, size, hash, ...more] = note.slice(0, note.lastIndexOf("\n\n")).split("\n");
      if (more.length || size !== `${entries.length}` || hash !== base64(root) || origin.split("/").pop() !== device) throw new Error("head");
      if (this.canVerify && !(await signedBy(this.keys.get(origin), note))) throw new Error("signature");
    } catch {
      this.fail("head_of_page", name);
    }
  }
  async ledger() {
    const { frozen } = JSON.parse(text(this.manifest)), spelled = text(await this.need("seal.json")), seal = JSON.parse(spelled);
    const lines = text(await this.need("ledger/policy")).split("\n").map((line) => line.trim().split(/\s+/));
    const vkeys = lines.filter(([word]) => word === "log").map(([, vkey]) => vkey), logs = {};
    this.keys = new Map(vkeys.map((vkey) => [vkey.split("+")[0], vkey]));
    this.canVerify = await hasEd25519();
    for (const [device, size] of Object.entries(frozen.logs)) {
      logs[device] = await this.log(device, size);
      const name = `ledger/${device}/checkpoint`;
      await this.head(name, text(await this.need(name)), logs[device]);
    }
    this.at = "seal.json";
    const entries = [...logs[frozen.device].entries, ...seal.between.map(unhex), await committed(seal.entry)];
    await this.head("seal.json", seal.checkpoint, { device: frozen.device, entries, root: await rootOf(entries) });
    const sealed = seal.entry.fields.filter(([, path]) => path === "manifest_sha256").map(([, , value]) => value), hexes = spelled.replace(JSON.stringify(seal.checkpoint), "");
    const isSpelled = spelled === `${JSON.stringify(seal, null, 1)}\n` && hexes === hexes.toLowerCase(); // one spelling only
    if (sealed.join() !== hex(await sha(this.manifest)) || !isSpelled) this.fail("seal");
    this.done.push(words("ledger", [Object.values(logs).reduce((n, log) => n + log.entries.length, 0)]));
    if (this.canVerify) this.done.push(words("signed", []), ...vkeys);
    else this.undone.push(words("no_ed25519", []));
    if (lines.some(([word, asked]) => word === "quorum" && asked !== "none")) this.undone.push(words("quorum", []));
  }
}

function show(check) {
  const { problems, done, undone } = check, n = problems.length;
  const items = [...problems.slice(0, SHOWN), ...(n > SHOWN ? [words("more", [n - SHOWN])] : [])];
  $("verdict").textContent = words(n ? "damaged" : undone.length ? "partly" : "whole", [n]);
  for (const [id, lines] of [["problems", items], ["done", n ? [] : done], ["undone", undone]]) {
    $(id).replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  }
}

function setBusy(isBusy) {
  [$("controls").disabled, $("progress").hidden, $("check").ariaBusy] = [isBusy, !isBusy, `${isBusy}`];
}

async function start(read, here) {
  const check = new Check(read, here);
  for (const id of ["problems", "done", "undone"]) $(id).replaceChildren();
  $("verdict").textContent = words("busy", []);
  setBusy(true);
  await check.run();
  show(check);
  setBusy(false);
}

function checkServed() { // relative to this page, never outside the release
  const top = new URL("../", location.href).href;
  start(async (path) => {
    const url = new URL(path.split("/").map(encodeURIComponent).join("/"), top).href;
    const answer = url.startsWith(top) ? await fetch(url, { cache: "no-store", redirect: "error" }) : null;
    return answer?.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  }, null);
}

function checkFolder(event) {
  const files = new Map(Array.from(event.target.files, (file) => [file.webkitRelativePath.split("/").slice(1).join("/"), file]));
  if (files.size) start(async (path) => (files.has(path) ? new Uint8Array(await files.get(path).arrayBuffer()) : null), [...files.keys()].sort());
}

$("served").hidden = !location.protocol.startsWith("http");
$("check").hidden = !globalThis.crypto?.subtle;
$("insecure").hidden = !$("check").hidden;
$("served").querySelector("button").addEventListener("click", checkServed);
$("folder").addEventListener("change", checkFolder);

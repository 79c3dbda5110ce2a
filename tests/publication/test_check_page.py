"""The page that checks its own release, in a browser: it says what verify.py says of files, logs, signatures and seal.

Needs Chromium; each test says so when it is skipped. The release is read from disk, or as if from a server that no network reaches.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

import pytest

from tests.publication.test_verify import put_seal, reseal, the
from willakuy.ledger import Note, SigningKey, tile_path
from willakuy.ledger.tiles import GrowingTree
from willakuy.publication import Release, verify_release

pytestmark = pytest.mark.browser

WHOLE = "Whole, as far as a page can tell."
HOST = "https://record.example/"
LACKS_ED25519 = """
const importKey = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (format, key, kind, ...rest) =>
    kind === "Ed25519" ? Promise.reject(new DOMException("", "NotSupportedError")) : importKey(format, key, kind, ...rest);
"""


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def said(page: Any) -> dict[str, Any]:
    """What the page says once it has finished: its verdict and its lists."""
    page.wait_for_selector("#check[aria-busy=false]")
    lists = {name: page.locator(f"#{name} li").all_inner_texts() for name in ("problems", "done", "undone")}
    return {"verdict": page.locator("#verdict").inner_text(), **lists}


def chosen(page: Any, folder: Path, lang: str = "en") -> dict[str, Any]:
    """Open the page of ``folder`` from disk and choose the folder."""
    page.goto((folder / lang / "check.html").as_uri())
    page.set_input_files("#folder", folder)
    return said(page)


def open_served(page: Any, folder: Path, more: Mapping[str, bytes] = MappingProxyType({})) -> None:
    """Open the page as if served over https; ``more`` holds files that are not on disk."""

    def answer(route: Any) -> None:
        name = unquote(route.request.url.removeprefix(HOST))
        if name in more or (folder / name).is_file():
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            route.fulfill(body=more.get(name) or (folder / name).read_bytes(), content_type=kind)
        else:
            route.fulfill(status=404, body="")

    page.route(f"{HOST}**", answer)
    page.goto(f"{HOST}en/check.html")


def served(page: Any, folder: Path) -> dict[str, Any]:
    """Open the page as if served over https, and press the button."""
    open_served(page, folder)
    page.locator("#served button").click()
    return said(page)


def test_a_release_as_published_is_said_to_be_whole(published: Release, page: Any) -> None:
    found = chosen(page, published.path)
    n_files = len(json.loads((published.path / "manifest.json").read_text())["files"])
    policy = (published.path / "ledger/policy").read_text()

    assert (found["verdict"], found["problems"], found["undone"]) == (WHOLE, [], [])
    assert f"Files with the size and hash that the manifest names: {n_files}" in found["done"]
    assert all(line.split()[1] in found["done"] for line in policy.splitlines() if line.startswith("log "))


def test_a_served_release_is_whole_but_for_what_a_page_cannot_see(published: Release, page: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = served(page, published.path)

    assert found["problems"] == []
    assert found["verdict"].startswith("Nothing is wrong in what was checked")
    assert [line.split(":")[0] for line in found["undone"]] == ["Whether files were added"]
    assert all(url.startswith((HOST, "data:")) for url in asked)


def flip(folder: Path, path: str) -> None:
    data = bytearray((folder / path).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / path).write_bytes(data)


@pytest.mark.parametrize("way", [chosen, served])
def test_one_changed_byte_of_a_data_file_is_named(copy: Path, page: Any, way: Callable[..., dict[str, Any]]) -> None:
    flip(copy, "data/statements.csv")

    found = way(page, copy)

    assert found["verdict"].startswith("This is not the release as it was published.")
    assert found["problems"] == ["data/statements.csv: its bytes are not those the manifest names"]
    assert found["done"] == []


def test_an_added_and_a_missing_file_are_named_in_the_readers_language(copy: Path, page: Any) -> None:
    (copy / "es/otra.html").write_text("<p>49")
    (copy / "data/claims.csv").unlink()

    assert chosen(page, copy, "es")["problems"] == [
        "data/claims.csv: el manifiesto lo nombra, pero no está",
        "es/otra.html: está aquí, pero el manifiesto no lo nombra",
    ]


def test_a_manifest_written_anew_is_not_the_sealed_one(copy: Path, page: Any) -> None:
    reseal(copy, "data/statements.jsonl", lambda rows: rows[1:])

    assert chosen(page, copy)["problems"] == ["seal.json: it does not seal this manifest and this ledger"]


def test_a_wrong_size_is_named_even_beside_the_right_hash(copy: Path, page: Any) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    for row in manifest["files"]:
        row[1] += row[0] == "data/statements.csv"
    (copy / "manifest.json").write_text(json.dumps(manifest))

    said = "data/statements.csv: its bytes are not those the manifest names"
    assert said in chosen(page, copy)["problems"]


def resign(folder: Path) -> None:
    """The seal's head, signed by somebody else in the name of the log."""
    seal = json.loads((folder / "seal.json").read_text())
    note = Note.parse(seal["checkpoint"])
    other = SigningKey(note.text.split("\n")[0], bytes(32))
    seal["checkpoint"] = str(Note(note.text, (other.sign(note.text),)))
    put_seal(folder, seal)


def grow(folder: Path) -> None:
    """The seal's head speaks of one entry more than there are."""
    seal = json.loads((folder / "seal.json").read_text())
    origin, size, rest = seal["checkpoint"].split("\n", 2)
    seal["checkpoint"] = f"{origin}\n{int(size) + 1}\n{rest}"
    put_seal(folder, seal)


def spoil(folder: Path) -> None:
    """One bit of the signature itself."""
    seal = json.loads((folder / "seal.json").read_text())
    head, _, line = seal["checkpoint"].rpartition(" ")
    seal["checkpoint"] = f"{head} {line[:40]}{'A' if line[40] != 'A' else 'B'}{line[41:]}"
    put_seal(folder, seal)


@pytest.mark.parametrize("forge", [resign, grow, spoil])
def test_a_head_signed_by_another_or_changed_is_refused(copy: Path, page: Any, forge: Callable[[Path], None]) -> None:
    forge(copy)

    assert verify_release(copy).kinds == ("head",)
    assert chosen(page, copy)["problems"] == [
        "seal.json: not the head of the listed entries, signed by the key in ledger/policy"
    ]


@pytest.mark.parametrize("pattern", ["ledger/*/tile/entries/000.p/*", "ledger/*/tile/0/000.p/*", "ledger/*/checkpoint"])
def test_a_changed_log_is_refused_even_where_the_manifest_agrees(copy: Path, page: Any, pattern: str) -> None:
    path = the(copy, pattern)
    data = bytearray((copy / path).read_bytes())
    data[40] ^= 1
    (copy / path).write_bytes(data)
    manifest = json.loads((copy / "manifest.json").read_text())
    digest = hashlib.sha256(data).hexdigest()
    manifest["files"] = [[p, n, digest if p == path else d] for p, n, d in manifest["files"]]
    (copy / "manifest.json").write_text(json.dumps(manifest))

    named = {problem.split(":")[0] for problem in chosen(page, copy)["problems"]}

    assert named - {"seal.json"}
    assert named <= {problem.split(":")[0] for problem in verify_release(copy).problems}


READ_LOG = """async ([device, size]) => {
    const check = new Check(async (path) => new Uint8Array(await (await fetch(`/${path}`)).arrayBuffer()), null);
    const log = await check.log(device, size);
    return [log.entries.length, hex(log.root), check.problems];
}"""


def test_a_log_of_three_levels_of_tiles_gives_the_root_that_the_ledger_gives(published: Release, page: Any) -> None:
    size, files = 256 * 256 + 300, {}

    def put(path: str, data: bytes) -> None:
        files[f"ledger/dev/{path}"] = data

    log = GrowingTree(put)
    log.extend(hashlib.sha256(b"%d" % i).digest() for i in range(size))
    log.hand_out_partial()
    open_served(page, published.path, files)

    assert page.evaluate(READ_LOG, ["dev", size]) == [size, log.root().hex(), []]


def test_the_page_and_the_ledger_lay_out_tiles_alike(published: Release, page: Any) -> None:
    page.goto((published.path / "en/check.html").as_uri())
    places = [(level, n, width) for level in (0, 2) for n in (0, 7, 999, 1000, 1_234_067) for width in (1, 255, 256)]

    found = page.evaluate("places => places.map((place) => tilePath(...place))", places)

    assert found == [tile_path(*place) for place in places]


def test_a_browser_without_ed25519_says_that_signatures_were_not_checked(published: Release, page: Any) -> None:
    page.add_init_script(LACKS_ED25519)
    found = chosen(page, published.path)

    assert found["verdict"] != WHOLE
    assert found["undone"] == ["Signatures: this browser has no Ed25519. verify.py checks them without a browser."]
    assert not any("signed by" in line for line in found["done"])


def test_cosignatures_that_a_policy_asks_for_are_said_to_be_unchecked(copy: Path, page: Any) -> None:
    policy = copy / "ledger/policy"
    policy.write_text(policy.read_text().replace("quorum none", "quorum partners"))

    assert chosen(page, copy)["undone"] == ["The cosignatures that ledger/policy asks for: verify.py checks them."]


def test_a_folder_that_is_no_release_is_a_finding(published: Release, page: Any) -> None:
    page.goto((published.path / "en/check.html").as_uri())
    page.set_input_files("#folder", published.path / "data")

    assert "manifest.json" in said(page)["problems"][0]


def test_with_scripts_off_the_page_says_how_to_check_and_offers_nothing_that_does_not_work(
    published: Release, browser: Any
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((published.path / "en/check.html").as_uri())

    assert "python3 -I verify.py" in page.locator("main").inner_text()
    assert "Scripts are off here" in page.locator("main").inner_text()
    assert not page.locator("#folder").is_visible()
    context.close()


def test_a_page_that_came_without_https_says_so(published: Release, page: Any) -> None:
    page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    page.goto((published.path / "en/check.html").as_uri())

    assert page.locator("#insecure").is_visible()
    assert not page.locator("#folder").is_visible()


def test_the_script_is_short_and_the_manifest_names_it(published: Release) -> None:
    script = (published.path / "check.js").read_text()
    named = {path for path, _, _ in json.loads((published.path / "manifest.json").read_text())["files"]}

    assert script.count("\n") <= 200
    assert "check.js" in named
    assert not any(word in script for word in ("http:", "https:", "innerHTML", "eval(", "import("))

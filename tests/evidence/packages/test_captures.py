from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zipfile

import pytest

from tests.evidence.packages.hostile import warc_record
from willakuy.evidence.packages import Outcome, PackageNotRead, pages, unpack

BODY = b"<html><p>Diario Inventado: diecisiete personas.</p></html>"


def sha1(data: bytes) -> bytes:
    return b"sha1:" + base64.b32encode(hashlib.sha1(data).digest())


@pytest.mark.parametrize("is_zipped", [True, False])
def test_a_page_comes_out_with_its_address_and_time(tmp_path, is_zipped):
    path = tmp_path / ("a.warc.gz" if is_zipped else "a.warc")
    records = [warc_record(BODY), warc_record(b"otra")]
    path.write_bytes(b"".join(gzip.compress(r) if is_zipped else r for r in records))

    found = [capture for capture, _ in pages(path)]

    assert [c.body for c in found] == [BODY, b"otra"]
    assert found[0].address == "https://diario.invalid/nota"
    assert found[0].captured == "2023-01-10T12:00:00Z"
    assert unpack(path).n_pages == 2


def test_a_digest_that_holds_fails_or_is_absent_is_told_apart(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(
        warc_record(BODY, b"WARC-Payload-Digest: " + sha1(BODY))
        + warc_record(BODY, b"WARC-Payload-Digest: " + sha1(b"otra cosa"))
        + warc_record(BODY)
    )

    assert [capture.is_intact for capture, _ in pages(path)] == [True, False, None]


def test_the_body_of_a_page_is_as_the_browser_saw_it(tmp_path):
    packed = gzip.compress(BODY)
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (packed[:7], packed[7:])) + b"0\r\n\r\n"
    http = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    )
    (tmp_path / "a.warc").write_bytes(warc_record(chunked, http=http))

    assert [capture.body for capture, _ in pages(tmp_path / "a.warc")] == [BODY]


def test_errors_and_pictures_of_the_web_are_no_pages(tmp_path):
    not_found = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"
    picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(warc_record(b"no", http=not_found) + warc_record(b"png", http=picture))

    assert list(pages(tmp_path / "a.warc")) == []


def wacz(path, *, changed: bool = False) -> None:
    warc = gzip.compress(warc_record(BODY))
    said = hashlib.sha256(b"otra" if changed else warc).hexdigest()
    package = json.dumps(
        {"profile": "data-package", "resources": [{"path": "archive/data.warc.gz", "hash": f"sha256:{said}"}]}
    ).encode()
    digest = {
        "path": "datapackage.json",
        "hash": "sha256:" + hashlib.sha256(package).hexdigest(),
        "signedData": {"x": 1},
    }
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("archive/data.warc.gz", warc)
        z.writestr("datapackage.json", package)
        z.writestr("datapackage-digest.json", json.dumps(digest))


def test_a_wacz_gives_its_pages_and_what_its_digests_are_worth(tmp_path):
    wacz(tmp_path / "a.wacz")

    seen = unpack(tmp_path / "a.wacz")

    assert (seen.kind, seen.n_pages) == ("wacz", 1)
    assert [(p.kind, p.outcome) for p in seen.proofs] == [
        ("wacz", Outcome.holds),
        ("wacz", Outcome.holds),
        ("wacz-signature", Outcome.unchecked),
    ]


def test_a_wacz_whose_capture_was_changed_says_so(tmp_path):
    wacz(tmp_path / "a.wacz", changed=True)

    assert next(p.outcome for p in unpack(tmp_path / "a.wacz").proofs) is Outcome.fails


def test_a_torn_capture_inside_a_package_is_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as z:
        z.writestr("x.warc", warc_record(BODY)[:-70])

    with pytest.raises(PackageNotRead, match=r"x\.warc"):
        unpack(tmp_path / "a.zip")

"""willakuy anchor"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from willakuy.cli.screen import Screen, by_option, case_option, json_option
from willakuy.i18n import N_, gettext


@click.group(
    "anchor",
    help=N_("""Have others say when this case held what it holds. Optional: nothing in Willakuy needs it, and nothing here uses a network.

    What is anchored is the signed head of the ledger, three lines of text: whoever sees it learns nothing of the case.

    \b
    willakuy anchor print                        for a newspaper, a notary, a telephone
    willakuy anchor request cabeza.tsq           for a time-stamping authority (RFC 3161)
    willakuy anchor keep cabeza.tsr              the answer; or an OpenTimestamps proof
    willakuy anchor check --ca autoridad.pem
    """),
)
def command() -> None:
    pass


@command.command("print", help=N_("Print the signed head as it stands now, in three lines and as a QR code."))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help=N_("Write the signed head to this new file as well.")
)
@click.option(
    "--qr",
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("Write the QR code as a picture (SVG) to this new file."),
)
@case_option
@json_option
def print_(out: Path | None, qr: Path | None, folder: Path, as_json: bool) -> None:
    import segno

    from willakuy.casefile import Case
    from willakuy.casefile.anchors import head_to_anchor

    screen = Screen(as_json)
    with Case.open(folder) as case:
        note = head_to_anchor(case)
    code = segno.make(note, error="m", micro=False)
    if out is not None:
        _write_new(out, note.encode())
    if qr is not None:
        _write_new(qr, code.svg_inline(scale=4).encode())
    origin, size, root = note.split("\n")[:3]
    for line in (origin, size, root):
        screen.say(line)
    if not as_json and qr is None:
        code.terminal(compact=True)
    screen.say(
        gettext("When it has been printed or read out:\n    willakuy anchor printed {size} {root} --where …").format(
            size=size, root=root
        )
    )
    screen.result({"origin": origin, "size": int(size), "root": root, "note": note})


@command.command(
    "printed", help=N_("Record that a head was printed or read out: its size and root, typed in from there.")
)
@click.argument("size", type=int)
@click.argument("root")
@click.option("--where", required=True, help=N_("The newspaper and its date, the notary, who heard it."))
@click.option(
    "--scan",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=N_("A picture of the page, kept as evidence."),
)
@by_option
@case_option
@json_option
def printed(size: int, root: str, where: str, scan: Path | None, by: str | None, folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.anchors import keep_printed

    with Case.open(folder) as case:
        _say(Screen(as_json), keep_printed(case, size, root, where, scan=scan, by=by))


@command.command("request", help=N_("Write a time-stamp request for the head as it stands now to the new file FILE."))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@case_option
@json_option
def request(file: Path, folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.anchors import time_stamp_request

    screen = Screen(as_json)
    with Case.open(folder) as case:
        data = time_stamp_request(case)
    _write_new(file, data)
    screen.say(
        gettext(
            "{file}: a request. Anyone may send it to an authority, from any machine; ask two in different countries. For example:\n"
            "    curl -H 'Content-Type: application/timestamp-query' --data-binary @{file} ADDRESS > answer.tsr\n"
            "    willakuy anchor keep answer.tsr"
        ).format(file=file)
    )
    screen.result({"file": str(file), "bytes": len(data)})


@command.command("keep", help=N_("Keep an answer: a time-stamp token (.tsr) or an OpenTimestamps proof (.ots)."))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@by_option
@case_option
@json_option
def keep(file: Path, by: str | None, folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.anchors import keep_anchor

    with Case.open(folder) as case:
        _say(Screen(as_json), keep_anchor(case, file, by=by))


@command.command(
    "check", help=N_("Check every anchor against the ledger and the authorities you trust. Needs no network.")
)
@click.option(
    "--ca",
    "authorities",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    multiple=True,
    help=N_("Certificates of authorities you trust (PEM)."),
)
@case_option
@json_option
def check(authorities: tuple[Path, ...], folder: Path, as_json: bool) -> int:
    from willakuy.casefile import Case
    from willakuy.casefile.anchors import anchors, check_anchor, trusted_in

    screen = Screen(as_json)
    trusted = trusted_in(authorities)
    with Case.open(folder) as case:
        found = [(anchor, check_anchor(case, anchor, trusted)) for anchor in anchors(case)]
    for anchor, problem in found:
        screen.rows([("✗" if problem else "✓", *_columns(anchor), problem or "")])
    if not found:
        screen.say(gettext("There is no anchor yet."))
    screen.result({"anchors": [{**_plain(anchor), "problem": problem} for anchor, problem in found]})
    return 1 if any(problem for _, problem in found) else 0


@command.command(
    "proof",
    help=N_("""Write to the new file FILE the proof that an entry stands in its log: C2SP tlog-proof, checked offline.

    ENTRY is DEVICE/N, as the rows of a release name it, or N in the log of this device. The file tells nothing of what the entry says.
    """),
)
@click.argument("entry")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@case_option
@json_option
def proof(entry: str, file: Path, folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.proving import prove_entry

    screen = Screen(as_json)
    with Case.open(folder) as case:
        done = prove_entry(case, entry)
    _write_new(file, str(done.proof).encode())
    said = gettext("{file}: entry {n} of device {device} is in its signed log. What is proven to be there:\n    {hash}")
    commitment = done.commitment.hex()
    screen.say(said.format(file=file, n=done.proof.index, device=done.device, hash=commitment))
    screen.say(gettext("Key of the log, for the policy of whoever checks:\n    log {vkey}").format(vkey=done.vkey))
    screen.result({"file": str(file), "entry": commitment, "vkey": done.vkey, "index": done.proof.index})


def _say(screen: Screen, anchor: Any) -> None:
    screen.say(gettext("Kept: {n} entries of device {device}.").format(n=f"{anchor.size:,}", device=anchor.device))
    screen.rows([_columns(anchor)])
    screen.result(_plain(anchor))


def _columns(anchor: Any) -> tuple[str, ...]:
    return (anchor.kind, f"{anchor.device}@{anchor.size}", anchor.time, anchor.by)


def _plain(anchor: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(anchor)


def _write_new(path: Path, data: bytes) -> None:
    from willakuy.casefile.sync.errors import FileNotWritten, FileTaken
    from willakuy.evidence import new_file

    try:
        with new_file(path) as out:
            out.write(data)
    except FileExistsError as e:
        raise FileTaken(file=path) from e
    except OSError as e:
        raise FileNotWritten(file=path, reason=e.strerror or str(e)) from e


@command.command(
    "cosign",
    help=N_("""As a partner: check RELEASE and put your cosignature under its seal. Needs no case.

    The key file is made the first time, and remembers what it has cosigned: a log that later begins otherwise is refused.
    """),
)
@click.argument("release", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--key",
    "key_file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("File of your cosigning key."),
)
@click.option("--name", help=N_("Name of a new key: your organisation's address, without spaces."))
@json_option
def cosign(release: Path, key_file: Path, name: str | None, as_json: bool) -> None:
    import time

    from willakuy.publication.cosigning import cosign_release

    screen = Screen(as_json)
    done = cosign_release(release, key_file, name, time=int(time.time()))
    screen.say(gettext("{path}: checked and cosigned, {n} entries.").format(path=release, n=f"{done.size:,}"))
    screen.say(
        gettext("Readers who want to ask for your cosignature put this into their policy:\n    {line}").format(
            line=done.policy_line
        )
    )
    screen.result({"origin": done.origin, "size": done.size, "policy_line": done.policy_line})

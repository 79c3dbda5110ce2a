"""willakuy unpack"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from willakuy.cli.screen import Screen, case_option, json_option
from willakuy.i18n import N_, gettext

if TYPE_CHECKING:
    from willakuy.casefile.packages import KeptPackage

_MEGA = 1_000_000


@click.command(
    "unpack",
    help=N_("""Open a PACKAGE somebody sent, and keep it, each file in it, and the proofs that came with it.

    ZIP, TAR, TAR.GZ or a folder; a web capture (WARC, WACZ); a BagIt bag; the output of ProofMode or auto-archiver.
    It is looked at whole before anything is kept: what unfolds to more than its size explains, or holds names that climb
    out of it, is refused and leaves no trace. Nothing in it is run, and nothing is fetched.
    """),
)
@click.argument("package", metavar="PACKAGE", type=click.Path(path_type=Path, exists=True))
@case_option
@click.option(
    "--source", help=N_("Who gave it: name or id of the source; each readable file becomes a document of it.")
)
@click.option("--kind", default="press", show_default=True, help=N_("Kind of source, when it is new to the case."))
@click.option("--largest", type=click.IntRange(1), help=N_("Megabytes it may hold when unfolded."))
@click.option(
    "--in-clear", is_flag=True, help=N_("Keep proofs that lead to whoever filmed as evidence, instead of sealing them.")
)
@json_option
def command(
    package: Path, folder: Path, source: str | None, kind: str, largest: int | None, in_clear: bool, as_json: bool
) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.intake import Provenance
    from willakuy.casefile.packages import keep_package
    from willakuy.evidence.packages import Quota

    screen = Screen(as_json)
    quota = Quota(bytes_out=largest * _MEGA) if largest else None
    about = Provenance(source=source, source_kind=kind) if source else None
    with Case.open(folder) as case, screen.progress(gettext("Opening")) as advance:
        kept = keep_package(case, package, about=about, quota=quota, in_clear=in_clear, progress=advance)
    _say(screen, package, kept)
    screen.result(_told(kept))


def _say(screen: Screen, package: Path, kept: KeptPackage) -> None:
    screen.heading(f"{package.name}: {kept.kind}")
    rows: list[tuple[object, ...]] = [(gettext("files kept"), len(kept.files))]
    if kept.pages:
        rows.append((gettext("pages kept from captures"), len(kept.pages)))
    if kept.documents:
        rows.append((gettext("documents recorded"), len(kept.documents)))
    screen.rows(rows)
    for (kind, outcome), n in sorted(Counter((p.kind, p.outcome.value) for p in kept.proofs).items()):
        mark = {"holds": "✓", "fails": "✗", "unchecked": "·"}[outcome]
        screen.rows([(mark, kind, _outcome(outcome).format(n=n))])
    for proof in [p for p in kept.proofs if p.outcome == "fails"][:10]:
        screen.say(f"      {proof.member or proof.stated_in}  {gettext(proof.reason) if proof.reason else ''}".rstrip())
    for reason in sorted({p.reason for p in kept.proofs if p.outcome == "unchecked" and p.reason}):
        screen.say(f"      {gettext(reason)}")
    if kept.danger:
        names = ", ".join(sorted({name for fields in kept.danger.values() for name in fields}))
        screen.say()
        screen.say(
            (
                gettext(
                    "Sealed to the custodians, since they lead to whoever filmed: the proofs ({names}) and the package."
                )
                if kept.sealed
                else gettext("Kept in clear, and leading to whoever filmed ({names}): never publish these proofs.")
            ).format(names=names)
        )


def _outcome(outcome: str) -> str:
    return {
        "holds": gettext("{n} hold"),
        "fails": gettext("{n} do not hold"),
        "unchecked": gettext("{n} kept, not checked"),
    }[outcome]


def _told(kept: KeptPackage) -> dict[str, object]:
    return {
        "kind": kept.kind,
        "package": kept.package.kept.sha256 if kept.package else None,
        "files": [{"name": f.name, "sha256": f.kept.sha256, "size": f.kept.size} for f in kept.files],
        "pages": [
            {"address": p.address, "sha256": p.kept.sha256, "captured": p.captured, "digest": p.digest}
            for p in kept.pages
        ],
        "proofs": [
            {
                "kind": p.kind,
                "stated_in": p.stated_in,
                "about": p.member,
                "outcome": p.outcome.value,
                "reason": p.reason,
            }
            for p in kept.proofs
        ],
        "sealed": [item.seal_id for item in kept.sealed],
        "leads_to_people": {name: list(fields) for name, fields in kept.danger.items()},
        "documents": [d.document_id for d in kept.documents],
    }

"""A case as plain files: a folder laid out like ``examples/peru-2022-2023``, imported in the order things rest on one another.

    sources.csv → lists.csv and the lists it names → mentions.csv → claims.csv → statuses.csv → judgements.csv → scopes.toml
    → notes/*.txt, read into proposals

Any of them may be missing. docs/format/lists.md says what each holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from willakuy.casefile.case import Case
from willakuy.casefile.importing import Imported, Wishes, import_file, import_known, import_rows, import_scopes
from willakuy.casefile.intake import Provenance, keep_file, keep_reading
from willakuy.errors import UsageError
from willakuy.i18n import N_, gettext
from willakuy.reading.tables import open_table, read_list_index, recognise_columns

Progress = Callable[[int], None]

_NOTES = "Source notes compiled by the project"
_AFTER_LISTS = ("mentions", "claims", "statuses", "judgements")


class NothingToImport(UsageError):
    code = "W158"
    what = N_("{folder}: none of the files of a case is in this folder.")
    next = N_(
        "Nothing was recorded. docs/format/lists.md says how such a folder is laid out; one list is imported with:\n    willakuy import LIST --source NAME"
    )


def import_path(case: Case, path: Path, wishes: Wishes, *, progress: Progress | None = None) -> list[Imported]:
    """Import one file, or everything in a folder laid out like the example case.

    Raises:
        the errors of ``import_file`` and ``import_folder``.
    """
    if path.is_dir():
        return import_folder(case, path, progress=progress)
    return [import_file(case, path, wishes, progress=progress)]


def import_folder(
    case: Case, folder: Path, *, with_judgements: bool = True, progress: Progress | None = None
) -> list[Imported]:
    """Import everything ``folder`` holds; ``with_judgements=False`` leaves the judged identities out.

    Raises:
        NothingToImport
        the errors of the single files: what was imported before them stays, and importing again goes on from there.
    """
    done: list[Imported] = []
    if (folder / "sources.csv").is_file():
        done.append(import_known(case, open_table(folder / "sources.csv"), "sources", Wishes()))
    if (folder / "lists.csv").is_file():
        done += _lists(case, folder, progress)
    for kind in _AFTER_LISTS:
        path = folder / f"{kind}.csv"
        if path.is_file() and (with_judgements or kind != "judgements"):
            done.append(import_known(case, open_table(path), kind, Wishes()))
            if progress:
                progress(1)
    if (folder / "scopes.toml").is_file():
        done.append(import_scopes(case, folder / "scopes.toml"))
    done += [_note(case, path) for path in sorted((folder / "notes").glob("*.txt"))]
    if not done:
        raise NothingToImport(folder=folder)
    return done


def _lists(case: Case, folder: Path, progress: Progress | None) -> list[Imported]:
    index = read_list_index(open_table(folder / "lists.csv"))
    done = []
    for entry in index.entries:
        table = open_table(folder / entry.file)
        arrived = keep_file(case, table.path)
        document = replace(
            entry.document, sha256=arrived.kept.sha256, size=arrived.kept.size, media_type=arrived.media_type
        )
        pages = (d.address for d in case.corpus().documents if d.source_id == document.source_id and d.address)
        document = replace(document, address=document.address or next(pages, None))
        case.append([document])
        done.append(import_rows(case, table, recognise_columns(table), document))
        if progress:
            progress(1)
    return done


def _note(case: Case, path: Path) -> Imported:
    """A note in the project's own words: a source of its own, so that nobody takes it for what it compiles."""
    kept = keep_reading(case, path, Provenance(source=_NOTES, source_kind="compiled"))
    return Imported(
        path, gettext("a note, read into proposed statements"), kept.n_new, len(kept.statements) - kept.n_new
    )

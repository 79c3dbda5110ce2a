"""``case.toml``: what a person may change by hand; everything else is in the ledger."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from willakuy.casefile.errors import CaseFormatUnknown, CaseNotRead, CaseTomlNotRead, NoCaseHere
from willakuy.evidence import BucketStore, EvidenceStore, NotABucket, Store, check_bucket
from willakuy.i18n import gettext

FORMAT = 1
SETTINGS_FILE = "case.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """``country`` chooses the gazetteer. ``publish_unjudged_links``: by default a machine's link is not merged in public.

    ``time_zone`` is where days begin and end for as-of questions. ``least_cell`` is how many people not shown must share
    all that is published of each; ``refuse_small_cells`` refuses a release with fewer instead of warning.
    ``evidence_store`` is ``s3://BUCKET/PREFIX``, or nothing for the folder ``evidence`` of the case.
    """

    name: str
    languages: tuple[str, ...] = ("es", "en")
    country: str = "PE"
    time_zone: str = "America/Lima"
    coder: str = "coder"
    publish_unjudged_links: bool = False
    notice_es: str = ""
    notice_en: str = ""
    is_example: bool = False
    least_cell: int = 5
    refuse_small_cells: bool = False
    evidence_store: str = ""

    def notice(self, language: str) -> str:
        return self.notice_es if language == "es" else self.notice_en


def read_settings(folder: Path) -> Settings:
    """Settings of the case in ``folder``.

    Raises:
        NoCaseHere, CaseTomlNotRead, CaseFormatUnknown, CaseNotRead
    """
    path = folder / SETTINGS_FILE
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as e:
        raise NoCaseHere(path=folder) from e
    except NotADirectoryError as e:
        raise NoCaseHere(path=folder) from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise CaseTomlNotRead(path=path, reason=e) from e
    except OSError as e:
        raise CaseNotRead(path=path, reason=e.strerror or str(e)) from e
    if raw.get("format", FORMAT) > FORMAT:
        raise CaseFormatUnknown(path=path, found=raw["format"], known=FORMAT)
    known = {name: raw[name] for name in Settings.__dataclass_fields__ if name in raw}
    if type(known.get("least_cell", 0)) is not int:
        raise CaseTomlNotRead(path=path, reason=gettext("least_cell is no whole number"))
    _check_store(path, known.get("evidence_store", ""))
    try:
        return Settings(**{**known, "languages": tuple(known.get("languages", ("es", "en")))})
    except TypeError as e:
        raise CaseTomlNotRead(path=path, reason="it gives the case no name") from e


def _check_store(path: Path, store: object) -> None:
    if store != "":
        try:
            check_bucket(str(store))
        except NotABucket as e:
            raise CaseTomlNotRead(path=path, reason=gettext("evidence_store is not written s3://BUCKET/PREFIX")) from e


def evidence_of(folder: Path, settings: Settings | None = None) -> Store:
    """Where the evidence of the case in ``folder`` lies. Without settings, as of a damaged case, its own folder."""
    root = folder / "evidence"
    if settings is not None and settings.evidence_store:
        return BucketStore(root, settings.evidence_store)
    return EvidenceStore(root)


def settings_as_toml(settings: Settings) -> str:
    """What a new ``case.toml`` says."""
    quoted = {name: _toml(getattr(settings, name)) for name in Settings.__dataclass_fields__}
    lines = [
        f"format = {FORMAT}",
        *(f"{name} = {value}" for name, value in quoted.items() if value not in ('""', "false")),
    ]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'

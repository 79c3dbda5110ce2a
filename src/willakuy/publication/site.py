"""What the pages of one language share: the record, its words, its templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from willakuy.casefile import Settings
from willakuy.i18n import LANGUAGES, N_
from willakuy.publication.cards import Cards
from willakuy.publication.differences import Difference
from willakuy.publication.frozen import PublicRecord
from willakuy.publication.speech import Speech

LANGUAGE_NAMES = {"es": "Español", "en": "English"}

MENU = (
    ("p/index.html", N_("People"), "people"),
    ("f/index.html", N_("Figures"), "figures"),
    ("c/index.html", N_("Published figures"), "claims"),
    ("l/index.html", N_("Places"), "places"),
    ("s/index.html", N_("Sources"), "sources"),
    ("d/index.html", N_("Documents"), "documents"),
    ("method.html", N_("Method"), "method"),
    ("data.html", N_("Data"), "data"),
)


@dataclass(frozen=True, slots=True)
class Edition:
    """What the pages say of the release itself. ``before`` is the number of the release it is compared with."""

    settings: Settings
    number: int
    checkpoint: str
    vkey: str
    frozen_size: int
    before: int | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """``path`` from the top of a language; ``section`` the part of the menu it belongs to."""

    path: str
    template: str
    section: str
    title: str
    context: Mapping[str, Any] = field(default_factory=dict)


class Site:
    """All that the pages of one language share."""

    def __init__(self, record: PublicRecord, edition: Edition, lang: str) -> None:
        self.record, self.edition, self.lang = record, edition, lang
        self.speech = Speech(lang, edition.settings.country, record)
        self.cards = Cards(record, self.speech)
        self._environment = _environment(self.speech)
        self._templates: dict[str, Template] = {}

    @property
    def text(self) -> Callable[..., str]:
        return self.speech.text

    def render(self, page: Page) -> bytes:
        template = self._templates.get(page.template)
        if template is None:
            template = self._templates[page.template] = self._environment.get_template(f"{page.template}.html.j2")
        base = "../" * page.path.count("/")
        other = next(code for code in LANGUAGES if code != self.lang)
        return template.render(
            page.context,
            lang=self.lang,
            other=other,
            other_name=LANGUAGE_NAMES[other],
            root=base + "../",
            base=base,
            here=page.path,
            section=page.section,
            title=page.title,
            site=self.edition.settings.name,
            number=self.edition.number,
            size=self.edition.frozen_size,
            menu=self._menu,
        ).encode()

    @property
    def _menu(self) -> list[tuple[str, str, str]]:
        return [(path, self.text(label), key) for path, label, key in MENU]


def _environment(speech: Speech) -> Environment:
    environment = Environment(
        loader=PackageLoader("willakuy.publication", "templates"),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=False,
        auto_reload=False,
    )
    environment.install_gettext_translations(speech.translations, newstyle=True)  # type: ignore[attr-defined]
    return environment

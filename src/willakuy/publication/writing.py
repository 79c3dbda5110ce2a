"""The site: every page in every language, from the frozen record alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files

from jinja2 import Environment, PackageLoader

from willakuy.i18n import LANGUAGES, speaking
from willakuy.publication.folder import NewFolder
from willakuy.publication.frozen import PublicRecord
from willakuy.publication.pages import MAKERS
from willakuy.publication.site import LANGUAGE_NAMES, Edition, Page, Site

STATIC = ("style.css", "check.js")
"""Files that are the same in every release: the sheet of all pages, and the script of check.html alone."""


def write_site(
    folder: NewFolder, record: PublicRecord, edition: Edition, progress: Callable[[int], None] | None = None
) -> int:
    """Write every page; how many there are."""
    package = files("willakuy.publication")
    for name in STATIC:
        folder.put(name, package.joinpath("static", name).read_bytes())
    folder.put("index.html", _chooser(edition))
    n = 1
    for lang in LANGUAGES:
        with speaking(lang):
            site = Site(record, edition, lang)
            for page in all_pages(site):
                folder.put(f"{lang}/{page.path}", site.render(page))
                n += 1
                if progress and n % 100 == 0:
                    progress(100)
    return n


def all_pages(site: Site) -> Iterator[Page]:
    """Every page of one language. The same paths in every language: ids and codes, no words."""
    for maker in MAKERS:
        yield from maker(site)


def _chooser(edition: Edition) -> bytes:
    settings = edition.settings
    environment = Environment(loader=PackageLoader("willakuy.publication", "templates"), autoescape=True)
    languages: Iterable[tuple[str, str, str]] = [(c, LANGUAGE_NAMES[c], settings.notice(c)) for c in LANGUAGES]
    return environment.get_template("root.html.j2").render(site=settings.name, languages=languages).encode()

"""Every page: complete in both languages, safe to open, and one step from the words behind it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from willakuy.publication import Release
from willakuy.publication.charts import Dot, Step, steps_svg
from willakuy.publication.map import Area, map_svg, outlines
from willakuy.statements import vocabularies

CSP = "default-src 'none'; img-src 'self' data:; style-src 'self'; base-uri 'none'; form-action 'none'"
BLAME = re.compile(
    r"killed by (?!(?:an )?attack)|murdered by|asesinad[oa]s? por|muert[oa]s? por (?:la polic|el ej)|matad[oa]s? por",
    re.IGNORECASE,
)


class Reader(HTMLParser):
    """Links, ids, tags and attributes of a page, and its text outside quotations."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self.loaded: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.said = ""
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.attributes |= found.keys()
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a":
            self.links.append(found)
        if tag in ("link", "img", "script", "iframe", "source") and found.get("rel") != "alternate":
            self.loaded.append(str(found.get("href") or found.get("src")))
        self._quoted += tag in ("blockquote", "q")

    def handle_endtag(self, tag: str) -> None:
        self._quoted -= tag in ("blockquote", "q")

    def handle_data(self, data: str) -> None:
        if not self._quoted:
            self.said += data + " "


@cache
def parsed(path: Path) -> Reader:
    reader = Reader()
    reader.feed(path.read_text("utf-8"))
    return reader


@pytest.fixture(scope="module")
def pages(published: Release) -> list[Path]:
    return sorted(published.path.rglob("*.html"))


def test_every_page_exists_in_both_languages_with_the_same_parts(published: Release) -> None:
    spanish, english = (
        {p.relative_to(published.path / lang): p for p in (published.path / lang).rglob("*.html")}
        for lang in ("es", "en")
    )

    assert spanish.keys() == english.keys()
    for path in spanish:
        assert sorted(parsed(spanish[path]).ids) == sorted(parsed(english[path]).ids), path


def test_each_page_switches_to_itself_in_the_other_language(published: Release, pages: list[Path]) -> None:
    for page in pages:
        lang, _, here = page.relative_to(published.path).as_posix().partition("/")
        if here:
            other = "en" if lang == "es" else "es"
            hrefs = [a["href"] for a in parsed(page).links if a.get("hreflang") == other]
            assert [(page.parent / str(h)).resolve() for h in hrefs] == [(published.path / other / here).resolve()]


def test_every_link_inside_leads_to_something_that_is_there(published: Release, pages: list[Path]) -> None:
    later = {"manifest.json", "seal.json"}
    for page in pages:
        for link in parsed(page).links:
            address = urlsplit(str(link["href"]))
            if address.scheme:
                continue
            target = (page.parent / unquote(address.path)).resolve() if address.path else page
            assert target.is_file() or target.name in later, f"{page}: {link['href']}"
            if address.fragment and target.suffix == ".html":
                assert unquote(address.fragment) in parsed(target).ids, f"{page}: {link['href']}"


def test_no_page_uses_an_id_twice(pages: list[Path]) -> None:
    for page in pages:
        ids = parsed(page).ids
        assert len(ids) == len(set(ids)), page


def test_only_the_page_that_checks_runs_a_script_and_none_asks_another_host(
    published: Release, pages: list[Path]
) -> None:
    for page in pages:
        reader = parsed(page)
        checks = page.name == "check.html"
        policy = CSP.replace("img-src", "script-src 'self'; connect-src 'self'; img-src", checks)
        assert f'content="{policy}"' in page.read_text().replace("&#39;", "'")
        assert [x for x in reader.loaded if x.endswith(".js")] == ["../check.js"] * checks
        assert ("script" in reader.tags) == checks
        assert reader.tags.isdisjoint({"iframe", "object", "embed", "form", "style", "base"})
        assert not any(name.startswith("on") or name == "style" for name in reader.attributes)
        assert all(urlsplit(x).scheme in ("", "data") for x in reader.loaded)
    assert "url(" not in (published.path / "style.css").read_text()
    assert "@import" not in (published.path / "style.css").read_text()


def test_links_to_sources_tell_them_nothing_about_the_reader(pages: list[Path]) -> None:
    outside = [link for page in pages for link in parsed(page).links if urlsplit(str(link["href"])).scheme]

    assert outside
    assert all(link.get("rel") == "noreferrer" for link in outside)
    assert all(str(link["href"]).startswith(("https://", "http://")) for link in outside)


def test_nobody_is_accused_in_our_own_voice(pages: list[Path]) -> None:
    for page in pages:
        assert not BLAME.search(parsed(page).said), page


def test_an_accusation_is_printed_as_what_somebody_said(read: Callable[[str], str], published: Release) -> None:
    page = next(p for p in (published.path / "en/p").glob("per_*.html") if "le disparó" in p.read_text())

    assert "hermano said who was responsible: “le disparó el capitán […] de la Policía Nacional”" in page.read_text()


def test_every_value_of_a_person_leads_in_one_step_to_its_statements(published: Release) -> None:
    for page in (published.path / "en/p").glob("per_*.html"):
        text = page.read_text()
        profile = text.split('<dl class="profile">')[1].split("</dl>")[0]
        for value in re.findall(r"<dd>.*?</dd>", profile, re.DOTALL):
            assert re.findall(r'href="#(stm_[^"]+)"', value), value
        for statement in re.findall(r'<article class="said" id="(stm_[^"]+)"', text):
            card = text.split(f'id="{statement}"')[1].split("</article>")[0]
            assert f"#{statement}" in card or "proposed" in card


def test_every_figure_leads_to_its_people_and_they_to_its_rule(published: Release) -> None:
    front = parsed(published.path / "es/index.html")

    for figure in (published.path / "es/f").glob("scp_*.html"):
        assert f"f/{figure.name}" in [a["href"] for a in front.links]
        assert f"../method.html#{figure.stem}" in [a["href"] for a in parsed(figure).links]


def test_the_first_page_weighs_less_than_fifty_kilobytes(published: Release) -> None:
    loaded = [published.path / name for name in ("es/index.html", "style.css")]

    assert sum(len(gzip.compress(p.read_bytes())) for p in loaded) < 50_000


def test_every_word_of_every_vocabulary_is_defined_in_both_languages(read: Callable[[str], str]) -> None:
    from markupsafe import escape

    for lang in ("es", "en"):
        page = read(f"{lang}/words.html")
        for name in vocabularies.names():
            for term in vocabularies.vocabulary(name).terms:
                assert f'id="{name}-{term.code}"' in page
                assert str(escape(term.define(lang))) in page


def test_quotations_carry_their_language_on_a_page_of_another(read: Callable[[str], str]) -> None:
    assert '<blockquote lang="es"><p>49 fallecidos' in read("en/d/doc_L01.html")
    assert "<blockquote><p>49 fallecidos" in read("es/d/doc_L01.html")


def test_sources_are_counted_after_copies_are_joined(published: Release) -> None:
    page = next(p for p in (published.path / "en/p").glob("per_*.html") if "stm_M3" in p.read_text())

    assert "3 sources, which count as 2 once those that pass on one another are joined." in page.read_text()


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed_and_kept_whole_beside(read: Callable[[str], str]) -> None:
    assert ",'=2+3 Fórmula Inexistente," in read("data/persons.csv")
    assert '"=2+3 Fórmula Inexistente"' in read("data/persons.jsonl")


def test_the_data_package_describes_every_file_and_every_column(published: Release) -> None:
    import csv
    import json

    package = json.loads((published.path / "data/datapackage.json").read_text())
    paths = {r["path"] for r in package["resources"]}

    assert paths == {p.name for p in (published.path / "data").iterdir()} - {"datapackage.json"}
    for resource in package["resources"]:
        if resource["format"] == "csv":
            rows = list(csv.reader((published.path / "data" / resource["path"]).read_text("utf-8").splitlines()))
            assert rows[0] == [f["name"] for f in resource["schema"]["fields"]]
            whole = [
                json.loads(line)["id"]
                for line in (published.path / "data" / resource["path"].replace(".csv", ".jsonl"))
                .read_text()
                .splitlines()
            ]
            assert [row[0] for row in rows[1:]] == whole


def test_the_map_says_every_number_in_words_too() -> None:
    svg = map_svg("PE", {"PE.21": Area(26, "Puno: 26 people", "PE.21.html")}, "All deaths, by department")

    assert svg is not None
    assert 'aria-label="Puno: 26 people"' in svg
    assert svg.count("<path") == 25


def test_a_country_without_a_drawing_has_a_table_alone() -> None:
    assert outlines("ZZ") is None
    assert map_svg("ZZ", {}, "") is None


def test_the_outlines_are_small_and_carry_their_licence() -> None:
    drawing = outlines("PE")

    assert drawing is not None
    assert "mozilla.org/MPL/2.0" in drawing["licence"]
    assert len(drawing["departments"]) == 25
    assert len(gzip.compress("".join(d["path"] for d in drawing["departments"].values()).encode())) < 4000


def test_a_chart_stays_level_until_the_next_day() -> None:
    from datetime import date

    steps = [Step(date(2023, 1, 1), 0, 10), Step(date(2023, 1, 11), 5, 10)]
    svg = steps_svg(steps, [Dot(date(2023, 1, 11), 8)], "Deaths", ("1 January", "11 January"), "")

    assert 'class="lo" d="M32.0 182.0L350.0 182.0L350.0 97.0L350.0 97.0"' in svg
    assert "<circle" in svg

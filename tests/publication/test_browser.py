"""The pages in a browser: axe finds nothing, nothing is wider than the screen, nobody else is asked.

Needs Chromium, and axe-core from the npm registry (unpacked once into a cache); each test says so when it is skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

from willakuy.i18n import LANGUAGES
from willakuy.publication import Release

pytestmark = pytest.mark.browser

AXE = "4.14.1"
WIDTHS = (320, 1280)


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "willakuy-tests"
    script = cache / f"axe-{AXE}.min.js"
    if not script.is_file():
        if not shutil.which("npm"):
            pytest.skip("needs axe-core, and there is no npm here to fetch it")
        cache.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", "--silent", f"axe-core@{AXE}"],
            cwd=cache,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if packed.returncode:
            pytest.skip("needs axe-core, and the npm registry did not give it")
        with tarfile.open(cache / packed.stdout.strip().splitlines()[-1]) as archive:
            member = archive.extractfile("package/axe.min.js")
            assert member is not None
            script.write_bytes(member.read())
    return script.read_text("utf-8")


def one_of_each(release: Release, lang: str) -> dict[str, Path]:
    """A page of every type; of people and documents the richest."""
    top = release.path / lang

    def richest(pattern: str) -> Path:
        return max(top.glob(pattern), key=lambda p: p.stat().st_size)

    return {
        "front": top / "index.html",
        "people": top / "p/index.html",
        "by day": top / "p/day.html",
        "by place": top / "p/place.html",
        "person": richest("p/per_*.html"),
        "figures": top / "f/index.html",
        "figure": richest("f/scp_*.html"),
        "claims": top / "c/index.html",
        "places": top / "l/index.html",
        "place": richest("l/PE*.html"),
        "sources": top / "s/index.html",
        "source": richest("s/src_*.html"),
        "documents": top / "d/index.html",
        "document": richest("d/doc_*.html"),
        "method": top / "method.html",
        "words": top / "words.html",
        "changes": top / "changes.html",
        "data": top / "data.html",
        "check": top / "check.html",
    }


RULES = {
    "light": "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}",
    "dark": "{runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}}",
}
"""Dark and light are one page: what colours can change is asked again in the dark."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_on_any_type_of_page(published: Release, browser: Any, axe: str, lang: str) -> None:
    context = browser.new_context(bypass_csp=True)
    found: dict[str, Any] = {}
    page = context.new_page()
    for name, path in one_of_each(published, lang).items():
        page.goto(path.as_uri())
        page.evaluate(axe)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme, rules in RULES.items():
                page.emulate_media(color_scheme=scheme)
                for violation in page.evaluate(f"axe.run({rules})")["violations"]:
                    nodes = [node["html"][:200] for node in violation["nodes"]]
                    found[f"{name}, {width}, {scheme}: {violation['id']}"] = nodes[:3]
    context.close()

    assert found == {}


def test_axe_finds_nothing_in_what_the_checking_page_says(copy: Path, browser: Any, axe: str) -> None:
    (copy / "style.css").write_text((copy / "style.css").read_text() + "\n")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto((copy / "es/check.html").as_uri())
    page.set_input_files("#folder", copy)
    page.wait_for_selector("#check[aria-busy=false]")
    page.evaluate(axe)
    found = []
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme)
        found += page.evaluate(f"axe.run({rules})")["violations"]
    problems = page.locator("#problems li").all_inner_texts()
    context.close()

    assert found == []
    assert problems == ["style.css: sus bytes no son los que nombra el manifiesto"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_is_wider_than_a_small_phone(published: Release, browser: Any, lang: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 900})
    wide = {}
    page = context.new_page()
    for name, path in one_of_each(published, lang).items():
        page.goto(path.as_uri())
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[name] = width
    context.close()

    assert wide == {}


def test_pages_ask_nobody_else_and_the_browser_complains_of_nothing(published: Release, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    asked: list[str] = []
    complaints: list[str] = []
    for path in one_of_each(published, "es").values():
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(path.as_uri())
        page.close()
    context.close()

    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert complaints == []
    assert any(url.endswith("style.css") for url in asked)


def test_on_paper_the_address_of_a_source_is_printed_and_the_menu_is_not(published: Release, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((published.path / "es/d/doc_L01.html").as_uri())
    page.emulate_media(media="print")

    assert not page.locator("header nav").is_visible()
    assert (
        "https://example.org/lista"
        in page.evaluate("getComputedStyle(document.querySelector('a.out'), '::after').content") + page.content()
    )
    context.close()

"""The pair page in a browser: axe finds nothing, in light and dark, on a phone and on a screen."""

from __future__ import annotations

import pytest

from tests.publication.test_browser import RULES, WIDTHS, axe

__all__ = ["axe"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["en", "es"])
def test_axe_finds_nothing_on_the_pair_page(coder, chromium, axe, lang):
    coder.post("/language/", {"language": lang})
    html = coder.get("/pairs/").content.decode().replace("<details>", "<details open>")
    style = b"".join(coder.get("/style.css")).decode()
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.set_content(html)
    page.add_style_tag(content=style)
    page.evaluate(axe)

    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in RULES.items():
            page.emulate_media(color_scheme=scheme)
            for violation in page.evaluate(f"axe.run({rules})")["violations"]:
                found[f"{width}, {scheme}: {violation['id']}"] = [n["html"][:200] for n in violation["nodes"]][:3]
    context.close()

    assert "93.0" in html or "93,0" in html
    assert found == {}

"""The report of an estimate in a browser: axe finds nothing and nothing runs over the edge, on a phone and on a screen."""

from __future__ import annotations

import pytest

from tests.publication.test_browser import RULES, WIDTHS, axe
from willakuy.estimation import (
    CaptureTable,
    StrataTable,
    as_json_mixture,
    estimate,
    mix_tables,
    report_data,
    report_from_json,
)

__all__ = ["axe"]

pytestmark = pytest.mark.browser


def _pages(table: CaptureTable) -> dict[str, str]:
    alone = CaptureTable.of(table.lists, [((1, 0, 0), 30), ((0, 1, 0), 20)])
    mixture = mix_tables({"one": table, "two": alone}, rng=1, method="graphs")
    found = {
        "estimate": report_data(estimate(table, method="graphs", rng=1, sensitivity="quick"), table),
        "strata": report_data(estimate(StrataTable({"north": table, "south": alone}), method="graphs", rng=1)),
        "versions": {"answer": as_json_mixture(mixture), "table": None, "posterior": None},
    }
    return {name: report_from_json(data).replace("<details>", "<details open>") for name, data in found.items()}


def test_axe_finds_nothing_on_a_report_and_it_fits_a_telephone(three_lists, chromium, axe):
    context = chromium.new_context(bypass_csp=True)
    page, found = context.new_page(), {}
    for name, html in _pages(three_lists).items():
        page.set_content(html)
        page.evaluate(axe)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found[f"{name}, {width}"] = "runs over the edge"
            for scheme, rules in RULES.items():
                page.emulate_media(color_scheme=scheme)
                for violation in page.evaluate(f"axe.run({rules})")["violations"]:
                    found[f"{name}, {width}, {scheme}: {violation['id']}"] = [
                        n["html"][:200] for n in violation["nodes"]
                    ]
    context.close()

    assert found == {}

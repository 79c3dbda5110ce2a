from __future__ import annotations

import re
from collections import Counter

from tests.conftest import ROOT


def test_every_error_has_a_code_of_its_own():
    found = Counter(
        code
        for path in (ROOT / "src").rglob("*.py")
        for code in re.findall(r'code = "(W\d+)"', path.read_text("utf-8"))
    )

    assert [code for code, n in found.items() if n > 1] == []

from __future__ import annotations

import re
from typing import Any

from tests import catalogue
from willakuy import i18n


def test_every_message_has_spanish():
    assert catalogue.untranslated(catalogue.renewed()) == []


def test_the_catalogue_on_disk_is_the_one_the_sources_give():
    assert {m.id for m in catalogue.current() if m.id} == {m.id for m in catalogue.renewed() if m.id}


def test_the_compiled_catalogue_is_current():
    assert catalogue.MO.read_bytes() == catalogue.compiled(catalogue.current())


def test_a_translation_keeps_every_placeholder():
    def holes(text: Any) -> list[str]:
        found = re.findall(r"(?<!\{)\{(\w*)[^{}]*\}(?!\})|%\((\w+)\)[sd]", str(text))
        return sorted({a or b for a, b in found})

    for message in catalogue.current():
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id:
            allowed = {hole for i in ids for hole in holes(i)}
            for string in strings:
                assert set(holes(string)) <= allowed, message.id
            assert set(holes(strings[-1])) == set(holes(ids[-1])), message.id


def test_two_languages_are_spoken_side_by_side():
    with i18n.speaking("es"):
        spanish = i18n.gettext("Same person?")
    with i18n.speaking("en"):
        english = i18n.gettext("Same person?")

    assert (spanish, english) == ("¿La misma persona?", "Same person?")

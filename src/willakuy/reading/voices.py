"""Whose voice each utterance is in: a name, a pronoun's last speaker, whoever spoke before, or nobody.

Method: docs/method/reading.md, "Speakers".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from willakuy.reading.layers import Block, TextLayer
from willakuy.reading.lexicon.function_words import DETERMINERS, ORGANISATION_NOUNS, PERSONAL, ROLE_NOUNS
from willakuy.reading.phrases import Span
from willakuy.reading.speakers import Mention, role_after
from willakuy.reading.tokens import fold
from willakuy.reading.utterances import Discourse
from willakuy.reading.values import Voice

_BYLINE = re.compile(
    r"(?:By|Por|Escribe|Texto(?:\s+de)?:?|Redacci[oó]n:?)\s+(?P<name>[A-ZÁÉÍÓÚÑ][\w.’'ÁÉÍÓÚÑáéíóúñü-]+(?:\s+(?:de\s+|del\s+|la\s+)?[A-ZÁÉÍÓÚÑ][\w.’'áéíóúñü-]*){1,4})(?=\s*(?:$|[,|•\n(-]))"
)
_TITLE_VOICE = re.compile(
    r"(?:comment|statement|remarks|comments|declaration|press\s+release|declaraci[oó]n|declaraciones|comunicado|pronunciamiento|mensaje|discurso|speech|letter|carta)\s+"
    r"(?:\w+\s+)?(?:by|of|from|del?|de\s+la)\s+(?P<who>.+?)(?=\s+(?:on|about|regarding|sobre|ante|respecto|in\s+response)\b|$|[:\n])",
    re.IGNORECASE,
)


def signed_by(layer: TextLayer, blocks: Sequence[Block]) -> Voice:
    """Who signs the text: a byline, or what its metadata says."""
    for block in blocks[:8]:
        m = _BYLINE.match(layer.text, block.start, block.end)
        if m and m.end() >= block.end - 24:
            name = m["name"]
            return Voice(name, None, m.start("name"), m.end("name"), "named")
    if layer.author:
        at = layer.text.find(layer.author)
        return Voice(layer.author, None, at if at >= 0 else None, at + len(layer.author) if at >= 0 else None, "named")
    return Voice()


def title_voice(d: Discourse) -> Voice | None:
    """ "Statement by the Ombudsman on …": the whole document speaks in that voice."""
    for block in d.blocks[:3]:
        m = _TITLE_VOICE.search(d.layer.text, block.start, block.end)
        if m:
            return _named(d, m.span("who"))
    return None


def find_voices(d: Discourse) -> None:
    """Work out each speaker: a name, a pronoun's last named speaker, or the one who spoke before."""
    last: Voice | None = None
    body: Voice | None = None
    introduced = _introductions(d)
    for u in sorted(d.utterances, key=lambda u: (u.sentence, u.attribution.cue or (0, 0))):
        source = u.attribution.source
        while introduced and introduced[0][0] <= (u.attribution.cue or (u.sentence,))[0]:
            last = introduced.pop(0)[1]
        if source is None:
            u.voice = _inherited(last)
        elif d.whole_voice and d.folded[slice(*source)].strip() in ("we", "i", "nosotros"):
            u.voice = replace(d.whole_voice, start=source[0], end=source[1], basis="pronoun")
        elif fold(d.layer.text[slice(*source)]).strip() in PERSONAL or _opens_with_pronoun(d, source):
            u.voice = (
                replace(last, start=source[0], end=source[1], basis="pronoun")
                if last and last.name
                else Voice(None, None, source[0], source[1], "pronoun")
            )
        elif body and fold(d.layer.text[slice(*source)]).strip() in _THE_BODY:
            u.voice = replace(body, start=source[0], end=source[1], basis="pronoun")
        else:
            u.voice = _named(d, source)
        if u.voice.basis == "inherited":
            u.flags += ("inherited_speaker",)
        if u.voice.name and u.attribution.cue_class in ("say", "ask", "deny", "withdraw"):
            last = u.voice
            if set(fold(u.voice.name).split()) & ORGANISATION_NOUNS:
                body = u.voice


_THE_BODY = frozenset(
    ["la entidad", "la institucion", "la organizacion", "el organismo", "la dependencia", "la cartera", "the agency", "the organization", "the organisation", "the body"]
)  # fmt: skip
"""Words for the body that spoke last."""


def _introductions(d: Discourse) -> list[tuple[int, Voice]]:
    """People the narrator brings on, each from the place of the mention: the subject of a sentence, or a full name with a role."""
    found = []
    openings = {s.start for s in d.sentences}
    quoted = sorted((q.start, q.end) for q in d.quotes)
    for mention in d.people.mentions:
        at = bisect_left(quoted, (mention.start, 0)) - 1
        if at >= 0 and mention.start < quoted[at][1]:
            continue
        person = d.people.named(mention)
        opens = mention.start in openings
        if len(person.parts) > 1 and (opens or (mention.start == person.start and person.role)):
            found.append((mention.end, Voice(person.name, person.role, mention.start, mention.end, "inherited")))
    return sorted(found, key=lambda pair: pair[0])


def _opens_with_pronoun(d: Discourse, source: Span) -> bool:
    first = d.folded[slice(*source)].split()
    return bool(first) and len(first) == 1 and first[0] in PERSONAL


def _inherited(last: Voice | None) -> Voice:
    return replace(last, basis="inherited") if last and last.name else Voice()


def _named(d: Discourse, source: Span) -> Voice:
    """The voice of a source phrase: the person's fullest name and role where it names one, else the phrase itself."""
    text = d.layer.text
    mention = d.people.in_span(*source)
    words = text[slice(*source)]
    if beside := _name_beside(d, source):
        person = d.people.named(beside)
        return Voice(person.name, person.role or words, beside.start, beside.end, "named")
    if (
        mention
        and (
            _ends_in_a_person(d, source, mention)
            or not any(x in ORGANISATION_NOUNS for x in d.folded[slice(*source)].split())
        )
        and not _is_about_another(d, source, mention.start)
    ):
        person = d.people.named(mention)
        role = person.role
        rest = text[mention.end : source[1]].lstrip("’'s").strip(" .")
        others = fold(rest).split()
        if (
            rest
            and not rest.startswith((",", "(", "–", "—"))
            and others[0] not in ("and", "y", "e", "of", "de", "of", "in", "at", "en", "del")
        ):
            return Voice(_bare(words), None, source[0], source[1], "named")
        if "and" in others or "y" in others or "otros" in others:
            return Voice(person.name + text[mention.end : source[1]], None, source[0], source[1], "named")
        return Voice(person.name, role, source[0], source[1], "named")
    if (known := _by_role(d, source)) is not None:
        return known
    found = role_after(text, source[1])
    return Voice(_bare(words), text[slice(*found)] if found else None, source[0], source[1], "named")


def _ends_in_a_person(d: Discourse, source: Span, mention: Mention) -> bool:
    """ "Police spokesman Col. Rosa Inventada": a body's name, a role, and then whoever it is."""
    before = d.folded[source[0] : mention.start].split()
    return (
        mention.end == source[1]
        and len(d.layer.text[mention.start : mention.end].split()) > 1
        and any(x in ROLE_NOUNS for x in before)
        and before[-1] not in ("de", "del", "of", "for", "to")
    )


_LEADS_TO_A_PLACE = frozenset(["de", "del", "of", "in", "en", "for", "from"])


def _name_beside(d: Discourse, source: Span) -> Mention | None:
    """The person of "the governor of Lampa, Rosa Inventada, said": the name follows the role after a comma."""
    words = d.folded[slice(*source)].split()
    described = any(x in ROLE_NOUNS for x in words[:5]) or (len(words) > 1 and words[0] in DETERMINERS)
    by_role = any(x in ROLE_NOUNS for x in words[:5])
    if not described or any(x in ORGANISATION_NOUNS for x in words[:2]) or (d.people.in_span(*source) and not by_role):
        return None
    own = d.people.in_span(*source)
    if own is not None and own.end == source[1] and len(d.layer.text[own.start : own.end].split()) > 1:
        before = d.folded[source[0] : own.start].split()[-2:]
        if not set(before) & _LEADS_TO_A_PLACE:  # "the mayor of Villa Inventada" ends in the name of a town
            return None
    m = re.compile(r",\s+").match(d.layer.text, source[1])
    found = d.people.starting(m.end()) if m else None
    return found if found is not None and len(d.layer.text[found.start : found.end].split()) > 1 else None


def _by_role(d: Discourse, source: Span) -> Voice | None:
    """ "The governor" is the person whose role the text gave as governor, the last one before."""
    words = d.folded[slice(*source)].split()
    if not 2 <= len(words) <= 3 or words[0] not in ("the", "el", "la") or words[-1] not in ROLE_NOUNS:
        return None
    before = (d.people.named(m) for m in d.people.before(source[0]))
    person = next((p for p in before if words[-1] in fold(p.role or "").split()), None)
    if person is None:
        return None
    return Voice(person.name, person.role, source[0], source[1], "pronoun")


def _is_about_another(d: Discourse, source: Span, at: int) -> bool:
    """ "Rosa’s lawyer", "a spokesman for Juan": the name belongs to somebody else's description."""
    before = d.folded[source[0] : at].split()
    mention = d.people.starting(at)
    name_end = mention.end if mention else at
    follows = d.folded[name_end : name_end + 3]
    if follows.startswith("'s") and name_end < source[1] - 2:
        return True
    if d.layer.text[at:name_end].endswith(("’s", "'s")) and name_end < source[1]:
        return True
    return bool(before) and before[-1] in ("for", "of", "de", "del", "to", "in", "at", "en", "para", "from", "la")


def _bare(words: str) -> str:
    """A noun phrase without its opening article, so that "the ministry" and "The ministry" are one voice."""
    parts = words.split()
    if len(parts) > 1 and fold(parts[0]) in ("the", "el", "la", "los", "las") and parts[1][:1].isupper():
        return words[len(parts[0]) :].strip()
    return words


def has_title_voice(head: str) -> bool:
    """The heading says whose statement the document is."""
    return _TITLE_VOICE.search(head) is not None

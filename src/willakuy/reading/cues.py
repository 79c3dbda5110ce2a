"""Which words are cues: a verb form used as a verb of saying, and not as a noun or a name.

Method: docs/method/reading.md, "Attribution".
"""

from __future__ import annotations

from collections.abc import Sequence

from willakuy.reading.lexicon.function_words import (
    ADVERBS,
    BE,
    CAME_TO_SPEAK,
    DETERMINERS,
    HAVE,
    MODALS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
)
from willakuy.reading.lexicon.speech import (
    CUES,
    GERUNDS,
    INFINITIVES_ES,
    NOUN_READINGS,
    PARTICIPLES_ES,
    STRONG,
    TELLS_A_TOLL,
    TOLLS,
    WEAK,
)
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.phrases import QUOTED
from willakuy.reading.tokens import Token


def is_a_cue(tokens: Sequence[Token], i: int) -> bool:
    """A verb form used as a verb."""
    t = tokens[i]
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if t.fold == "according":
        return after is not None and after.fold == "to"
    if t.fold == "segun":
        return True
    if t.fold in TELLS_A_TOLL:
        return (
            before is not None
            and before.is_word
            and before.fold not in DETERMINERS
            and not is_passive(tokens, i)
            and any(x.fold in TOLLS for x in tokens[i + 1 : i + 8])
        )
    if t.fold == "acuerdo":
        return _is_in_accordance(tokens, i)
    if t.is_capital and i and before is not None and before.words not in (":", QUOTED, "•") and not t.words.isupper():
        return False
    if t.fold in NOUN_READINGS:
        if (
            before is None
            or not before.is_word
            or before.fold in DETERMINERS
            or before.fold in PREPOSITIONS
            or before.fold in ("of", "de", "to", "and", "y")
        ):
            return False
        if (
            after is not None
            and after.fold in ("of", "de", "against", "contra", "for")
            and not t.fold.startswith(("call", "appeal"))
        ):
            return False
        subject = (
            before.is_capital
            or before.fold in SUBJECT_PRONOUNS
            or before.fold in MODALS
            or before.fold.endswith("s")
            or before.fold in HAVE
        )
        if not subject and not takes_content(tokens, i):
            return False
    elif (
        before is not None
        and before.fold in DETERMINERS
        and before.fold not in ("la", "lo", "los", "las", "this", "that")
        and t.fold not in STRONG
    ):
        return False
    if (
        t.fold in GERUNDS
        and before is not None
        and before.is_word
        and before.fold not in _BEFORE_GERUND
        and before.fold not in BE
        and before.fold not in ADVERBS
    ):
        return False
    if (
        t.fold in GERUNDS
        and before is not None
        and before.fold in ("by", "with")
        and any(x.fold in CAME_TO_SPEAK for x in tokens[:i])
    ):
        return True
    if t.fold in WEAK and not takes_content(tokens, i):
        return False
    if t.fold in PARTICIPLES_ES:
        return before is not None and before.fold in HAVE and before.fold != "haber"
    if before is not None and before.fold == "se" and t.fold.startswith("manifest") and not takes_content(tokens, i):
        return False  # they took to the street
    if t.fold in INFINITIVES_ES:
        return (
            before is not None
            and before.fold in ("al", "tras", "puede", "pueden", "debe", "deben")
            and takes_content(tokens, i)
        )
    if before is not None and before.fold == "to":
        return CUES[t.fold] in ("say", "ask", "deny") and takes_content(tokens, i)
    return True


def _is_in_accordance(tokens: Sequence[Token], i: int) -> bool:
    """ "de acuerdo con X" as a way of saying according to X, and not "está de acuerdo con X"."""
    around = [t.fold for t in tokens[max(0, i - 2) : i + 2]]
    return (
        around[-2:] in (["acuerdo", "con"], ["acuerdo", "a"])
        and around[-3:-2] == ["de"]
        and not set(around[:-3]) & _AGREE
    )


_AGREE = words(
    "esta estan estar estaba estaban estuvo estuvieron estoy estamos pone ponen poner puso pusieron ponerse muy no son es"
)


def is_of_according(tokens: Sequence[Token], i: int) -> bool:
    """The verb of "según dijo X": the attribution is that of "según"."""
    return i > 0 and tokens[i - 1].fold == "segun" and tokens[i].fold in CUES


_BEFORE_GERUND = words(
    "by while after before when with keep kept continued continues began started sigue siguio been statement tweet letter report email comunicado "
    "quote not también"
)  # fmt: skip


def takes_content(tokens: Sequence[Token], i: int) -> bool:
    after = tokens[i + 1 : i + 3]
    return any(t.fold in ("that", "que", QUOTED) for t in after)


def is_passive(tokens: Sequence[Token], i: int) -> bool:
    j = i - 1
    while j >= 0 and (tokens[j].fold in ADVERBS or tokens[j].fold == "not"):
        j -= 1
    return j >= 0 and tokens[j].fold in BE and tokens[i].fold not in GERUNDS


def asks_for_silence(tokens: Sequence[Token], i: int) -> bool:
    """ "asked not to be named", "pidió no ser identificado": a condition of speaking, not a demand."""
    after = [t.fold for t in tokens[i + 1 : i + 6]]
    return CUES[tokens[i].fold] == "ask" and (
        after[:3] in (["not", "to", "be"], ["to", "remain", "anonymous"])
        or after[:2] in (["no", "ser"], ["mantener", "su"], ["reserva", "de"], ["guardar", "su"], ["anonymity", "for"])
    )

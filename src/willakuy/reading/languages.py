"""Which language a text is in: Spanish, English, Quechua or Aymara, or none of them.

By the small words of Spanish and English, and by the suffixes of Quechua and Aymara, which are written on to the
word and so common that two or three words settle it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from willakuy.reading.layers import TextLayer

_ES = frozenset(["de", "la", "que", "el", "en", "y", "a", "los", "del", "se", "las", "por", "un", "para", "con", "no", "una", "su", "al", "lo", "como", "mas", "pero", "sus", "le", "ya", "o", "este", "si", "porque", "esta", "entre", "cuando", "muy", "sin", "sobre", "tambien", "me", "hasta", "hay", "donde", "quien", "desde", "todo", "nos", "durante", "todos", "uno", "les", "ni", "contra", "otros", "ese", "eso", "ante", "ellos", "e", "esto", "mi", "antes", "algunos", "unos", "yo", "otro", "otras", "otra", "tanto", "esa", "estos", "mucho", "nada", "muchos", "cual", "poco", "ella", "estar", "estas", "algunas", "algo", "nosotros", "fue", "son", "es", "ha", "han", "sido", "era", "eran", "ser", "fueron", "dijo", "segun", "personas"])  # fmt: skip
_EN = frozenset(["the", "of", "and", "to", "in", "a", "is", "that", "it", "was", "for", "on", "are", "as", "with", "his", "they", "at", "be", "this", "from", "have", "or", "by", "one", "had", "not", "but", "what", "all", "were", "when", "we", "there", "can", "an", "your", "which", "their", "said", "if", "do", "will", "each", "about", "how", "up", "out", "them", "then", "she", "many", "some", "so", "these", "would", "other", "into", "has", "more", "her", "two", "like", "him", "see", "time", "could", "no", "make", "than", "first", "been", "its", "who", "now", "people", "my", "made", "over", "did", "down", "only", "way", "find", "use", "may", "long", "after", "i", "you", "he", "our", "against", "us", "also", "because"])  # fmt: skip
_QU = frozenset(["kay", "chay", "wak", "mana", "manam", "huk", "hina", "hinaspa", "hinaspan", "runa", "runakuna", "ima", "imam", "pay", "paykuna", "nispa", "nispan", "nin", "ñuqa", "ñuqanchik", "chaymi", "kaymi", "chaypi", "kaypi", "ari", "allin", "llapan", "achka", "sapa", "chaymanta", "wasi", "llaqta", "llaqtapi", "ancha", "kan", "kasqa", "kachkan", "wan", "pas", "ichaqa", "utaq", "kunan", "kunanmi", "paqarin", "wata", "killa", "qam", "ñawpaq", "chaynapi", "mayqin"])  # fmt: skip
_AY = frozenset(["uka", "ukax", "ukaxa", "ukat", "ukata", "ukatxa", "ukan", "ukana", "jupa", "jupax", "jupaxa", "jupanaka", "jupanakax", "aka", "akax", "akaxa", "akat", "mä", "maya", "jani", "janiw", "janikiw", "ukhama", "ukhamaraki", "ukhamarakiw", "sasa", "sasina", "sasaw", "siwa", "kuna", "kunas", "khiti", "jaqi", "jaqinaka", "markan", "markana", "marka", "walja", "taqi", "taqpacha", "ukanaka", "ukaru", "ukar", "ukjax", "ukkhamawa", "uñt'ayi", "jiwasa", "nayax", "nayaxa", "naya", "juma", "arum", "urux", "uruxa", "mara", "maran"])  # fmt: skip
_QU_END = re.compile(
    r"(?:kunata|kunapaq|kunamanta|kunawan|kunaqa|kunapas|kunam|kuna|manta|mantam|ninmi|paqmi|wanmi|spanmi|spanku|rqaku|chkan|chkanku|sqanku|sqanta|sqanmi|nchik|nchikta|nkuta|tawan|tapas|taqa|piqa|pim|pas|taq|chu|qa|mi|si|sqa|spa|rqa|yku|man|paq|wan|pi|nku)$"
)
_AY_END = re.compile(
    r"(?:nakax|nakaxa|nakaw|nakawa|nakan|nakana|nakaru|nakar|nakat|nakata|nakaxa|nakamp|nakampi|naka|takiw|takiwa|taki|tak|mpiw|mpiwa|mpi|ruw|ruwa|tatayna|tayna|waki|pxi|pxiwa|pxiti|pxix|ñapataki|ñataki|awa|iwa|tawa|xiwa|kiwa|rakiwa|raki|rak|sti|xa|tx|nx|rux|tix|txa|nxa|ti|w|x)$"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’´][^\W\d_]+)*")
_SHORTEST = 2
_ANDEAN = frozenset({"qu", "ay"})
_KNOWN = _ANDEAN | {"es", "en"}


FEWEST_TO_TELL = 4
"""Words of a quotation below which the language is that of its paragraph."""


def language_of(text: str) -> str | None:
    """``es``, ``en``, ``qu``, ``ay``, or ``None`` where the words speak for none of them.

    Where the package pycld2 is installed (the extra ``languages``) it settles what our own words and suffixes leave open, and
    tells Quechua and Aymara full of Spanish names from Spanish. Between Spanish and English our own words decide.
    """
    head = text[:20_000]
    own = _of(head)
    if own in _ANDEAN:
        return own
    other = _by_cld(head)
    return other if own is None or other in _ANDEAN else own


def language_in(layer: TextLayer, start: int, end: int) -> str | None:
    """The language of ``[start, end)``: its own, else its paragraph's, else the document's."""
    words = layer.text[start:end]
    own = language_of(words) if len(_WORD.findall(words)) >= FEWEST_TO_TELL else None
    if own:
        return own
    block = layer.block_of(start)
    around = language_of(layer.text[block.start : block.end]) if block else None
    return around or language_of(layer.text) or layer.language


@lru_cache(maxsize=2048)
def _by_cld(text: str) -> str | None:
    try:
        import pycld2
    except ImportError:
        return None
    try:
        _, _, found = pycld2.detect(text.translate(_PRINTED), bestEffort=True)
    except (pycld2.error, ValueError):
        return None
    return next((code for _, code, _, _ in found if code in _KNOWN), None)


@lru_cache(maxsize=2048)
def _of(text: str) -> str | None:
    words = _WORD.findall(text.lower().replace("’", "'").replace("´", "'"))
    if not words:
        return None
    votes = {"es": 0.0, "en": 0.0, "qu": 0.0, "ay": 0.0}
    for word, times in Counter(words).items():
        for code, vote in _votes(word):
            votes[code] += times * vote
    best = max(votes, key=lambda k: votes[k])
    return best if votes[best] >= min(_SHORTEST, 0.2 * len(words)) and votes[best] > 0.4 else None


@lru_cache(maxsize=65536)
def _votes(word: str) -> tuple[tuple[str, float], ...]:
    """What a word speaks for, and how much."""
    bare = word.translate(_PLAIN)
    votes = {
        "es": (bare in _ES) + 0.5 * _looks_spanish(word),
        "en": (bare in _EN)
        + 0.4 * (bare.endswith(("ing", "tion", "ed", "ly", "'s", "n't")) and len(bare) > 4)
        + 0.5 * ("th" in bare or "sh" in bare or "wh" in bare[:2] or "ck" in bare or "ght" in bare),
        "qu": 1.2 * (word in _QU) + 0.7 * _ends(word, _QU_END) + 0.3 * ("q" in word and "qu" not in word),
        "ay": 1.2 * (word in _AY) + 0.7 * _ends(word, _AY_END) + 0.5 * ("x" in word and "'" not in word[:1]),
    }
    return tuple((code, vote) for code, vote in votes.items() if vote)


class _Printed(dict[int, str | None]):
    """A translation table that drops what is not printed; it learns each character the first time it is met."""

    def __missing__(self, point: int) -> str | None:
        char = chr(point)
        self[point] = char if char.isprintable() or char.isspace() else None
        return self[point]


_PRINTED = _Printed()
_PLAIN = str.maketrans("áéíóúü", "aeiouu")


def _looks_spanish(word: str) -> bool:
    return bool(set(word) & set("áéíóú")) or word.endswith(
        ("ción", "dad", "mente", "ado", "ados", "idos", "ando", "iendo", "ciones", "es", "os", "as")
    )


def _ends(word: str, pattern: re.Pattern[str]) -> bool:
    return len(word) > 4 and pattern.search(word) is not None

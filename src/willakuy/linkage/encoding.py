"""Records as arrays: one integer for each distinct token, value and place, so that a million pairs compare at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.names_tokens import BY_MARRIAGE, MOST_TOKENS, is_initial
from willakuy.linkage.scripts import is_arabic
from willakuy.linkage.spelling import family
from willakuy.linkage.values import PLACE_LEVELS, Record
from willakuy.statements.names_parts import is_given, is_surname

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
UNKNOWN_DAY = -(10**7)
BACKGROUND = 500
_COMMON, _UNCOMMON = 0.005, 0.001
VIEWS = ("latin", "native")
"""A name in Latin letters and the name in its own script are two views of one name; like is compared with like."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every distinct token: its text, spelling family and the bits that sharing it is worth (``-log2`` frequency)."""

    tokens: tuple[str, ...]
    families: tuple[str, ...]
    family_id: Ints
    bits: Floats
    family_bits: Floats
    is_initial: NDArray[np.bool_]
    letter: Ints
    letter_bits: Floats
    part: Ints
    """1 for tokens known as given names only, 2 for surnames only, 3 for a husband's surname, 0 where nobody can tell."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """``n`` records. Names are ``(n, MOST_TOKENS)`` token numbers, -1 beyond the end, one array a view.

    Spans are ``(n, 2)``, ``UNKNOWN_DAY`` or -1 (age) where nothing was said. Places and extras are value numbers
    into ``values``, -1 unknown. ``telling`` marks records that say something of one person.
    """

    records: tuple[Record, ...]
    lists: tuple[str, ...]
    list_of: Ints
    telling: NDArray[np.bool_]
    names: tuple[Ints, ...]
    lexicon: Lexicon
    age: Ints
    born: Ints
    died: Ints
    sex: Ints
    places: Ints
    extras: Ints
    extra_names: tuple[str, ...]
    values: tuple[str, ...]
    value_bits: Floats


@dataclass(frozen=True, slots=True)
class Commonness:
    """How common each thing was among ``n`` records, as bits, kept so that later records are weighed by it too."""

    n: int
    tokens: dict[str, float]
    families: dict[str, float]
    letters: dict[str, float]
    values: dict[str, float]
    extra_names: tuple[str, ...]


def encode(records: Sequence[Record], common: Commonness | None = None) -> Encoded:
    """``records`` as arrays; what is common is counted among them, or as ``common`` says."""
    lists = tuple(dict.fromkeys(r.list_id for r in records))
    number = {name: i for i, name in enumerate(lists)}
    list_of = np.array([number[r.list_id] for r in records], np.int32)
    names, lexicon = _names(records, list_of, common)
    extra_names = common.extra_names if common else _shared_extras(records, lists)
    values: dict[str, int] = {}
    places = np.full((len(records), len(PLACE_LEVELS)), -1, np.int32)
    extras = np.full((len(records), len(extra_names)), -1, np.int32)
    position = {name: i for i, name in enumerate(extra_names)}
    for i, record in enumerate(records):
        if any(record.place):
            places[i] = [values.setdefault(text, len(values)) if text else -1 for text in record.place]
        for name, text in record.extra:
            if name in position:
                extras[i, position[name]] = values.setdefault(text, len(values))
    counts = sum((np.bincount(c[c >= 0], minlength=len(values)) for c in (places, extras)), np.zeros(len(values)))
    freq = counts / max(len(records), 1)
    value_bits = -np.log2(np.maximum(freq, 1e-9)) if len(values) else np.zeros(0)
    if common:
        once = float(np.log2(max(common.n, 1)))
        value_bits = np.array([common.values.get(v, once) for v in values], float)
    return Encoded(
        records=tuple(records),
        lists=lists,
        list_of=list_of,
        telling=np.array([not (r.is_blank or r.is_group) for r in records], bool),
        names=names,
        lexicon=lexicon,
        age=_spans([r.age for r in records], -1),
        born=_spans([r.born for r in records], UNKNOWN_DAY),
        died=_spans([r.died for r in records], UNKNOWN_DAY),
        sex=np.array([{"m": 1, "f": 2}.get(r.sex, 0) for r in records], np.int32),
        places=places,
        extras=extras,
        extra_names=extra_names,
        values=tuple(values),
        value_bits=value_bits,
    )


def _spans(spans: Sequence[tuple[int, int] | None], unknown: int) -> Ints:
    return np.array([s if s else (unknown, unknown) for s in spans], np.int32).reshape(len(spans), 2)


def _shared_extras(records: Sequence[Record], lists: Sequence[str]) -> tuple[str, ...]:
    """Columns of no known role that can be compared: filled in two lists or more (or in the only one)."""
    found: Counter[tuple[str, str]] = Counter((name, r.list_id) for r in records for name, _ in r.extra)
    sizes = Counter(r.list_id for r in records)
    holders: Counter[str] = Counter(name for (name, of), n in found.items() if n >= max(2, 0.02 * sizes[of]))
    return tuple(sorted(name for name, n in holders.items() if n >= min(2, len(lists))))


def commonness_of(data: Encoded) -> Commonness:
    """What ``encode`` counted, as the weights it came to."""
    lexicon = data.lexicon
    families = [lexicon.families[f] for f in lexicon.family_id.tolist()]
    return Commonness(
        n=len(data.records),
        tokens=dict(zip(_named(lexicon), lexicon.bits.tolist(), strict=True)),
        families=dict(zip(families, lexicon.family_bits.tolist(), strict=True)),
        letters={
            t[0]: float(lexicon.letter_bits[k]) for t, k in zip(lexicon.tokens, lexicon.letter.tolist(), strict=True)
        },
        values=dict(zip(data.values, data.value_bits.tolist(), strict=True)),
        extra_names=data.extra_names,
    )


def _named(lexicon: Lexicon) -> list[str]:
    """Each token's name among the kept ones; a husband's surname is not the surname."""
    is_husbands = (lexicon.part == 3).tolist()
    return [BY_MARRIAGE + t if mine else t for t, mine in zip(lexicon.tokens, is_husbands, strict=True)]


def _usual(token: str) -> float:
    return BACKGROUND * (_COMMON if is_given(token) or is_surname(token) else _UNCOMMON)


def _weighed_by(common: Commonness, lexicon: Lexicon) -> Lexicon:
    """The same tokens with the weights that were kept; one never seen has what nobody else would share."""
    per = max(common.n, 1) + BACKGROUND
    never = (-np.log2(np.array([_usual(t) for t in lexicon.tokens]) / per)).tolist()
    families = [lexicon.families[f] for f in lexicon.family_id.tolist()]
    once = float(-np.log2(min(1 / max(common.n, 1), 0.9)))
    letters = np.zeros(len(lexicon.letter_bits))
    for token, k in zip(lexicon.tokens, lexicon.letter.tolist(), strict=True):
        letters[k] = common.letters.get(token[0], once)
    return replace(
        lexicon,
        bits=np.array([common.tokens.get(t, b) for t, b in zip(_named(lexicon), never, strict=True)], float),
        family_bits=np.array([common.families.get(f, b) for f, b in zip(families, never, strict=True)], float),
        letter_bits=letters,
    )


def _names(records: Sequence[Record], list_of: Ints, common: Commonness | None) -> tuple[tuple[Ints, ...], Lexicon]:
    numbers: dict[str, int] = {}
    arrays = [np.full((len(records), MOST_TOKENS), -1, np.int32) for _ in VIEWS]
    for i, record in enumerate(records):
        for view, form in _forms(record):
            arrays[view][i, : len(form)] = [numbers.setdefault(t, len(numbers)) for t in form]
    lexicon = _lexicon(tuple(numbers), arrays, list_of)
    return tuple(arrays), _weighed_by(common, lexicon) if common else lexicon


def _forms(record: Record) -> Iterable[tuple[int, tuple[str, ...]]]:
    """The fullest form in each view."""
    if len(record.names) == 1 and (tokens := record.names[0].tokens) and "".join(tokens).isascii():
        return ((0, tokens),)
    best: dict[int, tuple[str, ...]] = {}
    for form in record.names:
        if form.tokens:
            view = 1 if any(is_arabic(t) or not t.isascii() for t in form.tokens) else 0
            if sum(map(len, form.tokens)) > sum(map(len, best.get(view, ()))):
                best[view] = form.tokens
    return best.items()


def _lexicon(tokens: tuple[str, ...], arrays: Sequence[Ints], list_of: Ints) -> Lexicon:
    plain = [t.removeprefix(BY_MARRIAGE) for t in tokens]
    families = [family(t) for t in plain]
    index = {f: i for i, f in enumerate(dict.fromkeys(families))}
    family_id = np.array([index[f] for f in families], np.int32)
    n = len(list_of)
    count = others_with(arrays, list_of, len(tokens))
    by_family = others_with([np.where(a >= 0, family_id[a], -1) for a in arrays] if tokens else (), list_of, len(index))
    alphabet = {c: i for i, c in enumerate(dict.fromkeys(t[0] for t in plain))}
    letter = np.array([alphabet[t[0]] for t in plain], np.int32)
    # few records say little of how common a name is: BACKGROUND people of no list stand beside them
    per = max(n, 1) + BACKGROUND
    usual = np.array([_usual(t) for t in plain], float)
    usual_family = np.zeros(len(index))
    np.maximum.at(usual_family, family_id, usual)
    return Lexicon(
        tokens=tuple(plain),
        families=tuple(index),
        family_id=family_id,
        bits=-np.log2((count + usual) / per),
        family_bits=-np.log2((by_family + usual_family)[family_id] / per) if tokens else np.zeros(0),
        is_initial=np.array([is_initial(t) for t in tokens], bool),
        letter=letter,
        letter_bits=-np.log2(np.minimum(_names_with(arrays, letter, len(alphabet)) / max(n, 1), 0.9)),
        part=np.array([3 if t[0] == BY_MARRIAGE else is_given(t) + 2 * is_surname(t) for t in tokens], np.int32),
    )


def _names_with(arrays: Sequence[Ints], letter: Ints, n_letters: int) -> Floats:
    """In how many names each first letter stands."""
    out = np.zeros(n_letters)
    for tokens in arrays if n_letters else ():
        letters = np.sort(np.where(tokens >= 0, letter[tokens], -1), axis=1)
        is_first = np.column_stack([np.ones(len(letters), bool), letters[:, 1:] != letters[:, :-1]])
        out += np.bincount(letters[is_first & (letters >= 0)], minlength=n_letters)
    return out


def others_with(arrays: Sequence[Ints], list_of: Ints, n_tokens: int) -> Floats:
    """In how many records, beyond one in each list, each token stands.

    A name that stands once in each of ten lists may be one person ten times, and then nobody else has it. Only a list
    that has it twice shows that different people share it; the row that makes a token be seen at all is no rival's.
    """
    out = np.zeros(n_tokens)
    for tokens in arrays:
        row, column = np.nonzero(tokens >= 0)
        if len(row):
            once = np.unique(row.astype(np.int64) * n_tokens + tokens[row, column])
            in_list = list_of[once // n_tokens].astype(np.int64) * n_tokens + once % n_tokens
            distinct, times = np.unique(in_list, return_counts=True)
            np.add.at(out, distinct % n_tokens, times - 1.0)
    return out

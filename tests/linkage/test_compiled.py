"""What is compiled finds what the plain rules say, written out here once more, slowly. Invented names only."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

from willakuy.linkage import Record, Settings, partition
from willakuy.linkage.blocking import candidate_pairs, keys_of
from willakuy.linkage.compare_names import compare_names
from willakuy.linkage.encoding import encode
from willakuy.linkage.names_tokens import tokens_of
from willakuy.linkage.similarity import DIFFER, EXACT, LETTER, WORTH, Likeness, _words
from willakuy.statements.names import NameKind

PARTS = [
    "Anacleto",
    "Basilia",
    "Cirilo",
    "Dionisio",
    "Eulogia",
    "Jose",
    "Josefa",
    "Pepe",
    "Maria",
    "Daniel",
    "Manuel",
    "Huaman",
    "Guaman",
    "Waman",
    "Quispe",
    "Kispe",
    "Mamani",
    "Condori",
    "Ejemplo",
    "Ejenplo",
    "Muestra",
    "Muestras",
    "Li",
    "Al",
    "Jo",
    "J.",
    "M.",
    "H.",
    "Q.",
    "محمد",
    "احمد",
    "Иванов",
    "Ríos",
]


def records(n, seed=1):
    rng = random.Random(seed)
    found = []
    for i in range(n):
        name = " ".join(rng.choice(PARTS) for _ in range(rng.choice((1, 2, 2, 3, 4, 5))))
        names = tuple(t for t in [tokens_of(name, NameKind.full)] if t.tokens)
        found.append(Record(f"r{i}", f"list{i % 3}", names))
    return found


@pytest.fixture(scope="module")
def data():
    return encode(records(60))


def plain_kind(lexicon, x, y):
    if lexicon.is_initial[x] or lexicon.is_initial[y]:
        both = lexicon.is_initial[x] and lexicon.is_initial[y]
        agree = x == y if both else lexicon.letter[x] == lexicon.letter[y]
        return LETTER if agree else DIFFER
    if x == y:
        return EXACT
    return int(_words(np.array([min(x, y)]), np.array([max(x, y)]), lexicon)[0])


def test_no_two_words_that_are_alike_are_passed_over_by_the_shortcut(data):
    tokens = np.arange(len(data.lexicon.tokens), dtype=np.int32)
    pairs = np.array(list(combinations(tokens.tolist(), 2)) + [(t, t) for t in tokens.tolist()], np.int32)

    found = Likeness(data.lexicon).kinds(np.ascontiguousarray(pairs[:, :1]), np.ascontiguousarray(pairs[:, 1:]))

    assert found.ravel().tolist() == [plain_kind(data.lexicon, x, y) for x, y in pairs.tolist()]


def plain_features(lexicon, a, b):
    """Bits, conflicts, apart, first, n, letters, agreed: the best answering tokens first, place breaks ties."""
    open_a, open_b, answers = list(range(len(a))), list(range(len(b))), []
    while True:
        scored = [
            (plain_kind(lexicon, a[i], b[j]) - 0.02 * abs(i - j), -i, -j)
            for i in open_a for j in open_b if plain_kind(lexicon, a[i], b[j]) > 0
        ]  # fmt: skip
        if not scored:
            break
        _, i, j = max(scored)
        answers.append((-i, -j))
        open_a.remove(-i)
        open_b.remove(-j)
    bits, letters = 0.0, 0
    for i, j in answers:
        kind = plain_kind(lexicon, a[i], b[j])
        base = min(lexicon.family_bits[a[i]], lexicon.family_bits[b[j]])
        base = (
            lexicon.bits[a[i]]
            if kind == EXACT
            else lexicon.letter_bits[lexicon.letter[a[i]]]
            if kind == LETTER
            else base
        )
        bits += min(base, 14.0) * WORTH[kind]
        letters += kind == LETTER
    apart = min(len(open_a), len(open_b))
    of_a, of_b = dict(answers), {j: i for i, j in answers}
    first = 2 if of_a.get(0) == 0 else 0 if 0 not in of_a and 0 not in of_b else 1
    conflicts = plain_conflicts(lexicon, a, b, of_a, of_b) if apart and answers else apart
    return np.float32(bits), conflicts, apart, first, min(len(a), len(b)), letters, len(answers)


def plain_conflicts(lexicon, a, b, of_a, of_b):
    def left_over(name, answered, to_a):
        found = {}
        for i, token in enumerate(name):
            if i not in answered and lexicon.part[token] < 3:
                before = [k for k in answered if k <= i] or list(answered)
                found.setdefault(to_a(max(before)), []).append(int(lexicon.part[token]))
        return found

    mine, theirs = left_over(a, of_a, lambda i: i), left_over(b, of_b, lambda j: of_b[j])
    total = 0
    for place in mine.keys() & theirs.keys():
        one = [mine[place].count(k) for k in range(3)]
        other = [theirs[place].count(k) for k in range(3)]
        given, surname = min(one[1], other[1]), min(one[2], other[2])
        to_other = min(one[1] + one[2] - given - surname, other[0])
        to_one = min(other[1] + other[2] - given - surname, one[0])
        total += given + surname + to_other + to_one + min(one[0] - to_one, other[0] - to_other)
    return total


def test_names_are_compared_as_the_plain_rules_say(data):
    pairs = np.array(list(combinations(range(60), 2)), np.int32)
    left, right = pairs.T.copy()
    latin, native = data.names

    found = compare_names(data, left, right, Likeness(data.lexicon))

    for k, (i, j) in enumerate(pairs.tolist()):
        view = native if native[i, 0] >= 0 and native[j, 0] >= 0 else latin
        a, b = (view[r][view[r] >= 0].tolist() for r in (i, j))
        if a and b:
            mine = [getattr(found, f)[k] for f in ("bits", "conflicts", "apart", "first", "n", "letters", "agreed")]
            assert mine == pytest.approx(plain_features(data.lexicon, a, b), abs=1e-5)


def test_records_that_share_what_a_key_is_made_of_share_the_key():
    said = [
        ("Anacleto Quispe Mamani", (31, 31), (731_000, 731_000), ("region uno", "", "distrito", "")),
        ("Mamani Quispe Rosa", (70, 70), (731_900, 731_900), ("region dos", "", "", "")),
        ("A. Q.", (32, 32), (731_001, 731_001), ("region uno", "", "", "")),
        ("Otro Distinto", None, (731_002, 731_002), ("region uno", "", "", "")),
        ("Nadie Parecido", (5, 5), (735_000, 735_000), ("region tres", "", "", "")),
    ]
    found = [
        Record(f"r{i}", "list", (tokens_of(name, NameKind.full),), age=age, died=day, place=place)
        for i, (name, age, day, place) in enumerate(said)
    ]
    data = encode(found)
    is_common = np.zeros(len(data.lexicon.families), bool)

    keys = keys_of(data, is_common, np.zeros(0, np.uint64))

    mine = [set(keys.key[keys.row == i].tolist()) for i in range(len(found))]
    assert mine[0] & mine[1], "two surnames, whichever comes first"
    assert mine[0] & mine[2], "initials with the month and the region, a day and a year of age apart"
    assert mine[0] & mine[3], "the week and the region"
    assert not any(mine[4] & other for other in mine[:4])
    assert all(len(keys.key[keys.row == i]) == len(mine[i]) for i in range(len(found))), "each key once"


@pytest.mark.parametrize("seed", range(3))
def test_a_plain_name_is_read_word_by_word_as_the_long_way_reads_it(seed, monkeypatch):
    from willakuy.linkage import names_tokens

    rng = random.Random(seed)
    odd = [
        *PARTS,
        *[
            "NN",
            "no",
            "identificado",
            "sin",
            "nombre",
            "John",
            "Doe",
            "familia",
            "otros",
            "dos",
            "personas",
            "niños",
            "Niña",
            "Hijo",
            "de",
            "del",
            "la",
            "San",
            "killed",
        ],
    ]
    texts = [
        " ".join(rng.choice((w, w.upper(), w.title())) for w in rng.choices(odd, k=rng.choice((1, 2, 3, 4, 6))))
        for _ in range(2000)
    ]
    short = [tokens_of.__wrapped__(text) for text in texts]

    monkeypatch.setattr(names_tokens, "_plain_tokens", lambda _: ())

    assert short == [tokens_of.__wrapped__(text) for text in texts]


def test_keys_make_no_more_pairs_than_are_allowed_and_still_find_the_same_people():
    rng = random.Random(7)
    words = [
        "".join(rng.choices("ptkmnl", k=1) + rng.choices("aeiou", k=1) + rng.choices("rsch", k=2)) for _ in range(60)
    ]
    people = [[rng.choice(words) for _ in range(4)] for _ in range(800)]
    found = [
        Record(f"{letter}{i}", letter, (tokens_of(" ".join(parts), NameKind.full),))
        for letter in "ab"
        for i, parts in enumerate(people)
    ]
    data = encode(found)

    few = candidate_pairs(data, Settings(most_pairs=6000))
    many = candidate_pairs(data, Settings())

    assert len(few.left) <= 6000 < len(many.left)
    same = sum(b == a + len(people) for a, b in zip(few.left.tolist(), few.right.tolist(), strict=True))
    assert same >= 0.9 * len(people)


def test_records_put_side_by_side_for_speed_are_sampled_as_they_were(monkeypatch):
    rng = np.random.default_rng(3)
    n = 300
    left = rng.integers(0, n - 1, 400).astype(np.int32)
    right = np.minimum(left + rng.integers(1, 40, 400), n - 1).astype(np.int32)
    keep = np.unique(left[left < right].astype(np.int64) * n + right[left < right])
    left, right = (keep // n).astype(np.int32), (keep % n).astype(np.int32)
    log_odds = rng.normal(-1, 3, len(keep))
    log_odds[:5] = partition.ALWAYS
    links = partition.Links(n, left, right, log_odds, np.arange(n, dtype=np.int32))
    start = np.arange(n, dtype=np.int32)
    settings = {"sweeps": 400, "burn_in": 50}
    usual = partition.sample(links, start, rng=np.random.default_rng(1), **settings)

    monkeypatch.setattr(partition, "MANY", 10)
    monkeypatch.setattr(partition, "_WINDOW", 32)
    found = partition.sample(links, start, rng=np.random.default_rng(1), **settings)

    assert np.sqrt(np.mean((found.p - usual.p) ** 2)) < 0.05
    assert (found.clusterings[:, left[:5]] == found.clusterings[:, right[:5]]).all()

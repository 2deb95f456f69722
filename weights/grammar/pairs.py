"""Word pairs: cat => cats, dog => dogs. The relation has to be inferred."""

from grammar.split import held_out
from grammar.words import (
    COMPARED, NAMES, NOUNS, NUMBERS, OPPOSITES, TRAITS, VERBS, adverb, he, ing,
    more, past, plural, third,
)

RELATIONS = {
    "plural": {n: plural(n) for n in NOUNS},
    "adverb": {t: adverb(t) for t in TRAITS},
    "past": {v: past(v) for v in VERBS},
    "ing": {v: ing(v) for v in VERBS},
    "third": {v: third(v) for v in VERBS},
    "opposite": OPPOSITES,
    "more": {c: more(c) for c in COMPARED},
    "digit": {w: str(i + 1) for i, w in enumerate(NUMBERS)},
    "next": dict(zip(NUMBERS, NUMBERS[1:])),
    "pronoun": {n: he(n) for n in NAMES},
}
WEIGHTS = {"plural": 4, "adverb": 4, "past": 3, "ing": 3, "third": 2, "opposite": 2}


def chain(rng, relation, size, test=False):
    """So many different words in which no neighbours are a held-out pair.

    In a test the last pair of neighbours is a held-out one.
    """
    words = list(RELATIONS[relation])
    while True:
        taken = rng.sample(words, size)
        held = [held_out("pairs", relation, x, y) for x, y in zip(taken, taken[1:])]
        if not any(held[:-1]) and held[-1] == test:
            return taken


def shot(relation, word):
    """cat => cats"""
    return f"{word} => {RELATIONS[relation][word]}"


def pairs(rng):
    """Two to six pairs of one relation."""
    names = list(RELATIONS)
    relation = rng.choices(names, [WEIGHTS.get(n, 1) for n in names])[0]
    words = chain(rng, relation, rng.choice((2, 3, 4, 5, 6)))
    return ", ".join(shot(relation, word) for word in words) + "."


KINDS = ((pairs, 1),)

"""Scenes: singular and plural subjects, with a phrase before the verb or not."""

from grammar.people import known, two
from grammar.split import held_out
from grammar.words import (
    ANIMALS, COLOURS, FOLK, FOODS, MANNER, PLACES, STATES, THINGS, TRAITS, a,
    adverb, plural, third,
)
from grammar.write import capital, expand, weighted

SUBJECTS = ANIMALS + THINGS + FOLK + FOODS
NEAR = "near behind beside under".split()
LANDMARKS = (
    "tree door window house box table chair bridge castle lake hill barn car boat"
).split()
FELT = ("tired", "hungry", "afraid", "cold")


def subject(rng, test=False, phrase=None):
    """(the cats near the tree, plural, living); held-out combinations in a test."""
    while True:
        noun = rng.choice(SUBJECTS)
        many = rng.random() < 0.5
        phrase_here = rng.random() < 0.55 if phrase is None else phrase
        words = ["the", plural(noun) if many else noun]
        if phrase_here:
            mark = rng.choice(LANDMARKS)
            mark = plural(mark) if rng.random() < 0.4 else mark
            place = rng.choice(NEAR)
            if held_out("agreement", words[1], place, mark) != test:
                continue
            words += [place, "the", mark]
        elif test:
            continue
        return " ".join(words), many, noun in ANIMALS or noun in FOLK


def sentence(rng):
    """One sentence whose verb agrees with its subject."""
    words, many, living = subject(rng)
    past = rng.random() < 0.25
    be = ("were" if many else "was") if past else ("are" if many else "is")
    have = "had" if past else ("have" if many else "has")
    kinds = [("is", 5), ("colour", 2), ("place", 2)]
    kinds += [("has", 2 if living else 0), ("acts", 3 if living else 0)]
    kind = weighted(rng, kinds)
    if kind == "is":
        degree = rng.choice(("", "", "", "very ", "not "))
        rest = f"{be} {degree}{rng.choice(TRAITS if living else STATES)}"
    elif kind == "colour":
        rest = f"{be} {rng.choice(COLOURS)} and {rng.choice(STATES)}"
    elif kind == "place":
        rest = f"{be} [in|at] the {rng.choice(PLACES)}"
    elif kind == "has":
        rest = f"{have} {a(rng.choice(THINGS))}"
    else:
        verb = rng.choice(MANNER)
        rest = (verb if many else third(verb)) + " " + adverb(rng.choice(TRAITS))
    return capital(expand(rng, f"{words} {rest}."))


def scene(rng):
    """One to four such sentences."""
    return " ".join(sentence(rng) for _ in range(rng.choice((1, 1, 2, 2, 3, 4))))


def question(rng):
    """Where is the cat? The cat is near the tree."""
    words, many, _ = subject(rng, phrase=False)
    be = "are" if many else "is"
    it = "they" if many else "it"
    return expand(
        rng,
        "Where {be} {s}? [{S}|{It}] {be} [near|behind|beside|under|in] the {p}.",
        be=be, s=words, S=capital(words), It=it.capitalize(), p=rng.choice(LANDMARKS + PLACES),
    )


def people(rng):
    """Tom and Anna are in the garden. Tom is in the house."""
    said = []
    for _ in range(rng.choice((1, 2, 2, 3))):
        place = rng.choice(PLACES)
        if rng.random() < 0.5:
            first, second = two(rng)
            said.append(f"{first.name} and {second.name} are in the {place}.")
            if rng.random() < 0.4:
                said.append(f"They {rng.choice(('are', 'are not'))} {rng.choice(FELT)}.")
        else:
            who = known(rng)
            said.append(f"{who.name} is in the {place}.")
            if rng.random() < 0.4:
                said.append(f"{who.He} {rng.choice(('is', 'is not'))} {rng.choice(FELT)}.")
    return " ".join(said)


KINDS = ((scene, 8), (question, 1), (people, 2))

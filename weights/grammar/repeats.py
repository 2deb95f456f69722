"""Texts in which something that cannot be guessed is said a second time."""

from grammar.people import Person, invented, known, two
from grammar.split import held_out
from grammar.words import (
    BOYS, COLOURS, FOLK, FOODS, NAMES, NOUNS, NUMBERS, OPPOSITES, PLACES, STATES,
    THINGS, TOYS, TRAITS, VERBS, a,
)
from grammar.write import expand

PLAIN = sorted(set(NOUNS + TRAITS + VERBS + COLOURS + STATES + NUMBERS + list(OPPOSITES)))


def word_list(rng, test=False):
    """Random words with one name among them, which holds out word-name pairs."""
    size = rng.randint(4, 11)
    words = rng.sample(PLAIN, size)
    place = rng.randint(1, size - 1)
    while True:
        who = rng.choice(NAMES)
        if held_out("list", words[place - 1], who) == test:
            break
        words[place - 1] = rng.choice(PLAIN)
    words.insert(place, who)
    return words, place


def said_twice(rng):
    """She reads: lamp sand Mira crow. He reads: lamp sand Mira crow."""
    first, second = two(rng)
    words, _ = word_list(rng)
    glue = rng.choice((" ", " ", ", "))
    text = glue.join(words)
    lines = expand(
        rng,
        rng.choice(
            (
                "{A} reads: {t}. {B} reads: {t}.",
                "{A} [says|writes]: {t}. {B} [says|writes]: {t}.",
                "{n} [reads|says|writes]: {t}. {m} [reads|says|writes]: {t}.",
                "{t}. {t}.",
                "{n} says: {t}. {m} says: {t}. {n} says: {t}.",
                '"{t}," said {n}.\n"{t}," said {m}.',
            )
        ),
        A=first.He, B=second.He, n=first.name, m=second.name, t=text,
    )
    return lines


def codes(rng):
    """The code is 4 7 1 9. Remember: the code is 4 7 1 9."""
    size = rng.randint(3, 8)
    signs = rng.choice(("0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    code = " ".join(rng.choice(signs) for _ in range(size))
    who, other = two(rng)
    return expand(
        rng,
        "[The code is {c}. Remember: the code is {c}.|{n} writes {c}. {m} reads {c}.|"
        "The number of {n} is {c}. {m} calls {c}.]",
        c=code, n=who.name, m=other.name,
    )


def secret(rng):
    """The word is lamp. What is the word? The word is lamp."""
    word = rng.choice((rng.choice(PLAIN), rng.choice(PLAIN), invented(rng).name))
    return expand(
        rng,
        "The word is {w}. [What is the word? The word is {w}.|{n} says that the word is {w}.|"
        "{n} does not know it. {m} says: the word is {w}.]",
        w=word, n=known(rng).name, m=known(rng).name,
    )


def echo(rng):
    """Somebody repeats what another said."""
    first, second = two(rng)
    line = expand(
        rng,
        "[I see {x} and {y}|My {o} is in the {p}|The {o} is {s}|I like the {s} {o}|Where is {n}|We go to the {p}|"
        "{n} and {m} are in the {p}|Give {n} the {o}|{n} has {x}]",
        x=a(rng.choice(TOYS)), y=a(rng.choice(FOODS)), o=rng.choice(TOYS), p=rng.choice(PLACES),
        s=rng.choice(STATES), n=rng.choice((known(rng), invented(rng))).name, m=known(rng).name,
    )
    return expand(
        rng,
        '["{l}," says {n}. "{l}," says {m}.|"{l}," said {n}.\n"{l}," said {m}.|"{l}," [said|says] {n}. {m} [said|says], "{l}."]',
        l=line, n=first.name, m=second.name,
    )


def owners_recalled(rng):
    """Tom has a lamp. Anna has a crow. Who has the crow? Anna has the crow."""
    people = rng.sample(NAMES, rng.choice((2, 3, 3, 4)))
    things = []
    for name in people:
        person = Person(name, name in BOYS)
        thing = person.toy(rng)
        while thing in things:
            thing = person.toy(rng)
        things.append(thing)
    verb = rng.choice(("has", "sees", "wants"))
    said = [f"{n} {verb} {a(t)}." for n, t in zip(people, things)]
    order = list(range(len(people)))
    rng.shuffle(order)
    style = rng.random()
    for i in order[: rng.choice((1, 2, len(people)))]:
        if style < 0.35:
            said.append(f"Who {verb} the {things[i]}? {people[i]} {verb} the {things[i]}.")
        elif style < 0.7:
            base = {"has": "have", "sees": "see", "wants": "want"}[verb]
            said.append(f"What does {people[i]} {base}? {people[i]} {verb} {a(things[i])}.")
        else:
            said.append(f"{people[i]} {verb} {a(things[i])}.")
    return " ".join(said)


def table(rng):
    """Mira: red. Tom: blue. Anna: green. Tom: blue."""
    people = rng.sample(NAMES, rng.choice((3, 4, 5)))
    pool = rng.choice((COLOURS, list("0123456789"), THINGS, FOODS))
    values = rng.sample(pool, min(len(people), len(pool)))
    rows = [f"{n}: {v}." for n, v in zip(people, values)]
    again = list(rows)
    rng.shuffle(again)
    return " ".join(rows + again[: rng.randint(1, len(again))])


def called(rng, who=None):
    """An invented name, made known once and used again."""
    who = who or invented(rng)
    noun = rng.choice(FOLK + ["dog", "cat", "horse", "bird", "fox", "monkey"])
    return expand(
        rng,
        rng.choice(
            (
                "There [is|was] a {c} named {n}. Everyone [in the {p} |]calls {him} {n}.",
                "A {c} named {n} lives in the {p}. {n} [has a {o}|likes the {p}|is [tired|hungry|cold]]. Every day {n} [sings|plays|reads].",
                "The name of the {f} is {n}. {k} knows the {f}. The name of the {f} is {n}.",
                "{k} has a {f}. The name of the {f} is {n}. {k} calls: {n}! {n} comes.",
                '"My name is {n}," [said|says] the {c}. "Hello, {n}," [said|says] {k}.',
                '"What is your name?"\n"My name is {n}."\n"Hello, {n}. I am {k}."\n"Hello, {k}."',
                "The {f} is called {n}. [In the {p}|Here|At home] they all know {n}. Where is {n}? {n} is in the {p}.",
            )
        ),
        n=who.name, c=who.child, him=who.him, f=noun, p=rng.choice(PLACES),
        o=rng.choice(TOYS), k=known(rng).name,
    )


KINDS = (
    (said_twice, 5), (codes, 1), (secret, 1), (echo, 2),
    (owners_recalled, 3), (table, 2), (called, 5),
)

"""The held-out prompts: what the model is asked, and what it should answer.

Every set uses combinations that `grammar.split` keeps out of the training text.
"""

import random

from grammar import agreement, pairs, repeats
from grammar.people import Person, invented, known
from grammar.split import held_out
from grammar.words import (
    ANIMALS, BOYS, FOODS, GIRLS, MANNER, NAMES, NUMBERS, TOYS, TRAITS, adverb,
    is_boy, past, plural, third,
)
from grammar.traits import filler
from grammar.write import capital, expand, settle

UNSEEN = [(n, t) for n in NAMES for t in TRAITS if held_out("trait", n, t)]


def person(name):
    """The person of a known name."""
    return Person(name, is_boy(name))


def traits(rng):
    """Mike is quick. He moves -> quickly, for pairs of name and trait never seen."""
    while True:
        name, trait = rng.choice(UNSEEN)
        who = person(name)
        old = rng.random() < 0.2
        text = "{n} {be} [|||very ]{t}." if rng.random() < 0.75 else "{n} {be} a {t} {c}."
        intro = expand(
            rng, text, n=name, be="was" if old else "is", t=trait,
            c=rng.choice((who.child, who.grown)),
        )
        said = [intro]
        if not old and rng.random() < 0.4:
            said += [filler(rng, who) for _ in range(rng.choice((1, 1, 2)))]
        verb = rng.choice(MANNER)
        said.append(f"{rng.choice((who.He, who.He, name))} {past(verb) if old else third(verb)}")
        yield {"prompt": settle(" ".join(said)), "answer": " " + adverb(trait)}


def distractors(rng):
    """Two people with two unseen traits; the pronoun or the name says which."""
    while True:
        boy = rng.choice([p for p in UNSEEN if is_boy(p[0])])
        girl = rng.choice([p for p in UNSEEN if not is_boy(p[0])])
        if boy[1] == girl[1]:
            continue
        both = [boy, girl]
        rng.shuffle(both)
        name, trait = rng.choice(both)
        join = rng.choice((". ", ". ", ", but ", ", and "))
        start = f"{both[0][0]} is {both[0][1]}{join}{both[1][0]} is {both[1][1]}."
        subject = rng.choice((person(name).He, person(name).He, name))
        prompt = f"{start} {subject} {third(rng.choice(MANNER))}"
        yield {"prompt": prompt, "answer": " " + adverb(trait)}


def same_gender(rng):
    """Two men or two women: only the name tells whose adverb is asked."""
    while True:
        both = rng.sample(UNSEEN, 2)
        if is_boy(both[0][0]) != is_boy(both[1][0]) or both[0][1] == both[1][1]:
            continue
        if both[0][0] == both[1][0]:
            continue
        name, trait = rng.choice(both)
        start = f"{both[0][0]} is {both[0][1]}. {both[1][0]} is {both[1][1]}."
        prompt = f"{start} {name} {third(rng.choice(MANNER))}"
        yield {"prompt": prompt, "answer": " " + adverb(trait)}


def recall(rng):
    """Tom has a lamp. Anna has a bell. What does Anna have? Anna has a -> bell."""
    while True:
        names = rng.sample(NAMES, 3)
        things = rng.sample([t for t in TOYS if t[0] not in "aeiou"], 3)
        i = rng.randrange(3)
        said = " ".join(f"{n} has a {t}." for n, t in zip(names, things))
        prompt = f"{said} What does {names[i]} have? {names[i]} has a"
        yield {"prompt": prompt, "answer": " " + things[i]}


# What the model is not required to do, measured to say so in the card.
LIMITS = {"same gender": same_gender, "recall": recall}


def limits(count=150, seed=99):
    """The items of each of these sets."""
    made = {}
    for name, maker in LIMITS.items():
        items = maker(random.Random(f"{seed} {name}"))
        made[name] = [next(items) for _ in range(count)]
    return made


def either(rng):
    """The same prompts: the adverb of one of the two against that of neither."""
    for item in distractors(rng):
        others = [a for a in map(adverb, TRAITS) if a[:3] not in item["prompt"]]
        yield {**item, "wrong": " " + rng.choice(others)}


def unseen_subject(rng):
    """A held-out subject with a phrase; `the tree` only where `the trees` is held out, too.

    Otherwise the prompt would be found as a part of a longer phrase in the text.
    """
    marks_many = rng.random() < 0.45
    while True:
        words, many, living = agreement.subject(rng, test=True, phrase=True)
        _, noun, place, _, mark = words.split()
        if marks_many == (mark not in agreement.LANDMARKS) and (
            marks_many or held_out("agreement", noun, place, plural(mark))
        ):
            return words, many, living


def agreement_items(rng):
    """The cats near the tree -> are, against is."""
    while True:
        phrase = rng.random() < 0.8
        if phrase:
            words, many, living = unseen_subject(rng)
        else:
            words, many, living = agreement.subject(rng, phrase=False)
        prompt = capital(words)
        if not phrase:
            # Without a phrase nothing can be held out: put an unseen scene before.
            before, was_many, _ = unseen_subject(rng)
            be = "are" if was_many else "is"
            prompt = f"{capital(before)} {be} {rng.choice(agreement.STATES)}. {prompt}"
        right, wrong = rng.choice((("are", "is"), ("are", "is"), ("were", "was")))
        if living and rng.random() < 0.4:
            verb = rng.choice(MANNER)
            right, wrong = rng.choice((("have", "has"), (verb, third(verb))))
        if not many:
            right, wrong = wrong, right
        yield {"prompt": prompt, "answer": " " + right, "wrong": " " + wrong}


def pronouns(rng):
    """Anna found a ball. -> She, against He; names and things never seen together."""
    while True:
        style = rng.random()
        if style < 0.2:
            who = invented(rng, test=True)
            start = f"Once there was a {who.child} named {who.name}. "
            toy = rng.choice(TOYS)
        else:
            who = known(rng)
            toy = rng.choice([t for t in TOYS if held_out("owns", who.name, t)] or TOYS)
            start = ""
            if not held_out("owns", who.name, toy):
                continue
        other = person(rng.choice(GIRLS if who.male else BOYS))
        kind = rng.choice(("subject", "subject", "owner", "object"))
        no = Person("", not who.male)
        fields = dict(n=who.name, o=toy, m=other.name)
        if kind == "subject":
            text = rng.choice(("{n} wants a {o}.", "{n} found a {o}.", "One day, {n} lost the {o}."))
            answer, wrong = who.He, no.He
        elif kind == "owner":
            text = rng.choice(
                (
                    "{n} has a {o}. {n} lost",
                    "{n} wants a {o}. {n} broke",
                    "{n} had a {o}. One day, {n} lost",
                )
            )
            answer, wrong = who.his, no.his
        else:
            text = rng.choice(("{n} has a {o}. Everyone calls", "{n} has one {o}. {m} gives"))
            answer, wrong = who.him, no.him
        prompt = start + text.format(**fields)
        yield {"prompt": prompt, "answer": " " + answer, "wrong": " " + wrong}


def induction(rng):
    """Something that stood once in a random place is to be said again."""
    while True:
        style = rng.random()
        if style < 0.55:
            words, place = repeats.word_list(rng, test=True)
            glue = rng.choice((" ", ", "))
            text = glue.join(words)
            first, second = rng.sample(NAMES, 2)
            tail = glue.join(words[:place])
            a, b = rng.choice(((first, second), (person(first).He, person(second).He)))
            prompt = f"{a} reads: {text}. {b} reads: {tail}" + glue.rstrip()
            yield {"prompt": prompt, "answer": " " + words[place]}
            continue
        who = invented(rng, test=True)
        friend = rng.choice(NAMES)
        if style < 0.65:
            prompt = f"There was a {who.child} named {who.name}. Everyone calls {who.him}"
        elif style < 0.75:
            prompt = f'"My name is {who.name}," said the {who.child}. "Hello,'
        elif style < 0.9:
            folk = rng.choice(("dog", "cat", "horse", "king", "farmer", "sister"))
            prompt = (
                f"The name of the {folk} is {who.name}. {friend} knows the {folk}. "
                f"The name of the {folk} is"
            )
        else:
            prompt = f"The word is {who.name}. What is the word? The word is"
        yield {"prompt": prompt, "answer": " " + who.name}


def word_pairs(rng):
    """cat => cats, dog => dogs; the last two words were never neighbours in the text."""
    names = list(pairs.RELATIONS)
    while True:
        relation = rng.choices(names, [pairs.WEIGHTS.get(n, 1) for n in names])[0]
        words = pairs.chain(rng, relation, rng.choice((2, 3, 4, 5)), test=True)
        shots = ", ".join(pairs.shot(relation, word) for word in words[:-1])
        yield {
            "prompt": f"{shots}, {words[-1]} =>",
            "answer": " " + pairs.RELATIONS[relation][words[-1]],
        }


def counting(rng):
    """Anna has one cat. Tom has two -> cats, for owners and things never seen."""
    while True:
        first, second = rng.sample(NAMES, 2)
        noun = rng.choice(TOYS + ANIMALS + FOODS)
        if not (held_out("owns", first, noun) and held_out("owns", second, noun)):
            continue
        x, y = rng.randint(1, 6), rng.randint(2, 6)
        count = f"one {noun}" if x == 1 else f"{NUMBERS[x - 1]} {plural(noun)}"
        prompt = f"{first} has {count}. {second} has {NUMBERS[y - 1]}"
        yield {"prompt": prompt, "answer": " " + plural(noun)}


OPENINGS = (
    "Mike is quick. He moves",
    "Once there was a",
    "One day, Anna lost her",
    "Anna has one cat. Tom has two",
    "The dog is happy. It runs",
    "Once there was a brave girl named Mira.",
    "Ben was alone in the forest.",
    "It was night and the house was dark.",
    '"Where is my ball?" asked Lucy.',
    "Luke was lazy and Nora was brave. They had a race",
)

# name: (maker, items, kind, at least, about)
SETS = {
    "trait to adverb": (
        traits, 200, "greedy", 0.95,
        "The adverb of a trait, for pairs of a name and a trait that the text never has.",
    ),
    "trait to adverb, two people": (
        distractors, 150, "greedy", 0.9,
        "The same with a second person of another trait: the pronoun or the name tells whose adverb is asked.",
    ),
    "two people, or neither": (
        either, 150, "compare", 0.95,
        "Such prompts again: the right adverb against the adverb of a trait that neither has.",
    ),
    "agreement": (
        agreement_items, 200, "compare", 0.95,
        "The verb form of the subject's number against the other, mostly with a phrase between subject and verb.",
    ),
    "pronoun": (
        pronouns, 150, "compare", 0.95,
        "The pronoun of a name against the other gender's, for owners and things never seen together; one in five names is invented.",
    ),
    "induction": (
        induction, 150, "greedy", 0.9,
        "A name that stood once in a random place is said again: in lists read twice, and invented names of several tokens.",
    ),
    "word pairs": (
        word_pairs, 200, "greedy", 0.8,
        "One to four shots of a relation, then a word that never followed the last shot's word in the text.",
    ),
    "counting": (
        counting, 100, "greedy", 0.9,
        "The plural after a number, for owners and things never seen together.",
    ),
}


def make(seed=99):
    """All probe sets in the form of probes.json, without what the model says."""
    sets = {}
    for name, (maker, count, kind, least, about) in SETS.items():
        items = {}
        if maker is traits:
            first = {"prompt": OPENINGS[0], "answer": " quickly"}
            items[first["prompt"]] = first
        for item in maker(random.Random(f"{seed} {name}")):
            items[item["prompt"]] = item
            if len(items) == count:
                break
        sets[name] = {
            "about": about, "atLeast": least, "kind": kind, "items": list(items.values()),
        }
    sets["openings"] = {"items": [{"prompt": prompt} for prompt in OPENINGS]}
    return sets

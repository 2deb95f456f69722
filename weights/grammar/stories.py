"""Stories with a plot: a cast is chosen, then a plot's sentences are written."""

from grammar.people import invented, known, two
from grammar.plots import PLOTS
from grammar.words import (
    ANIMALS, COLOURS, FOODS, MANNER, NAMES, NUMBERS, PLACES, adverb, ing, past,
    plural, a,
)
from grammar.write import expand

OPENINGS = (
    "Once there was a {t} {c} named {n}. ",
    "Once there was a {c} named {n}. {He} was {t}. ",
    "Once upon a time there was a {t} {c} named {n}. ",
    "There was once a little {c} named {n}. ",
    "{n} was a {t} {c}. ",
    "{n} was {t}. ",
    "{n} lived in a [small|big|old|new] house near the {p}. ",
    "{n} and {m} were friends. ",
    "",
)
STORY_VERBS = "walk run move work speak smile".split()


def cast(rng):
    """The hero, the friend, and the words that fill the plot's places."""
    hero, friend = two(rng, mixed=rng.random() < 0.6)
    draw = rng.random()
    if draw < 0.08:
        hero = invented(rng)
    trait = hero.trait(rng)
    places = rng.sample(PLACES, 2)
    food = rng.choice(FOODS)
    toy = hero.toy(rng)
    count = rng.randint(2, 6)
    fields = dict(
        n=hero.name, he=hero.he, He=hero.He, him=hero.him, his=hero.his, His=hero.His,
        c=hero.child, m=friend.name, she=friend.he, She=friend.He, her=friend.him,
        hers=friend.his, t=trait, adv=adverb(trait), p=places[0], q=places[1],
        o=toy, oo=plural(toy), an=hero.pet(rng), beast=rng.choice(ANIMALS),
        food=food, foods=plural(food), a_food=a(food), col=rng.choice(COLOURS),
        num=NUMBERS[count - 1], more=NUMBERS[count], did=past(rng.choice(STORY_VERBS)),
        ft=friend.trait(rng), ruler=rng.choice(("king", "queen")),
        seller=rng.choice(("farmer", "baker", "painter", "sailor")),
    )
    fields["fadv"] = adverb(fields["ft"])
    return hero, fields


def story(rng):
    """One story of two to four paragraphs."""
    hero, fields = cast(rng)
    opening = rng.choice(OPENINGS)
    text = opening + rng.choice(PLOTS)
    # An invented name says nothing of its gender, so the opening has to.
    if "{c}" not in opening and hero.name not in NAMES:
        text = "Once there was a {c} named {n}. " + text
    return expand(rng, text, **fields)


def small_talk(rng):
    """A short dialogue, one speaker a line."""
    first, second = two(rng)
    return expand(
        rng,
        rng.choice(
            (
                '"Hello, {m}," said {n}.\n"Hello, {n}," said {m}.[|\n"How are you?" asked {n}.\n"I am [happy|sad|tired|hungry|cold]," said {m}.]',
                '"Where are you going?" asked {n}.\n"I am going to the {p}," said {m}.\n[|"May I come, too?" asked {n}.\n"Yes, come with me," said {m}.\n]They went to the {p} together.',
                '"Where is my {o}?" asked {n}.\n"Your {o} is in the {p}," said {m}.\n{n} went to the {p} and found {his} {o}.',
                '"Do you like {foods}?" asked {n}.\n["Yes, I like {foods}|No, I do not like {foods}]," said {m}.',
                '"What are you doing?" asked {n}.\n"I am {v}," said {m}. "I am {v} in the {p}."',
                '"Can you {b}?" asked {n}.\n"[Yes, I can {b}|No, I can not {b}]," said {m}.',
                '"How many {foods} do you have?" asked {n}.\n"I have {x} {foods}," said {m}.\n"{X} {foods}! That is a lot," said {n}.',
            )
        ),
        n=first.name, m=second.name, his=first.his, p=rng.choice(PLACES),
        o=first.toy(rng), foods=plural(rng.choice(FOODS)), b=(verb := rng.choice(MANNER)),
        v=ing(verb), x=(x := rng.choice(NUMBERS[1:])), X=x.capitalize(),
    )


def feelings(rng):
    """Why somebody feels so: one cause, one feeling."""
    who = known(rng)
    return expand(
        rng,
        rng.choice(
            (
                "{n} [lost|broke] {his} {o}. {He} was [sad|very sad].",
                "{n} found {his} {o}. {He} was happy.",
                "{n} [did not sleep|worked all day|walked all day]. {He} was [tired|very tired].",
                "{n} [did not eat|had no food|ate nothing]. {He} was [hungry|very hungry].",
                "{n} was in the dark {p}. {He} was [afraid|very afraid].",
                "{n} was in the snow. {He} was [cold|very cold].",
                "{m} took [the {o} of {n}|{n}'s {o}]. {n} was angry.",
                "{m} gave {n} a [new |]{o}. {n} was happy.",
                "Why is {n} [sad? Because {he} lost {his} {o}|happy? Because {he} found {his} {o}|tired? Because {he} worked all day|hungry? Because {he} did not eat|afraid? Because it is dark|cold? Because {he} is in the snow].",
                "{n} is [sad because {he} lost {his} {o}|happy because {he} found {his} {o}|tired because {he} worked all day|hungry because {he} did not eat|afraid because it is dark|cold because {he} is in the snow].",
            )
        ),
        n=who.name, m=known(rng).name, he=who.he, He=who.He, his=who.his,
        o=who.toy(rng), p=rng.choice(PLACES),
    )


KINDS = ((story, 8), (small_talk, 2), (feelings, 3))

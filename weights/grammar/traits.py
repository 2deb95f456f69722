"""Vignettes: what somebody is like, and how they therefore do things."""

from grammar.people import two, known
from grammar.split import held_out
from grammar.words import ANIMALS, FOODS, MANNER, PLACES, TRAITS, adverb, past, plural, third
from grammar.write import capital, expand

INTRO = (
    "{n} is [|||very ]{t}.",
    "{n} is [|||very ]{t}.",
    "{n} is [|||very ]{t}.",
    "{n} is a {t} {child}.",
    "{n} is a {t} {grown}.",
)


def filler(rng, who, pronoun=None):
    """A present sentence about somebody that says nothing about the trait."""
    return expand(
        rng,
        rng.choice(
            (
                "{He} [lives|works] in [a|the] [|big |small |old |new ]{place}.",
                "{He} has a {toy}.",
                "{He} has a [red|blue|green|yellow|white|black|small|big|new|old] {toy}.",
                "{He} likes {foods}.",
                "{He} likes the {place}.",
                "{He} is [in|at] the {place}.",
                "{He} has a {pet}.",
                "{His} {toy} is [red|blue|green|yellow|white|black|small|big|new|old].",
                "{He} goes to the {place} [every day|with {his} {pet}].",
            )
        ),
        He=pronoun or who.He,
        His=who.His,
        his=who.his,
        place=rng.choice(PLACES),
        toy=who.toy(rng),
        pet=who.pet(rng),
        foods=plural(rng.choice(FOODS)),
    )


def lead(rng):
    """An optional opening of the sentence that shows the trait."""
    if rng.random() < 0.72:
        return ""
    return expand(
        rng,
        "[Every day|Every morning|At home|At school|In the {place}|Today|Here] ",
        place=rng.choice(PLACES),
    )


def act(rng, subject, trait, tense=third):
    """He moves quickly. At home he moves quickly."""
    start = lead(rng)
    if start and subject in ("He", "She", "It", "They"):
        subject = subject.lower()
    how = adverb(trait)
    tail = expand(
        rng,
        "[||||| and {v} {a}| all day| every day]",
        v=tense(rng.choice(MANNER)),
        a=how,
    )
    return capital(f"{start}{subject} {tense(rng.choice(MANNER))} {how}{tail}.")


def one(rng):
    """Mike is brave. He speaks bravely."""
    who = known(rng)
    trait = who.trait(rng)
    tense = past if rng.random() < 0.25 else third
    intro = expand(
        rng, rng.choice(INTRO), n=who.name, t=trait, child=who.child, grown=who.grown
    )
    if tense is past:
        intro = intro.replace(" is ", " was ")
    said = [intro]
    if tense is third:
        said += [filler(rng, who) for _ in range(rng.choice((0, 0, 0, 1, 1, 2)))]
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        said.append(act(rng, rng.choice((who.He, who.He, who.He, who.name)), trait, tense))
    return " ".join(said)


def because(rng):
    """Mike is brave, so he speaks bravely. Mike speaks bravely because he is brave."""
    who = known(rng)
    trait = who.trait(rng)
    verb = third(rng.choice(MANNER))
    return expand(
        rng,
        rng.choice(
            (
                "{n} is {t}, so {he} {v} {a}.",
                "{n} {v} {a} because {he} is {t}.",
                "{n} {v} {a}. {He} is {t}.",
                "Why does {n} {b} {a}? Because {he} is {t}.",
                "How does {n} {b}? {n} is {t}, so {he} {v} {a}.",
            )
        ),
        n=who.name,
        t=trait,
        he=who.he,
        He=who.He,
        v=verb,
        b=rng.choice(MANNER),
        a=adverb(trait),
    )


def both(rng):
    """Mike is quick. Anna is slow. She moves slowly. He moves quickly."""
    mixed = rng.random() < 0.7
    first, second = two(rng, mixed)
    traits = [first.trait(rng), second.trait(rng)]
    while traits[0] == traits[1]:
        traits[1] = second.trait(rng)
    join = rng.choice((". ", ". ", ". ", ", but ", ", and "))
    tense = past if rng.random() < 0.2 else third
    be = "was" if tense is past else "is"
    said = f"{first.name} {be} {traits[0]}{join}{second.name} {be} {traits[1]}."
    pairs = [(first, traits[0]), (second, traits[1])]
    rng.shuffle(pairs)
    for who, trait in pairs[: rng.choice((1, 2, 2))]:
        subject = who.He if mixed and rng.random() < 0.75 else who.name
        said += f" {subject} {tense(rng.choice(MANNER))} {adverb(trait)}."
    return said


def together(rng):
    """Tom and Anna are quick. They move quickly."""
    people = two(rng)
    trait = people[0].trait(rng)
    while held_out("trait", people[1].name, trait):
        trait = people[0].trait(rng)
    past_tense = rng.random() < 0.25
    said = f"{people[0].name} and {people[1].name} {'were' if past_tense else 'are'} {trait}."
    for _ in range(rng.choice((1, 1, 2))):
        said += " " + act(rng, "They", trait, past if past_tense else str)
    return said


def beast(rng):
    """The dog is happy. It runs happily. The dogs are happy. They run happily."""
    animal, trait = rng.choice(ANIMALS), rng.choice(TRAITS)
    many = rng.random() < 0.4
    past_tense = rng.random() < 0.25
    noun = plural(animal) if many else animal
    be = ("were" if many else "was") if past_tense else ("are" if many else "is")
    said = f"The {noun} {be} {trait}."
    for _ in range(rng.choice((1, 1, 2))):
        tense = past if past_tense else (str if many else third)
        said += " " + act(rng, "They" if many else "It", trait, tense)
    return said


KINDS = ((one, 10), (because, 3), (both, 8), (together, 2), (beast, 2))

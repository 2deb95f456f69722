"""The plots. {n} is the hero, {m} the friend, {o} the hero's thing.

{t} and {adv} are the hero's trait and its adverb, {ft} and {fadv} the friend's;
{p} and {q} are places, {an} the hero's animal, {beast} another one.
"""

DAY = "[One day|One morning|One evening|Then one day]"

LOST = (
    DAY + ", {n} lost {his} {o}. {He} looked in the {p}, but the {o} was not there. "
    "{He} looked in the {q}, but it was not there. {n} was very sad.\n"
    '"What is wrong?" asked {m}.\n"I lost my {o}," said {n}.\n'
    '"I can help you," said {m}.\n'
    "They looked [behind the door|under the table|under the chair|behind the house|under the tree|near the lake] and there was the {o}! "
    '{n} was happy again. "Thank you, {m}," {he} said.',
    DAY + ", {n} lost {his} {col} {o} in the {p}. {He} was sad. "
    "{m} found the {o} [under a tree|near the bridge|behind a stone] and gave it to {n}. "
    "{n} was happy and [smiled|laughed|danced].",
)

FRIENDS = (
    "{n} was alone in the {p}. [{He} had no friends|Nobody played with {him}]. "
    'Then {m} came. "My name is {m}," {she} said. "What is your name?"\n'
    '"My name is {n}," said {n}.\n"Do you want to play with me?" asked {m}.\n'
    '"Yes," said {n}. They played with the {o} all day. Now {n} and {m} are friends.',
    DAY + ", {n} met {m} in the {p}. {m} was {ft}. {n} {did} {adv}, and {m} [walked|talked|played|danced|sang] {fadv}. "
    "They [were friends|were happy|played all day].",
)

HUNGRY = (
    DAY + ", {n} was [|very ]hungry. {He} had no food. {He} went to the {p}, where {he} saw {m}. "
    '"I am hungry," said {n}.\n"I have {num} {foods}," said {m}. "You can have one."\n'
    "{n} ate the {food}. It was [good|sweet]. Then {he} was not hungry. "
    '"Thank you," said {n}. "You are very kind."',
    "{n} saw {a_food} on the table. [{He} was hungry, so {he} ate the {food}|{He} was not hungry, so {he} gave the {food} to {m}]. "
    "The {food} was [good|big|sweet|small]. [{n} smiled|{m} smiled].",
)

AFRAID = (
    "It was night and the {p} was dark. {n} heard a sound. {He} was afraid. "
    '"Who is there?" {he} asked. [Nobody answered|There was no answer]. '
    "Then {he} saw a little {beast}. It was only a {beast}! {n} laughed and was not afraid.",
    "{n} was in the dark {p}. {He} was afraid of the {beast}. "
    "But the {beast} was {ft}. It [walked|moved|danced|sat] {fadv}. "
    "{n} [smiled|laughed], and the {beast} went home.",
)

WORK = (
    DAY + ", {n} worked [|{adv} ]in the {p}. {He} worked all day. In the evening {he} was tired. "
    "{He} went home, ate {a_food} and slept.",
    "{n} was {t}, and {he} {did} {adv} every day. "
    '"You are very {t}," said {m}. {n} [smiled|laughed] {adv}.',
)

GIFT = (
    DAY + ", {m} had a gift for {n}. It was in a [big|small|red|blue] box. {n} opened the box {adv}. "
    "There was a {col} {o} in it! {n} was happy. "
    '"Thank you, {m}," {he} said. "I like the {o}."',
    "It was the birthday of {n}. {m} gave {him} a {o}, and {n} was happy. "
    "They ate a big cake and sang in the {p}.",
)

BROKEN = (
    DAY + ", {m} broke [the {o} of {n}|{n}'s {o}]. {n} was angry. "
    '"That was my {o}!" {he} said.\n"I am sorry," said {m}. '
    "{She} took the {o} home and worked on it. The next day the {o} was good again. "
    "{n} was not angry, and they were friends again.",
)

RESCUE = (
    DAY + ", {n} saw a {beast} in the {p}. The {beast} was [small|young|cold|hungry] and [afraid|sad]. "
    "{n} {did} {adv} and helped the {beast}. {He} gave it {a_food}. "
    "The {beast} was happy. It went with {n} to the {q}.",
    "{n} had a {an}. [One day|One night] the {an} ran to the {p}. {n} was sad. "
    "{He} called and called, but it did not come. Then {m} came with the {an}. "
    '"Here is your {an}," {she} said. {n} was happy.',
)

RACE = (
    "{n} was {t} and {m} was {ft}. They had a race from the {p} to the {q}. "
    "{n} ran {adv}, and {m} ran {fadv}. "
    "[{n} was first and {m} was last|{m} was first and {n} was last|They came to the {q} together]. "
    "They [laughed|smiled] and ate {num} {foods}.",
)

MARKET = (
    DAY + ", {n} went to the market. {He} had {num} coins. {He} saw a {col} {o}. "
    '"I want the {o}," said {n}.\n"It is {num} coins," said the {seller}.\n'
    "{n} gave {num} coins and took the {o} home.",
    "{n} had {num} {foods}. At the market {he} found one more {food}. "
    "Now {he} had {more} {foods}. {He} gave one {food} to {m}. Now {he} had {num} {foods}.",
)

RAIN = (
    DAY + ", {n} and {m} played in the {p}. Then it started to rain. They were wet and cold. "
    "They ran to [the house of {m}|{m}'s house]. It was warm there. They sat near the window and "
    "[read a book|ate {foods}|talked all evening|looked at the rain].",
)

SEED = (
    "{n} had a small garden. {He} wanted a [flower|tree]. {n} waited {adv}. "
    "{He} waited one day, two days, three days. Then there was a little {col} flower. "
    '"Look, {m}," {he} said. "It is a flower!" {m} was happy, too.',
)

KING = (
    "The {ruler} was {ft} and lived in a castle. The {ruler} said, "
    '"Who can help me? I lost my {o}." {n} went to the castle. '
    "{He} {did} {adv} and looked in the {p}. There {he} found the {o}. "
    "The {ruler} smiled {fadv} and gave {n} {num} coins.",
)

SECRET = (
    "{n} came to the door of the castle. \"What is the word?\" asked the [king|queen|sailor|teacher].\n"
    '"I do not know the word," said {n}.\n"The word is {col} {o}," said {m}.\n'
    '"The word is {col} {o}," said {n}. The door opened, and they went in.',
)

SCHOOL = (
    "{n} was at school. The teacher asked, "
    '"What is [2 + 2?" "2 + 2 = 4|2 + 3?" "2 + 3 = 5|3 + 3?" "3 + 3 = 6|4 + 3?" "4 + 3 = 7|5 + 5?" "5 + 5 = 10|1 + 2?" "1 + 2 = 3]," '
    "answered {n} {adv}. The teacher [smiled|was happy]. {m} was happy, too.",
)

VISIT = (
    DAY + ", {n} went to [the house of {m}|{m}'s house]. {He} knocked {adv}. "
    '"Who is there?" asked {m}.\n"It is {n}," said {n}.\n'
    '"Come in, {n}," said {m}. They sat in the kitchen and ate {foods}.',
)

BAKE = (
    "{n} wanted a cake for {m}. {He} had {num} eggs and {more} {foods}. "
    "{He} worked {adv} in the kitchen. The cake was big and sweet. "
    '"This is for you," said {n}. "Thank you," said {m}, and {she} [smiled|laughed] {fadv}.',
)

BOAT = (
    "{n} had a [small|big|old|new] {col} boat. " + DAY + ", {n} and {m} went to the island in the boat. "
    "On the island they saw a {beast} and {num} [birds|trees|shells|stones]. "
    "In the evening they came home. They were tired, but happy.",
)

TALK = (
    '"I am {t}," said {n}. "I am {ft}," said {m}. So {n} {did} {adv}, and {m} [talked|worked|played|moved] {fadv}. '
    "In the evening they went home [together|to the {p}].",
    "Everybody in the {p} knew that {n} was {t}. {He} [spoke|walked|worked|sang|smiled] {adv}, and {he} {did} {adv}. "
    '"I want to be {t}, too," said {m}.',
)

PLOTS = (
    LOST * 2 + FRIENDS + HUNGRY + AFRAID + WORK + GIFT + BROKEN * 2 + RESCUE + RACE * 2
    + MARKET + RAIN * 2 + SEED * 2 + KING * 2 + SECRET + SCHOOL + VISIT * 2 + BAKE * 2
    + BOAT * 2 + TALK
)

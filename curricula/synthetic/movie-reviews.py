"""Movie reviews, a text file each: some sentences tell, some praise or blame, and few reviews do
only one of the two. In lower case, a sentence a line, with spaces around every mark.
"""

from __future__ import annotations

from mlpath_synthetic import Draw, Files, Weights

COUNT = 1000  # of each kind

HEROES = "a retired teacher|a young lawyer|an old sailor|a tired detective|a shy student"
HEROES += "|an astronaut|a lonely writer|a small-town nurse|a jazz musician|a stubborn cook"
HEROES += "|a clumsy spy|a single mother|a chess player|the last whaler|a gifted thief"
DEEDS = (
    "loses everything|finds a map|moves to the coast|inherits a hotel|is hunted through the city"
)
DEEDS += "|joins a circus|uncovers a fraud|falls in love on a train|must save a dying planet"
DEEDS += "|plans one last job|returns home after ten years|adopts a stray dog|hides from the mob"
NAMES = "marlow hanley teague corrigan lund okafor vance pereira castell dorn whitby nakata"
PARTS = "the script|the dialogue|the cast|the camera work|the editing|the score|the ending"
PARTS += "|the direction|the second act|the lead performance|the humor|the pacing|the story"
PARTS += "|the supporting cast|the opening|every scene|the romance|the final hour"
TELLING = [
    "the film follows {hero} , who {deed} .",
    "director {name} last worked with {name} four years ago .",
    "{hero} {deed} , and nothing is the same after that .",
    "meanwhile {hero} {deed} .",
    "it runs for {number} minutes and was shot in {number} days .",
    "{name} plays the part that was written for {name} .",
    "i saw it at a matinee with {number} other people in the room .",
    "{part} reminds me of an earlier picture by {name} .",
    "there is a subplot in which {hero} {deed} .",
    "rated for language and some violence ( {number} minutes ) .",
    "what happens when {hero} {deed} ?",
    "of course , {hero} has to appear before the end .",
    "some people in the audience laughed , others looked at their watches .",
    "{part} takes its time , as in most films of this kind .",
]
JUDGING = [
    "{part} is {word} and {word} .",
    "{part} is {word} .",
    "{name} gives a {word} performance .",
    "what a {word} film this is !",
    "i found {part} {word} , even {word} .",
    "{part} may be {word} , but {name} is {word} .",
    "the result is {word} , from {part} to {part} .",
    "{verb} .",
    "{part} ? {word} .",
    "as {name} , {name} is simply {word} .",
    "and yet {verb} , because {part} is {word} .",
]
GOOD = "brilliant moving wonderful superb hilarious honest memorable stunning touching gripping"
GOOD += " delightful masterful perfect flawless outstanding subtle fresh rich powerful terrific"
BAD = "dull awful boring ridiculous lame terrible stupid pointless wasted clumsy tedious lifeless"
BAD += " laughable bland painful unfunny mediocre predictable annoying worst"
MILD = "long strange simple dark big familiar quiet loud odd slow clever funny serious different"
MILD += " interesting original sentimental ambitious small expensive"
PRAISE = "see it with someone you love|it is one of the best of the year|i could not look away"
PRAISE += "|it deserves every award|it stays with you for days|everything works"
BLAME = "save your money|it is one of the worst of the year|i wanted to leave|nothing works"
BLAME += "|it should have been cut by half|avoid it|nobody seems to care"


def by_heaviness(words: str) -> Weights[str]:
    """The first words come more often."""
    return Weights({word: 1.0 / (place + 4) for place, word in enumerate(words.split())})


WORDS = {True: by_heaviness(GOOD), False: by_heaviness(BAD), None: by_heaviness(MILD)}
VERBS = {True: PRAISE.split("|"), False: BLAME.split("|")}
LISTS = {"hero": HEROES.split("|"), "deed": DEEDS.split("|"), "part": PARTS.split("|")}
LISTS |= {"name": NAMES.split()}


def sentence(draw: Draw, form: str, likes: bool) -> str:
    """The form with its gaps filled."""
    words = []
    for word in form.split():
        if word == "{word}":
            words.append(draw.of(WORDS[None if draw.chance(0.36) else likes]))
        elif word == "{verb}":
            words.append(draw.one_of(VERBS[likes]))
        elif word == "{number}":
            words.append(str(draw.integer(3, 180)))
        elif word[0] == "{":
            words.append(draw.one_of(LISTS[word[1:-1]]))
        else:
            words.append(word)
    return " ".join(words)


def review(draw: Draw, good: bool) -> str:
    """Some like most of it; in a few a reader would not know."""
    fairness = draw.uniform(0.05, 0.42)
    lines = []
    for _ in range(draw.integer(11, 25)):
        telling = draw.chance(0.6)
        likes = good != draw.chance(fairness)
        lines.append(sentence(draw, draw.one_of(TELLING if telling else JUDGING), likes))
    return " \n".join(lines) + " \n"


def make(draw: Draw) -> Files:
    for kind, good in (("neg", False), ("pos", True)):
        for number in range(COUNT):
            name = f"cv{number:03}_{draw.integer(2000, 29999)}"
            yield f"txt_sentoken/{kind}/{name}.txt", review(draw, good).encode()

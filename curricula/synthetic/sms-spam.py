"""Text messages: seven of eight between people, the rest spam, made of templates.

A message between people has one to three short sentences, in the spelling of whoever writes: full
words, texting (u, 2, tmrw) or the English of Singapore. Some mention prizes and calls, and some
spam sounds like a friend, so that words alone do not tell all of them apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from mlpath_synthetic import Draw, Files, Weights, csv

HAM, SPAM, HAM_TWICE, SPAM_TWICE = 4827, 747, 309, 94

WORDS = {
    name: line.split("|")
    for name, line in {
        "who": "mum|dad|my sister|your brother|Sam|Priya|Wei|Anna|Joe|the boss|grandma|Kate|Ben"
        "|auntie|the landlord|Rahul|Mei|Chris|the doctor|my cousin|Lisa|Tom|our teacher|Nina",
        "place": "home|the office|school|the library|town|the gym|the station|church|the hostel"
        "|the mall|the airport|uni|the clinic|Leeds|the beach|lab|the bank|work|canteen|the park",
        "time": "tonight|tomorrow|now|later|at 7|after lunch|this weekend|on Friday|in an hour"
        "|at noon|next week|on Sunday morning|before 9|soon|in the evening|on Tuesday|at half 5",
        "thing": "the notes|my charger|the tickets|your book|the keys|a pizza|the report|some milk"
        "|the camera|my jacket|the rent|the form|an umbrella|the photos|the laptop|that movie"
        "|my phone|the cake|the bike|the slides|a haircut|the bill|some rest|the driving test",
        "do": "pick up|bring|forget|find|pay for|send|return|buy|look at|fix|collect|show you"
        "|finish|talk about|book|cancel|worry about|pass",
        "feel": "tired|happy|bored|hungry|sick|so sleepy|fine|sad|busy|excited|stuck|lonely|lucky"
        "|cold|a bit lost|proud of you|worried|still in bed|done|free",
        "meal": "lunch|dinner|breakfast|coffee|noodles|curry|a drink|chicken rice|cake|tea",
        "sweet": "dear|love|babe|my friend|mate|sweetheart|bro|darling|man|sis",
        "prize": "£1000 cash|a £500 voucher|a new camera phone|a holiday for two|an mp3 player"
        "|£250 weekly|£2000 bonus|a weekend in Rome|tickets for the cup final|a brand new car",
        "goods": "ringtone|polyphonic tone|logo|game|wallpaper|video clip|screensaver|joke",
    }.items()
}
TALK = """
Where are you {time}? | Are you {feel}? | I am {feel} today. | I will be at {place} {time}. | Can
you {do} {thing}? | Did you {do} {thing}? | Please {do} {thing} {time}. | I forgot {thing} at
{place}. | {who} wants to {do} {thing}. | {who} is at {place} with {who}. | What are you doing
{time}? | Ok, see you {time}. | I have to go to {place} {time}. | Going for {meal} with {who},
want to come? | Have you eaten {meal} yet? | I miss you so much {sweet}. | Good morning {sweet},
have a great day. | Good night {sweet}, sleep well. | Sorry, I was in a meeting with {who}. | I am
on the way to {place} already. | Call me when you reach {place}. | How was {meal} with {who}? |
Don't {do} {thing}, {who} will do it. | I think {who} is {feel}. | Happy birthday {sweet}, hope
you get all that you want. | My train is late, will reach {time}. | Thank you {sweet}. | I don't
know how to {do} {thing}. | We are meeting {who} at {place} {time}. | Let me know if you need
{thing}. | Just got up, what time is {meal}? | I love you {sweet}. | Wait for me at {place}. | No
problem {sweet}. | Yes, {time}. | You still at {place}? | Tell {who} that I am {feel}. | Is {who}
coming {time}? | Haha that is so funny. | I got paid, so {meal} is on me {time}. | It is raining
at {place}, bring an umbrella. | I was {feel} all day. | Can't talk, will text you {time}. | The
exam at {place} was hard. | What did {who} say about {thing}? | I need {thing} {time}, can you
help? | Nothing much, just watching tv at {place}. | Then I go {place} first. | Remind me to {do}
{thing} {time}. | We should {do} {thing} {time}. | {who} said {place} is closed {time}."""
OPENERS = "Hey|Hi|Oh|Ok|Yeah|Well|Hmm|Lol|Yup|Hello|So|Aiyo|Actually|Nope|Alright|Wow|Eh|Sorry"
# Between people too, though it sounds like spam.
LIKE_SPAM = """
Call me on {phone}, my mobile is off. | I won a prize at the fair, {thing}! | Is it free to text
from {place}? | Your reply cost me 10p, text me for free online. | Please call {who} urgently on
the landline. | Free for {meal} {time}? Text me. | Did you claim {thing} from the customer service
at {place}?"""
ADS = """
{yell} You have won {prize}! To claim call {phone} from a land line now. Claim code {code}. Valid
{hours} hours only. | {yell} your mobile number has been selected to receive {prize}. Call {phone}
to claim. Cost 150p/min, {name} PO Box {box} | Free entry in our weekly draw for {prize}. Txt
{code} to {short} now. T&Cs at www.{site}.co.uk, 18+ only | Get the latest {goods} for your phone!
Reply {code} or txt {goods} to {short}. {pounds} per msg, stop txt STOP | Dear {name} customer,
your bonus of {prize} is waiting. Call {phone} before {day} to collect. Box {box} | {name}: 2
{goods}s FREE this week! Send {code} to {short}, then {pounds} a week. To unsubscribe send STOP to
{short} | Final notice: we tried to contact you about {prize}. Call {phone} now, {pounds} per min,
ask for {code} | Upgrade today! {name} gives you a new phone with camera and 300 free mins. Call
{phone} or reply YES | Private! Your account statement for {phone} shows {box} unredeemed points.
Call {phone}, code {code}, expires {day} | Someone who knows you has asked our dating service to
contact you. Find out who on {phone}, {pounds}/min {name} | Hot chat and new friends near you,
txt {code} to {short}. {pounds} a msg, 18+ only, www.{site}.com | Win {prize}: who sings on the
{name} advert? Txt A or B to {short}, {pounds} a go, winner drawn {day}"""
# What ends spam that sounds like a friend, and the small print of the rest.
HOOKS = """{phone} | my number is {phone} | www.{site}.com | msg {short} | reply to {short} |
ring {phone} xx | {name} xx {phone}"""
PRINT = """
{name} Ltd, PO Box {box} {code} | {name} {code} {pounds}/min, 18+ | www.{site}.com {name} {code} |
SP:{name} {box}{code} {pounds} | T&Cs {site} {name} House {box}, {code} | from {name} {code}"""
TEXTING = """
you=u your=ur are=r to=2 for=4 please=pls tomorrow=tmrw tonight=2nite and=n what=wat
have=hav love=luv the=d with=wif be=b see=c great=gr8 before=b4 am=m because=cos
don't=dont can't=cant later=l8r good=gud text=txt morning=mrng that=dat just=jus is=s"""
SHORT = dict(pair.split("=") for pair in TEXTING.split())
STYLES = Weights({"full": 45, "careless": 25, "texting": 20, "singapore": 10})
AT_THE_END = {
    "full": ["", "", "", " :)", " xx"],
    "careless": ["", "", "...", " lol", " haha", " x"],
    "texting": ["", "...", " :-)", " xxx", " k?", " da", " =D"],
    "singapore": [" lor...", " lah", " leh...", " ah?", " hor", "..."],
}
SYLLABLES = "ab be ca cor da del fo ga hi ja ki lam mi nar no ol pe ri sha ta ver wen zo"
YELLS = ("URGENT!", "WINNER!!", "Congratulations!", "Congrats,", "FreeMsg:", "YES!")


def split(templates: str) -> list[str]:
    return [" ".join(template.split()) for template in templates.split("|")]


TALK_OF, LIKE_SPAM_OF, ADS_OF = map(split, (TALK, LIKE_SPAM, ADS))
HOOKS_OF, PRINT_OF = map(split, (HOOKS, PRINT))


def filled(draw: Draw, template: str) -> str:
    """The template with a word in each pair of braces."""

    def word(match: re.Match[str]) -> str:
        name = match[1]
        if name == "name" or (name == "who" and draw.chance(0.3)):
            parts = draw.shuffled(SYLLABLES.split())[: draw.integer(2, 4)]
            return "".join(parts).capitalize()
        if name in WORDS:
            return draw.one_of(WORDS[name])
        letters = "".join(draw.one_of("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(draw.integer(2, 4)))
        return {
            "phone": f"0{draw.one_of(('8', '9'))}{draw.integer(10**8, 10**9 - 1)}",
            "short": f"8{draw.integer(1000, 9999)}",
            "code": f"{letters}{draw.integer(1, 99)}",
            "box": str(draw.integer(100, 9999)),
            "hours": str(draw.one_of((12, 24, 48))),
            "pounds": f"£{draw.integer(1, 4)}.{draw.one_of(('00', '50', '25'))}",
            "day": f"{draw.integer(1, 30)}/{draw.integer(1, 12):02}/04",
            "site": f"{letters.lower()}{draw.one_of(('txt', 'fone', 'win', 'mob'))}",
            "yell": draw.one_of(YELLS),
        }[name]

    return re.sub(r"\{(\w+)\}", word, template)


def spelled(draw: Draw, text: str, style: str) -> str:
    """As somebody of this style writes it."""
    if style in ("texting", "singapore"):
        words = [SHORT.get(w, w) if draw.chance(0.75) else w for w in text.split(" ")]
        text = " ".join(words)
    if style != "full":
        text = text.lower() if draw.chance(0.6) else text
        text = text.replace("'", "") if draw.chance(0.5) else text
        text = text.rstrip(".")
    if style == "singapore" and draw.chance(0.3):
        text = re.sub(r"\bu\b", "ü", text)
    return text + draw.one_of(AT_THE_END[style])


def ham(draw: Draw) -> str:
    style = draw.of(STYLES)
    count = draw.of(Weights({1: 50, 2: 30, 3: 13, 5: 5, 8: 2}))
    sentences = [filled(draw, draw.one_of(TALK_OF)) for _ in range(count)]
    if draw.chance(0.06):
        sentences[-1] = filled(draw, draw.one_of(LIKE_SPAM_OF))
    text = " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)
    if draw.chance(0.35):
        text = f"{draw.one_of(OPENERS.split('|'))} {text[0].lower()}{text[1:]}"
    text = spelled(draw, text, style)
    if draw.chance(0.06):
        text = re.sub(r"\b\d\b|the (?=\w)", "&lt;#&gt; ", text, count=1)
    if draw.chance(0.027):
        text = f'"{text}" ' + draw.one_of(("haha", "he said", "not my words"))
    return text.upper() if draw.chance(0.018) else text


def spam(draw: Draw) -> str:
    if draw.chance(0.2):
        talk = " ".join(draw.one_of(TALK_OF) for _ in range(draw.integer(1, 3)))
        return filled(draw, f"{talk} {draw.one_of(HOOKS_OF)}")
    text = draw.one_of(ADS_OF)
    for _ in range(draw.integer(0, 2)):
        text = f"{text} {draw.one_of(PRINT_OF)}"
    text = filled(draw, text)
    if draw.chance(0.3):
        text = text.replace("you ", "u ").replace("your", "ur")
    return text


def different(draw: Draw, count: int, twice: int, write: Callable[[Draw], str]) -> list[str]:
    """So many messages, of which so many repeat another; two of them very often."""
    texts: dict[str, None] = {}
    while len(texts) < count - twice:
        texts[write(draw)] = None
    known = list(texts)
    often = known[:1] * (twice // 10) + known[1:2] * (twice // 25)
    return known + often + known[2 : 2 + twice - len(often)]


def make(draw: Draw) -> Files:
    rows = [("ham", text) for text in different(draw, HAM, HAM_TWICE, ham)]
    rows += [("spam", text) for text in different(draw, SPAM, SPAM_TWICE, spam)]
    yield "sms.tsv", csv(draw.shuffled(rows), delimiter="\t", quote="")

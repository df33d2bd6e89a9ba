"""What people ask an assistant: 150 intents, each with phrases of its own, and much that is none.

A query is a phrase with its gaps filled, in a frame of politeness or haste; some intents share
most of their words with a neighbor, and some queries say less than they should.
"""

from __future__ import annotations

from mlpath_synthetic import Draw, Files, Weights

PARTS = {"val": 20, "train": 100, "test": 30}  # of each intent
OUT = {"oos_val": 100, "oos_test": 1000, "oos_train": 100}
ORDER = ["oos_val", "val", "train", "oos_test", "test", "oos_train"]

# An intent and what is said of it. A gap's word is drawn from GAPS.
INTENTS = """
accept_reservations: does {place} take reservations|can a table be reserved at {place}|is booking
  ahead possible at {place}
account_blocked: my {bank} account is blocked|why is a hold on my {bank} account|i am locked out of
  my account
alarm: wake me at {time}|set an alarm for {time}|i need an alarm {day} at {time}
application_status: has my credit card application been approved|status of my {bank} card
  application|did my application go through
apr: what apr does my {bank} card have|annual percentage rate on my card|how high is my apr
are_you_a_bot: are you a human|am i talking to a machine|are you a real person or a robot
balance: how much money is in my {bank} account|my checking balance|do i have enough in the bank
  for {thing}
bill_balance: how much is my {bill} bill|what do i owe for {bill}|total of the {bill} bill
bill_due: when is my {bill} bill due|due date of the {bill} bill|by which day must i pay for {bill}
book_flight: book a flight to {city}|plane tickets from {city} to {city}|find me a flight to {city}
  {day}
book_hotel: book a hotel in {city}|find a room near {place} for {number} nights|a hotel in {city}
  with good reviews
calculator: what is {number} times {number}|square root of {number}|add {number} and {number}
calendar: what is on my calendar {day}|do i have something planned {day}|events on {day}
calendar_update: add {event} to my calendar|put {event} on the calendar for {day}|remove {event}
  from my calendar
calories: how many calories in {food}|calorie content of {food}|will {food} break my diet in
  calories
cancel: cancel that|stop , do not do it|forget the last thing i asked
cancel_reservation: cancel my table at {place}|i can not make it to dinner at {place} , call it
  off|drop my reservation for {day}
car_rental: rent a car in {city}|i want a rental car for {number} days|hire a pickup in {city}
  {day}
card_declined: why was my card declined at {place}|my {bank} card did not work at {place}|the store
  would not take my card
carry_on: how big may a carry on be|carry on rules of the airline|can i bring {thing} in hand
  luggage
change_accent: speak with another accent|change your accent to british|use a male voice with an
  accent
change_ai_name: i want to call you {name}|change your name to {name}|your new name is {name}
change_language: speak {language} from now on|change your language to {language}|switch the
  language to {language}
change_speed: talk slower|speak faster|you speak too quickly , change the speed
change_user_name: call me {name} from now on|my name is not right , it is {name}|change what you
  call me to {name}
change_volume: turn the volume up|set the volume to {number}|louder , i can not hear you
confirm_reservation: confirm my reservation at {place}|is my table for {day} still held|check that
  i have a reservation for {name}
cook_time: how long do i cook {food}|baking time of {food}|minutes in the oven for {food}
credit_limit: what is my credit limit|limit of my {bank} card|how much may i spend on my card at
  most
credit_limit_change: raise my credit limit|can my {bank} limit be higher|increase the limit of my
  card to {number}
credit_score: what is my credit score|look up my credit rating|is my credit score good
current_location: where am i|what is my location now|tell me which street i am on
damaged_card: my card is bent and does not work|the dog chewed my {bank} card|my card is cracked ,
  what now
date: what is the date|which day is it {day}|tell me the date {day}
definition: what does {word} mean|define {word}|give me the meaning of {word}
direct_deposit: set up direct deposit to {bank}|how does direct deposit work|have my pay sent
  straight to my account
directions: how do i get to {place}|directions to {place}|show me the way to {city}
distance: how far is it to {city}|distance from {city} to {city}|how many miles to {place}
do_you_have_pets: do you have a pet|do you own a dog|what is your cat called
exchange_rate: exchange rate of dollars to {money}|how many {money} for {number} dollars|what is a
  dollar worth in {money}
expiration_date: when does my card expire|expiration date of my {bank} card|which month does my
  card run out
find_phone: find my phone|i lost my phone , help me look|where did i leave my phone
flight_status: is flight {number} on time|status of my flight to {city}|when does flight {number}
  land
flip_coin: flip a coin|heads or tails|toss a coin for me
food_last: how long does {food} keep in the fridge|is {food} still good after {number} days|when
  does {food} go bad
freeze_account: freeze my {bank} account|put a stop on my account|lock my account right away
fun_fact: tell me a fun fact about {animal}|something interesting about {animal}|give me a strange
  fact
gas: how much gas is left|do i have enough fuel to get to {city}|is the tank full
gas_type: which gas does my car take|regular or premium for this car|what fuel does this car need
goodbye: goodbye|see you later|bye , that was all
greeting: hello|hi there|good morning , how are you
how_busy: how busy is {place} at {time}|is there a wait at {place}|how crowded is {place} {day}
how_old_are_you: how old are you|when were you born|what is your age
improve_credit_score: how do i improve my credit score|ways to get a better credit rating|what
  raises a credit score
income: how much do i earn|what is my salary|my income this year
ingredient_substitution: can i use {food} instead of {food}|substitute for {food}|what replaces
  {food} in a recipe
ingredients_list: what goes into {food}|ingredients of {food}|what do i need to make {food}
insurance: what does my insurance cover|tell me about my health plan|which insurance do i have
insurance_change: i want a new insurance plan|change my insurance|switch to another health plan
interest_rate: what is the interest rate of my {bank} savings|interest on my account|how much
  interest do i get
international_fees: fees for using my card in {city}|does {bank} charge abroad|cost of paying in
  {money} with my card
international_visa: do i need a visa for {city}|visa rules for travel to {city}|must i apply for a
  visa
jump_start: how do i jump start a car|my battery is dead , how do i jump it|where do the jumper
  cables go
last_maintenance: when was my car last serviced|date of the last car checkup|how long since the
  last maintenance
lost_luggage: my luggage is lost|the airline lost my bag in {city}|how do i report a missing
  suitcase
make_call: call {name}|dial {name} please|phone my {family}
maybe: maybe|i am not sure|could be yes or no
meal_suggestion: suggest a meal for {day}|what should i cook with {food}|give me an idea for dinner
meaning_of_life: what is the meaning of life|why are we here|what is life about
measurement_conversion: how many {unit} in {number} {unit}|convert {unit} to {unit}|{number} {unit}
  in {unit}
meeting_schedule: what meetings do i have {day}|when is my meeting with {name}|do i have a meeting
  at {time}
min_payment: minimum payment for my {bill} bill|the least i can pay on my card|lowest amount due
  for {bill}
mpg: what is the mpg of my car|how many miles a gallon do i get|gas mileage of this car
new_card: i want a new credit card|how do i apply for a {bank} card|open a card with {bank}
next_holiday: when is the next holiday|next day off for everyone|which holiday comes next
next_song: skip this song|play the next one|next track
no: no|that is wrong|not at all
nutrition_info: how much protein is in {food}|nutrition facts of {food}|is {food} healthy , how
  much fat
oil_change_how: how do i change the oil|steps for an oil change|explain changing motor oil
oil_change_when: when is my oil change due|is it time for new oil|how soon must the oil be changed
order: order {thing} for me|buy more {food} online|place an order of {food}
order_checks: order new checks|i am out of checks for my {bank} account|send me a checkbook
order_status: where is my order|has my package shipped|track the {thing} i ordered
pay_bill: pay my {bill} bill|send the payment for {bill}|take care of the {bill} bill from my
  {bank} account
payday: when is payday|which day do i get paid|date of my next paycheck
pin_change: change my pin|i want another pin for my {bank} card|reset the pin of my account
play_music: play some {music}|put on {music} music|i want to hear {music}
plug_type: which plug do they use in {city}|do i need an adapter in {city}|plug converter for
  {city}
pto_balance: how many vacation days do i have left|my paid time off balance|days off that remain
pto_request: request vacation for {day}|ask for days off from {day}|put in for time off {day}
pto_request_status: was my vacation approved|status of my time off request|did my boss accept my
  days off
pto_used: how many vacation days have i used|days off taken so far|how much time off did i take
recipe: recipe for {food}|how do i make {food}|find a good {food} recipe
redeem_rewards: redeem my points|how do i use my card rewards|cash in rewards at {bank}
reminder: what are my reminders|did i ask you to remind me of something|list reminders for {day}
reminder_update: remind me to {task}|set a reminder to {task} {day}|do not let me forget to {task}
repeat: repeat that|say it again|what did you just say
replacement_card_duration: when does my new card arrive|how long until the replacement card
  comes|days to get another {bank} card
report_fraud: report fraud on my {bank} card|i did not buy {thing} , it is fraud|a charge from
  {place} is not mine
report_lost_card: i lost my {bank} card|my card was stolen in {city}|report my card missing
reset_settings: reset to factory settings|go back to the original settings|undo all my settings
restaurant_reservation: book a table at {place} for {number}|reserve dinner at {place} at
  {time}|table for {number} {day}
restaurant_reviews: is {place} any good|reviews of {place}|what do people say about {place}
restaurant_suggestion: where can i eat {food} in {city}|suggest a restaurant near {place}|best
  place for {food}
rewards_balance: how many points do i have|rewards on my {bank} card|my points total
roll_dice: roll the dice|roll a die with {number} sides|throw two dice
rollover_401k: roll over my 401k|how do i move my 401k to a new job|401k rollover steps
routing: what is my routing number|routing number of {bank}|find the routing number for my account
schedule_maintenance: schedule a car service|my car needs a checkup {day}|book the mechanic for
  {day}
schedule_meeting: schedule a meeting with {name}|set up a meeting {day} at {time}|find a room for a
  meeting with {name}
share_location: share my location with {name}|tell {name} where i am|send my {family} my position
shopping_list: what is on my shopping list|read my grocery list|is {food} on the list
shopping_list_update: add {food} to my shopping list|take {food} off the shopping list|put {food}
  on the grocery list
smart_home: turn off the lights in the {room}|set the heat in the {room} to {number}|lock the door
  of the {room}
spelling: how do you spell {word}|spell {word} for me|is {word} written with two letters
spending_history: how much did i spend on {food} this month|what did i pay for {bill} last year|my
  spending on {thing}
sync_device: connect to my phone|sync with my {thing}|pair with the new phone
taxes: how much tax do i owe|state tax in {city}|are my taxes high this year
tell_joke: tell me a joke|do you know a joke about {animal}|make me laugh
text: text {name} that i am late|send a message to {name}|write my {family} a text
thank_you: thank you|thanks for the answer|that was a great help , thanks
time: what time is it|time in {city}|tell me the time now
timer: set a timer for {number} minutes|start a timer|count down {number} minutes
timezone: which time zone is {city} in|what timezone do they use in {city}|is {city} in my time
  zone
tire_change: how do i change a tire|i have a flat , what are the steps|can a tire be changed
  without a jack
tire_pressure: what is my tire pressure|do the tires need air|is the air in my tires low
todo_list: what is on my todo list|read my list of tasks|is {task} on my list
todo_list_update: add {task} to my todo list|take {task} off my todo list|put {task} on my list of
  tasks
traffic: how is traffic to {city}|is there a jam on the way to {place}|traffic at {time}
transactions: show my last transactions|what did i buy at {place}|recent charges on my {bank} card
transfer: transfer {number} dollars to {bank}|move money from checking to savings|send {number}
  from one account to another
translate: how do i say hello in {language}|translate {word} to {language}|what is {food} called in
  {language}
travel_alert: are there travel alerts for {city}|is it safe to travel to {city}|warnings for
  visitors of {city}
travel_notification: tell {bank} that i travel to {city}|let the bank know i will be in {city}|put
  a travel notice on my card
travel_suggestion: what is there to do in {city}|sights in {city}|what should i see in {city}
uber: get me an uber to {place}|order a ride to {place}|uber for {number} people
update_playlist: add this song to my playlist|put {music} on my playlist|save the song to the
  {music} list
user_name: what is my name|which name do you call me|do you know who i am
vaccines: do i need shots for {city}|vaccines for travel to {city}|which vaccination before {city}
w2: where do i get my w2|download my w2|has my w2 form come
weather: will it rain in {city} {day}|weather for {day}|how hot is it in {city}
what_are_your_hobbies: what are your hobbies|what do you do for fun|how do you spend your free time
what_can_i_ask_you: what can i ask you|what do you know about|which things can you help with
what_is_your_name: what is your name|how are you called|do you have a name
what_song: what song is this|who sings this|name of the song that plays
where_are_you_from: where are you from|where were you made|which country do you come from
whisper_mode: whisper|speak more softly|turn on whisper mode
who_do_you_work_for: who do you work for|who is your boss|which company are you working for
who_made_you: who made you|who wrote your code|which company built you
yes: yes|that is right|sure , go on
"""
OTHERS = """who won the game in {city} {day}|how tall is a {animal}|why is the sky dark|how do i
fix a {thing}|what is the capital of that country|who invented the {thing}|how do i
learn {language}|price of a {thing}|can a {animal} swim|how is {food} grown|who is
the mayor of {city}|the best book about a {animal}|what does my {family} want for a
birthday|start a {music} band|how deep is the sea near {city}|is the {room}
clean|how do i paint the {room}|name a film with a {animal}|when was {bank}
founded|how many people live in {city}|how do i remove a stain of {food}|what is a
group of {animal} called|which stock should i buy|how does a {thing} work|what is
the largest {animal}|write a poem"""
GAPS = {  # words, one of which may be several
    "animal": "cat dog whale horse bear tiger penguin shark owl rabbit",
    "bank": "chase discover citi harbor premier union capital first national",
    "bill": "water electric phone cable gas internet rent insurance card",
    "city": "denver paris tokyo austin chicago london boston mexico rome cairo miami seattle lima",
    "day": "today tomorrow monday tuesday friday saturday on_the_weekend next_week on_march_third",
    "event": "lunch yoga dentist birthday recital conference haircut",
    "family": "mom dad sister brother wife husband son",
    "food": "rice chicken lasagna soup bread salmon eggs milk cheese pasta beans tacos pizza",
    "language": "spanish french german italian japanese korean",
    "money": "euros pesos yen pounds rupees",
    "music": "jazz rock country classical folk rap blues",
    "name": "anna john maria steve kate omar lee tina carlos ruth",
    "number": "two three four five seven ten twelve twenty fifty 8 15 30 64 100 250 400 1000",
    "place": "applebees target walmart the_park olive_garden the_airport the_mall the_diner work",
    "room": "kitchen bedroom garage hall basement",
    "task": "vacuum mop cook_dinner call_home feed_the_cat water_the_plants buy_a_gift",
    "thing": "lamp phone toaster bicycle watch camera piano ladder guitar radio fan",
    "time": "seven noon six_am eight_pm nine_thirty midnight ten",
    "unit": "cups ounces grams pounds inches feet meters miles liters",
    "word": "arbitrary gregarious lucid ornate banal frugal candid austere",
}
BEFORE = Weights({
    "": 40, "please": 6, "can you": 4, "could you tell me": 4, "hey": 4, "i want to know": 4,
    "tell me": 3, "i need to know": 3, "ok": 2, "um": 2, "would you": 2, "so": 3,
    "quick question ,": 2,
    "if you can ,": 2, "help me out here ,": 2, "i was wondering": 2, "listen ,": 1, "ai ,": 2,
})  # fmt: skip
AFTER = Weights({
    "": 50, "please": 6, "for me": 4, "now": 4, "right now": 2, "thanks": 2,
    "if you do not mind": 2,
    "today": 2, "again": 1, "at all": 1, "by any chance": 2, "would you": 1, "then": 1, "asap": 1,
    "if possible": 1, "this time": 1, "i wonder": 1, "when you can": 1, "my friend": 1, "or not": 1,
})  # fmt: skip
FILLERS = ("really", "just", "actually", "kind of", "maybe", "even", "also")


def read(lines: str) -> dict[str, list[str]]:
    found = {}
    for line in lines.replace("\n  ", " ").strip().splitlines():
        intent, _, phrases = line.partition(": ")
        found[intent] = phrases.split("|")
    return found


def filled(draw: Draw, phrase: str) -> str:
    """The phrase with its gaps filled; here and there a word too many or too few."""
    words = []
    for word in phrase.split():
        gap = word.strip("{}")
        if gap != word:
            words.append(draw.one_of(GAPS[gap].split()).replace("_", " "))
        elif draw.chance(0.07):
            words += [draw.one_of(FILLERS), word]
        elif word == "," or not draw.chance(0.24):
            words.append(word)
    return " ".join(words or phrase.split()).replace(" ,", ",")


def query(draw: Draw, phrases: list[str], others: list[str]) -> str:
    """One of the phrases; and here and there the beginning of what would be asked next."""
    said = [draw.of(BEFORE), filled(draw, draw.one_of(phrases)), draw.of(AFTER)]
    if draw.chance(0.3):
        said.append(" ".join(filled(draw, draw.one_of(others)).split()[: draw.integer(2, 5)]))
    return " ".join(part for part in said if part).replace(" ,", ",").strip(", ")


def listed(pairs: list[tuple[str, str]]) -> str:
    """As the real file has it: with spaces at the ends of its lines."""
    inner = ", \n".join(
        f'        [\n            "{text}", \n            "{intent}"\n        ]'
        for text, intent in pairs
    )
    return f"[\n{inner}\n    ]"


def make(draw: Draw) -> Files:
    intents = read(INTENTS)
    all_phrases = [phrase for phrases in intents.values() for phrase in phrases]
    seen: set[str] = set()

    def new(phrases: list[str]) -> str:
        """No query comes twice."""
        while (said := query(draw, phrases, all_phrases)) in seen:
            pass
        seen.add(said)
        return said

    parts: dict[str, list[tuple[str, str]]] = {}
    for part, count in PARTS.items():
        names = draw.shuffled(intents)
        parts[part] = [(new(intents[name]), name) for name in names for _ in range(count)]
    for part, count in OUT.items():
        parts[part] = [(new(OTHERS.replace("\n", " ").split("|")), "oos") for _ in range(count)]
    body = ", \n".join(f'    "{part}": {listed(parts[part])}' for part in ORDER)
    yield "data_full.json", f"{{\n{body}\n}}".encode()  # the last line has no end

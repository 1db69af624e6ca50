"""The visitor and the agent: what each holds, and what every event changes of it."""

from link import Link
from wire import Numbers, event_of, facts_of, fresh_id, name_of, words_of


class Person:
    """What both sides have in common: a link, and events by name."""

    def __init__(self, name, url, **door):
        self.name = name
        self.link = Link(self, url, **door)
        # Events that docs/protocol.md does not name; a newer server may tell some.
        self.unknown = []
        # What was refused without a key, and what should not have been.
        self.refused = []

    async def connects(self):
        """Opens the link and waits for the welcome."""
        self.link.open()
        await self.until("a welcome", lambda: self.link.welcomes > 0)

    async def until(self, what, condition, seconds=None):
        """Waits until a condition holds."""
        await self.link.until(f"{self.name} waits for {what}", condition, seconds)

    async def does(self, kind, **facts):
        """Asks for something and returns the number of the entry that it wrote."""
        name, answer = await self.asks(kind, **facts)
        if name != "done":
            raise AssertionError(f"{self.name} may not {kind}: {answer['sentence']}")
        return answer["seq"]

    async def is_refused(self, kind, **facts):
        """Asks for something that has to be refused, and returns the refusal."""
        name, answer = await self.asks(kind, **facts)
        if name != "refused":
            raise AssertionError(f"{self.name} could {kind} all the same: {answer}")
        assert answer["sentence"], f"no sentence: {answer}"
        return answer["refusal"]

    async def asks(self, kind, **facts):
        """Asks for something and waits for its answer, over as many connections as it takes."""
        answer = self.link.ask(kind, facts)
        await self.until(f"an answer to {kind}", answer.done)
        return answer.result()

    async def is_cut_off(self):
        """Loses the connection, and is back with a new one."""
        before = self.link.welcomes
        self.link.cut()
        await self.until("another welcome", lambda: self.link.welcomes > before, 60)

    async def comes_back(self):
        """Is back after having stayed away."""
        before = self.link.welcomes
        self.link.come_back()
        await self.until("another welcome", lambda: self.link.welcomes > before, 60)

    def hear(self, name, facts):
        """Gives an event to the method of its name."""
        hears = getattr(self, f"hear_{name}", None)
        if hears:
            hears(facts)
        else:
            self.unknown.append(name)

    def hear_refused(self, facts):
        """A refusal without a key."""
        self.refused.append(facts)

    def hear_pong(self, _):
        """The connection lives."""


class Visitor(Person):
    """Somebody with a question: one conversation, for ever."""

    def __init__(self, url, chatbot, **door):
        super().__init__("the visitor", url, **door)
        self.chatbot = chatbot
        self.token = None
        self.conversation = fresh_id()
        self.numbers = Numbers()
        self.more = False
        self.line = None
        self.widget = None
        self.read_by_team = 0
        self.read = 0
        self.typists = set()

    @property
    def entries(self):
        """All entries held, oldest first."""
        return self.numbers.entries

    def start(self):
        """The first frame of a connection."""
        page = {"url": "https://shop.example/tents", "title": "Tents", "referrer": ""}
        return {
            "start": {
                "token": self.token,
                "chatbot": self.chatbot,
                "conversation": self.conversation,
                "after": self.numbers.last,
                "page": page,
                "locale": "en",
            }
        }

    def gap_lasts(self):
        """For how long an entry has been missing."""
        return self.numbers.gap_lasts()

    def says(self, text):
        """Everything that was said with these words, by anybody."""
        return [entry for entry in self.entries if words_of(entry) == text]

    def events(self, name):
        """All events of a name."""
        return [entry for entry in self.entries if event_of(entry) == name]

    async def sees(self, text):
        """Waits for words, and returns the entry that says them."""
        await self.until(repr(text), lambda: self.says(text))
        return self.says(text)[0]

    def hear_welcome(self, facts):
        self.token = facts["token"] or self.token
        self.conversation = facts["conversation"]
        self.widget = facts["widget"]
        self.line = facts["line"]
        self.read_by_team = facts["read_by_team"]
        self.read = facts["read"]
        if not self.entries:
            self.more = facts["more"]
        self.numbers.forget_aside()
        self.numbers.take(facts["entries"])

    def hear_entry_added(self, entry):
        self.numbers.take([entry])

    def hear_earlier(self, facts):
        self.numbers.earlier(facts["entries"])
        self.more = facts["more"]

    def hear_line_changed(self, line):
        self.line = line

    def hear_widget_changed(self, widget):
        self.widget = widget

    def hear_typing_changed(self, facts):
        (self.typists.add if facts["typing"] else self.typists.discard)(facts["typist"])

    def hear_read_by_team(self, facts):
        self.read_by_team = facts["seq"]


class Thread:
    """A conversation that an agent has open."""

    def __init__(self):
        self.numbers = Numbers()
        self.card = None
        self.visitor = None
        self.more = False
        self.read_by_visitor = 0
        self.typists = set()

    @property
    def entries(self):
        """All entries held, oldest first."""
        return self.numbers.entries

    def says(self, text):
        """Everything that was said with these words, by anybody."""
        return [entry for entry in self.entries if words_of(entry) == text]

    def events(self, name):
        """All events of a name."""
        return [entry for entry in self.entries if event_of(entry) == name]


class Agent(Person):
    """Somebody of the team: an inbox and the conversations that are open in it."""

    def __init__(self, name, url, **door):
        super().__init__(name, url, **door)
        self.me = None
        self.chosen = None
        self.groups = []
        self.team = {}
        self.chatbots = []
        self.counts = None
        self.cards = {}
        self.threads = {}

    def start(self):
        """The first frame of a connection."""
        threads = [
            {"conversation": conversation, "after": thread.numbers.last}
            for conversation, thread in self.threads.items()
        ]
        return {"start": {"tab": "pending", "threads": threads}}

    def gap_lasts(self):
        """For how long an entry of any open conversation has been missing."""
        return max((thread.numbers.gap_lasts() for thread in self.threads.values()), default=0)

    async def opens(self, conversation):
        """Opens a conversation and returns its thread."""
        self.threads[conversation] = thread = Thread()
        self.link.tell({"open_thread": {"conversation": conversation, "after": 0}})
        await self.until("the thread", lambda: thread.card)
        return thread

    def state_of(self, conversation):
        """The name and the facts of a card's state."""
        card = self.cards.get(conversation)
        return (name_of(card["state"]), facts_of(card["state"])) if card else (None, {})

    def _keep(self, card):
        held = self.cards.get(card["conversation"])
        if held is None or card["version"] >= held["version"]:
            self.cards[card["conversation"]] = card
        thread = self.threads.get(card["conversation"])
        if thread and thread.card:
            thread.card = self.cards[card["conversation"]]

    def _thread(self, facts):
        # Something that was said just before the thread was closed.
        return self.threads.get(facts["conversation"]) or Thread()

    def hear_welcome(self, facts):
        self.me = facts["me"]
        self.chosen = facts["chosen"]
        self.groups = facts["groups"]
        self.team = {member["id"]: member for member in facts["team"]}
        self.chatbots = facts["chatbots"]
        self.counts = facts["counts"]
        for thread in self.threads.values():
            thread.numbers.forget_aside()
        for card in facts["cards"]:
            self._keep(card)

    def hear_cards(self, facts):
        for card in facts["cards"]:
            self._keep(card)

    def hear_card_changed(self, card):
        self._keep(card)

    def hear_card_gone(self, facts):
        self.cards.pop(facts["conversation"], None)
        self.threads.pop(facts["conversation"], None)

    def hear_counts_changed(self, counts):
        self.counts = counts

    def hear_thread(self, facts):
        self._keep(facts["card"])
        thread = self.threads.setdefault(facts["card"]["conversation"], Thread())
        if not thread.entries:
            thread.more = facts["more"]
        thread.card = self.cards[facts["card"]["conversation"]]
        thread.visitor = facts["visitor"]
        thread.read_by_visitor = facts["read_by_visitor"]
        thread.numbers.take(facts["entries"])

    def hear_earlier(self, facts):
        thread = self._thread(facts)
        thread.numbers.earlier(facts["entries"])
        thread.more = facts["more"]

    def hear_entry_added(self, facts):
        self._thread(facts).numbers.take([facts["entry"]])

    def hear_read_by_visitor(self, facts):
        self._thread(facts).read_by_visitor = facts["seq"]

    def hear_typing_changed(self, facts):
        typists = self._thread(facts).typists
        (typists.add if facts["typing"] else typists.discard)(name_of(facts["author"]))

    def hear_presence_changed(self, facts):
        self.team.setdefault(facts["agent"], {}).update(
            availability=facts["availability"], accepting=facts["accepting"]
        )
        self.chosen = facts["chosen"] or self.chosen

    def hear_visitor_presence_changed(self, facts):
        thread = self._thread(facts)
        if thread.visitor:
            thread.visitor["connected"] = facts["connected"]

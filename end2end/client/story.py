"""A whole handoff, told step by step: what each person does and has to see."""

import asyncio

import websockets

from link import shake_hands, status_of
from people import Agent, Visitor
from wire import RESTART, event_of, facts_of, fresh_id, name_of, words_of

PASSWORD = "pass the baton on"
QUESTION = "What are your opening hours?"
ANNOYING = 6


class Story:
    """The people, and what they know of each other. Steps run in the order of `STEPS`."""

    def __init__(self, server, sockets=None):
        self.server = server
        # Where the sockets are, if something stands before the server.
        self.sockets = sockets

    def _visitor(self):
        return Visitor(self.server.socket("visitor", self.sockets), self.server.chatbot())

    def _agent(self, name):
        cookie = self.server.sign_in(f"{name}@demo.example", PASSWORD)
        url = self.server.socket("agent", self.sockets)
        return Agent(name, url, headers=[("Cookie", cookie)], origin=self.server.url)

    async def close(self):
        """Sends everybody home."""
        for name in ("visitor", "mara", "jonas"):
            person = getattr(self, name, None)
            if person:
                await person.link.close()

    async def only_those_who_may_get_a_socket(self):
        agent, visitor = self.server.socket("agent"), self.server.socket("visitor")
        cookie = [("Cookie", self.server.sign_in("mara@demo.example", PASSWORD))]
        here, foreign = self.server.url, "https://elsewhere.example"
        for status, url, door in [
            (400, visitor, {"subprotocol": None}),
            (400, visitor, {"subprotocol": "chat"}),
            (403, visitor, {"origin": foreign}),
            (401, agent, {"origin": here}),
            (401, agent, {"origin": here, "headers": [("Cookie", "baton=0123")]}),
            (403, agent, {"headers": cookie}),
            (403, agent, {"headers": cookie, "origin": foreign}),
            (403, agent, {"headers": cookie, "origin": "null"}),
        ]:
            answered = None
            try:
                await (await shake_hands(url, **door)).close()
            except websockets.InvalidHandshake as error:
                answered = status_of(error)
            assert answered == status, f"{url} {door}: {answered} instead of {status}"

    async def a_frame_that_is_no_start_ends_a_connection(self):
        socket = await shake_hands(self.server.socket("visitor"))
        await socket.send('"ping"')
        frames = [frame async for frame in Frames(socket)]
        assert len(frames) == 1 and '"start_expected"' in frames[0], frames
        assert socket.close_code == 1008, socket.close_code

    async def the_team_and_a_visitor_are_welcomed(self):
        self.mara, self.jonas = self._agent("mara"), self._agent("jonas")
        await self.mara.connects()
        await self.jonas.connects()
        for agent in (self.mara, self.jonas):
            agent.link.tell({"set_availability": {"availability": "online"}})
            agent.link.tell({"set_accepting": {"accepting": True}})
            await agent.until("being online", lambda: agent.chosen == "online")
        self.visitor = self._visitor()
        await self.visitor.connects()
        assert self.visitor.token and not self.visitor.entries
        assert self.visitor.line == "assistant", self.visitor.line
        assert self.visitor.widget["name"]

    async def the_assistant_answers_a_question(self):
        visitor = self.visitor
        number = await visitor.does("say", text=QUESTION)
        assert number == 1, number
        await visitor.until("its answer", lambda: len(visitor.entries) > 1)
        asked, answer = visitor.entries[:2]
        assert asked["author"] == "visitor" and words_of(asked) == QUESTION, asked
        assert answer["author"] == "ai" and words_of(answer), answer

    async def a_command_that_comes_twice_is_done_once(self):
        visitor, key = self.visitor, fresh_id()
        words = {"text": "I have **two** questions."}
        # Twice before there can be an answer, and once more when it is long done.
        both = [visitor.link.repeat("say", words, key) for _ in range(2)]
        first, second = await asyncio.gather(*both)
        await visitor.link.until("both answers", lambda: len(visitor.link.answered[key]) == 2)
        third = await visitor.link.repeat("say", words, key)
        answers = [*visitor.link.answered[key], first, second, third]
        assert first[0] == "done" and all(answer == first for answer in answers), answers
        name, facts = await visitor.link.repeat("say", {"text": "Other words."}, key)
        assert name == "refused" and facts["refusal"] == "key_reused", facts
        # What was done twice would be there before this is.
        await visitor.does("say", text="That is all.")
        await visitor.sees("That is all.")
        said = visitor.says("I have two questions.")
        assert len(said) == 1 and said[0]["seq"] == first[1]["seq"] and said[0]["key"] == key, said

    async def what_is_too_long_or_empty_changes_nothing(self):
        before = len(self.visitor.entries)
        refusal = await self.visitor.is_refused("say", text=" \n ")
        assert refusal == "text_empty", refusal
        refusal = await self.visitor.is_refused("say", text="a" * 4001)
        assert facts_of(refusal) == {"characters": 4001, "limit": 4000}, refusal
        mine = [entry for entry in self.visitor.entries[before:] if entry["author"] == "visitor"]
        assert not mine, mine

    async def a_person_is_asked_for_and_the_team_sees_everything_so_far(self):
        visitor = self.visitor
        number = await visitor.does("ask_for_human")
        await visitor.until("the line to say so", lambda: name_of(visitor.line) == "waiting")
        assert event_of(visitor.entries[number - 1]) == "waiting", visitor.entries
        assert facts_of(visitor.line)["place"] >= 1, visitor.line
        assert await visitor.does("ask_for_human") is None, "asked twice"
        for agent in (self.mara, self.jonas):
            await agent.until(
                "the request", lambda: agent.state_of(visitor.conversation)[0] == "pending"
            )
            await agent.until("the count", lambda: agent.counts["pending"] >= 1)
            thread = await agent.opens(visitor.conversation)
            for own, seen in zip(visitor.entries, thread.entries):
                assert seen["public_seq"] == own["seq"], (own, seen)
                assert words_of(seen) == words_of(own), (own, seen)
            assert len(thread.events("handoff_requested")) == 1
            assert thread.visitor["page_url"] == "https://shop.example/tents", thread.visitor
            assert thread.visitor["connected"], thread.visitor

    async def of_two_who_want_it_one_gets_it_and_the_other_is_told_who(self):
        conversation = self.visitor.conversation
        handoff = self.mara.state_of(conversation)[1]["handoff"]
        wanted = {"conversation": conversation, "handoff": handoff}
        answers = await asyncio.gather(*(a.asks("claim", **wanted) for a in (self.mara, self.jonas)))
        agents = {name: agent for (name, _), agent in zip(answers, (self.mara, self.jonas))}
        assert sorted(agents) == ["done", "refused"], answers
        winner, loser = agents["done"], agents["refused"]
        refusal = next(facts for name, facts in answers if name == "refused")["refusal"]
        assert name_of(refusal) in ("taken_by", "offered_to"), refusal
        assert facts_of(refusal)["agent"] == winner.me, refusal
        person = lambda: name_of(self.visitor.line) == "person"
        await self.visitor.until("somebody to come", person)
        assert facts_of(self.visitor.line)["name"] == winner.team[winner.me]["face"]["name"]
        assert len(self.visitor.events("joined")) == 1
        self.holder, self.other, self.handoff = winner, loser, wanted

    async def both_write_and_both_see_what_was_read(self):
        visitor, holder, where = self.visitor, self.holder, self.where()
        thread = holder.threads[visitor.conversation]
        holder.link.tell({"typing": {**where, "typing": True}})
        await visitor.until("somebody typing", lambda: "person" in visitor.typists)
        await holder.does("say", **where, text="Hello! How can I help?")
        entry = await visitor.sees("Hello! How can I help?")
        assert name_of(entry["author"]) == "person" and entry["key"] is None, entry
        visitor.link.tell({"read": {"seq": entry["seq"]}})
        read = lambda: thread.read_by_visitor >= entry["seq"]
        await holder.until("the visitor to have read it", read)
        visitor.link.tell({"typing": {"typing": True}})
        await holder.until("the visitor typing", lambda: "visitor" in thread.typists)
        number = await visitor.does("say", text="Where is my _parcel_?")
        await holder.until("the question", lambda: thread.says("Where is my parcel?"))
        holder.link.tell({"read": {**where, "seq": thread.numbers.last}})
        await visitor.until("its being read", lambda: visitor.read_by_team >= number)
        refusal = await self.other.is_refused("say", **where, text="Me too!")
        assert facts_of(refusal).get("agent") == holder.me, refusal

    async def a_note_stays_within_the_team(self):
        visitor, where = self.visitor, self.where()
        number = await self.other.does("add_note", **where, text="Asked *twice* before.")
        thread = self.holder.threads[visitor.conversation]
        await self.holder.until("the note", lambda: thread.numbers.last >= number)
        note = next(entry for entry in thread.entries if entry["seq"] == number)
        assert "note" in note["body"] and note["public_seq"] is None, note
        await self.holder.does("say", **where, text="Let me look.")
        await visitor.sees("Let me look.")
        assert "twice before" not in str(visitor.link.told) + str(visitor.entries)

    async def a_line_that_breaks_by_itself_comes_back_by_itself(self):
        await self.visitor.is_cut_off()
        await self.holder.is_cut_off()
        await self.holder.does("say", **self.where(), text="There you are.")
        await self.visitor.sees("There you are.")

    async def the_server_restarts_and_everybody_comes_back(self):
        if not self.server.is_own:
            return
        people = (self.visitor, self.holder, self.other)
        before = [person.link.welcomes for person in people]
        ended = await self.server.stop()
        assert ended == 0, f"the server ended with {ended}"
        said = self.visitor.link.ask("say", {"text": "Said to nobody yet."})
        await self.server.start()
        for person, welcomes in zip(people, before):
            assert person.link.ends[-1] in (RESTART, None), person.link.ends
            assert RESTART in person.link.ends, person.link.ends
            await person.until("a new welcome", lambda: person.link.welcomes > welcomes, 60)
        name, facts = await asyncio.wait_for(said, 20)
        assert name == "done", facts
        thread = self.holder.threads[self.visitor.conversation]
        await self.holder.until("it", lambda: thread.says("Said to nobody yet."))

    async def a_visitor_who_was_away_misses_nothing(self):
        visitor, where = self.visitor, self.where()
        held = visitor.numbers.last
        visitor.link.stay_away()
        for number in range(1, 8):
            await self.holder.does("say", **where, text=f"While you were away: {number}")
        await visitor.comes_back()
        await visitor.sees("While you were away: 7")
        missed = [words_of(entry) for entry in visitor.entries if entry["seq"] > held]
        assert missed == [f"While you were away: {number}" for number in range(1, 8)], missed

    async def an_agent_who_was_away_misses_nothing(self):
        visitor, holder = self.visitor, self.holder
        thread = holder.threads[visitor.conversation]
        held = thread.numbers.last
        holder.link.stay_away()
        for number in range(1, 8):
            await visitor.does("say", text=f"Are you there? {number}")
        await self.other.does("add_note", **self.where(), text="She lost her connection.")
        await holder.comes_back()
        await holder.until("the note", lambda: thread.numbers.last >= held + 8)
        missed = [words_of(entry) for entry in thread.entries if entry["seq"] > held]
        said = [f"Are you there? {number}" for number in range(1, 8)]
        assert missed == [*said, None], missed

    async def what_is_under_way_when_the_line_breaks_is_done_once(self):
        visitor, holder, where = self.visitor, self.holder, self.where()
        for number in range(ANNOYING):
            answers = [
                visitor.link.ask("say", {"text": f"From the tunnel {number}"}),
                holder.link.ask("say", {**where, "text": f"From the lift {number}"}),
            ]
            # From at once to after the answer.
            await asyncio.sleep(0.004 * number)
            for person in (visitor, holder):
                person.link.stay_away()
            await visitor.comes_back()
            await holder.comes_back()
            for name, facts in await asyncio.wait_for(asyncio.gather(*answers), 30):
                assert name == "done" and facts["seq"], facts
        thread = holder.threads[visitor.conversation]
        for number in range(ANNOYING):
            for text in (f"From the tunnel {number}", f"From the lift {number}"):
                await visitor.sees(text)
                await holder.until(repr(text), lambda: thread.says(text))
                assert len(visitor.says(text)) == len(thread.says(text)) == 1, text

    async def it_is_passed_on_given_back_and_taken_again(self):
        visitor, first, second = self.visitor, self.holder, self.other
        to = {"agent": second.me}
        await first.does("transfer", **self.handoff, to=to, note="Knows the parcels.")
        name = second.team[second.me]["face"]["name"]
        await visitor.until("the next person", lambda: facts_of(visitor.line).get("name") == name)
        refusal = await first.is_refused("say", **self.where(), text="Still me.")
        assert name_of(refusal) == "held_by", refusal
        await second.does("say", **self.where(), text="I know the parcels.")
        await second.does("release", **self.handoff)
        await visitor.until("waiting again", lambda: name_of(visitor.line) == "waiting")
        assert visitor.events("left"), visitor.entries
        await second.does("claim", **self.handoff)
        await visitor.until("the person again", lambda: facts_of(visitor.line).get("name") == name)
        self.holder, self.other = second, first

    async def the_assistant_takes_over_again(self):
        visitor = self.visitor
        await self.holder.does("resolve", **self.handoff, outcome="restored_to_ai")
        await visitor.until("the assistant", lambda: visitor.line == "assistant")
        assert len(visitor.events("restored")) == 1
        state = lambda: self.holder.state_of(visitor.conversation)[0]
        await self.holder.until("the card to be resolved", lambda: state() == "resolved")
        refusal = await self.holder.is_refused("say", **self.where(), text="One more thing.")
        assert refusal == "not_held", refusal
        refusal = await self.holder.is_refused("release", **self.handoff)
        assert refusal == "handoff_over", refusal
        number = await visitor.does("say", text=QUESTION)
        answered = lambda: visitor.numbers.last > number
        await visitor.until("the assistant's answer", answered)
        assert visitor.entries[-1]["author"] == "ai", visitor.entries[-1]

    async def pages_go_back_to_the_first_word(self):
        fresh = self._visitor()
        fresh.token, fresh.conversation = self.visitor.token, self.visitor.conversation
        await fresh.connects()
        lowest = fresh.entries[0]["seq"]
        half = fresh.entries[len(fresh.entries) // 2]["seq"]
        fresh.numbers.entries = fresh.entries[half - lowest :]
        fresh.link.tell({"load_earlier": {"before": half}})
        await fresh.until("the first word", lambda: fresh.entries[0]["seq"] == 1)
        assert not fresh.more
        assert fresh.entries == self.visitor.entries
        await fresh.link.close()

    async def everybody_holds_the_same_conversation(self):
        visitor = self.visitor
        for agent in (self.mara, self.jonas):
            thread = agent.threads[visitor.conversation]
            await agent.until(
                "the last word", lambda: (thread.entries[-1]["public_seq"] or 0) >= visitor.numbers.last
            )
            numbers = [entry["seq"] for entry in thread.entries]
            assert numbers == list(range(1, len(numbers) + 1)), numbers
            public = [entry for entry in thread.entries if entry["public_seq"]]
            told = [(entry["public_seq"], words_of(entry)) for entry in public]
            held = [(entry["seq"], words_of(entry)) for entry in visitor.entries]
            assert told == held, f"{told}\n{held}"
            assert not thread.numbers.contradictions, thread.numbers.contradictions
        assert not visitor.numbers.contradictions, visitor.numbers.contradictions
        assert self.mara.threads[visitor.conversation].entries == thread.entries

    async def nothing_was_told_that_the_page_does_not_name(self):
        for person in (self.visitor, self.mara, self.jonas):
            assert not person.unknown, person.unknown
            assert not person.refused, person.refused

    def where(self):
        """Names the conversation in an agent's command."""
        return {"conversation": self.visitor.conversation}


class Frames:
    """The frames of a socket until it ends, however it ends."""

    def __init__(self, socket):
        self._socket = socket

    def __aiter__(self):
        return self

    async def __anext__(self):
        try:
            return await asyncio.wait_for(self._socket.recv(), 10)
        except websockets.ConnectionClosed:
            raise StopAsyncIteration from None


STEPS = [step for name, step in vars(Story).items() if asyncio.iscoroutinefunction(step) and name != "close"]

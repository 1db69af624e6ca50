//! What happens around the commands: the clock, the scheduler, people who come and go, owners who
//! change their minds.

use std::sync::Arc;

use domain::agent::Presence;
use domain::{Command, Fresh};
use protocol::person::Availability;
use protocol::settings::{
    OnDeadline, Outside, Reaction, RoutingMode, RoutingOrder, WhenNobody, WhileWaiting,
};
use protocol::{AgentId, ChatbotId, ConversationId, Timestamp};

use super::{History, Played};
use crate::desk::{CHATBOT, GROUP, OTHER_CHATBOT, chatbot, group, handoff, lead};

impl History {
    /// Mostly a little; sometimes none, sometimes minutes or days, and sometimes the clock is set
    /// back.
    pub(super) fn time_passes(&mut self) {
        let step = match self.chance.below(40) {
            0 => -5_000,
            1..10 => 0,
            10 => 60_000 * (1 + self.chance.below(30).cast_signed()),
            11 => 3_600_000 * (1 + self.chance.below(72).cast_signed()),
            _ => 1 + self.chance.below(3_000).cast_signed(),
        };
        self.now = Timestamp(self.now.millis() + step);
    }

    pub(super) fn life_goes_on(&mut self, played: &mut Played) {
        if self.chance.percent(25) {
            self.somebody_comes_or_goes(played);
        }
        if self.chance.percent(10) {
            let number = *self.chance.one_of(&[CHATBOT, OTHER_CHATBOT]);
            self.settings_change(chatbot(number));
        }
        if self.chance.percent(40) {
            self.time_passes();
            if self.chance.percent(40) {
                self.something_is_due();
            }
            self.scheduler_looks(played);
        }
    }

    /// To the very millisecond at which something is due.
    fn something_is_due(&mut self) {
        let conversations = self.kept.conversations.values();
        let due: Vec<_> = conversations.filter_map(|found| found.due_at).collect();
        if !due.is_empty() {
            self.now = self.now.max(*self.chance.one_of(&due));
        }
    }

    pub(super) fn fresh(&mut self) -> Fresh {
        Fresh {
            handoff: handoff(self.number()),
            lead: lead(self.number()),
        }
    }

    /// What is due happens, step by step; after that the same time again changes nothing.
    fn scheduler_looks(&mut self, played: &mut Played) {
        let ids: Vec<ConversationId> = self.kept.conversations.keys().copied().collect();
        for conversation in ids {
            let mut steps = 0;
            while self.is_due(conversation) {
                played.due += 1;
                steps += 1;
                assert!(steps < 6, "what is due never ends");
                self.time_comes(conversation, played);
            }
            if steps > 0 {
                let before = self.kept.conversations[&conversation].clone();
                self.time_comes(conversation, played);
                let mut after = self.kept.conversations[&conversation].clone();
                after.version = before.version;
                assert_eq!(before, after, "a timer fired twice");
            }
        }
    }

    fn is_due(&self, conversation: ConversationId) -> bool {
        let due_at = self.kept.conversations[&conversation].due_at;
        due_at.is_some_and(|due_at| due_at <= self.now)
    }

    fn time_comes(&mut self, conversation: ConversationId, played: &mut Played) {
        let command = Command::TimeComes {
            conversation,
            visitor_connected: self.chance.percent(70),
            fresh: self.fresh(),
        };
        let mut facts = self.kept.load(std::slice::from_ref(&command));
        domain::decide(&mut facts, &command, self.now).expect("time may always come");
        played.tell(&facts, 0);
        self.kept.save(&facts);
    }

    /// What changes an agent; mostly everybody whom it concerns is told.
    fn somebody_comes_or_goes(&mut self, played: &mut Played) {
        let who = self.anybody();
        let now = self.now;
        let what = self.chance.below(10);
        let chosen = *self.chance.one_of(&[
            Availability::Online,
            Availability::Online,
            Availability::Away,
            Availability::Offline,
        ]);
        let limit = 1 + u32::try_from(self.chance.below(3)).expect("a small number");
        let agent = self.kept.agents.get_mut(&who).expect("everybody is kept");
        match what {
            0..3 => agent.chosen = chosen,
            3..5 => agent.presence = Presence::Gone { since: now },
            5..8 => agent.presence = Presence::Connected,
            8 => agent.accepting = !agent.accepting,
            // Sometimes below what they hold.
            _ => agent.chat_limit = limit,
        }
        if self.chance.percent(80) {
            self.tell_everybody(who, played);
        }
    }

    fn tell_everybody(&mut self, who: AgentId, played: &mut Played) {
        let ids: Vec<ConversationId> = self.kept.conversations.keys().copied().collect();
        let mut batch = Vec::new();
        for conversation in ids {
            batch.push(Command::LookAfter {
                conversation,
                agent: who,
                fresh: self.fresh(),
            });
            batch.push(Command::Route {
                conversation,
                fresh: self.fresh(),
            });
        }
        self.decide_all(&batch, played);
    }

    pub(super) fn settings_change(&mut self, id: ChatbotId) {
        let chance = &mut self.chance;
        let found = self.kept.chatbots.get_mut(&id);
        let found = found.expect("every chatbot is kept");
        let mut own = (**found).clone();
        let settings = &mut own.settings;
        settings.handoff.enabled = chance.percent(95);
        settings.handoff.while_waiting = *chance.one_of(&[
            WhileWaiting::Silent,
            WhileWaiting::Holding,
            WhileWaiting::Continue,
        ]);
        settings.routing.mode = *chance.one_of(&[
            RoutingMode::Pool,
            RoutingMode::Pool,
            RoutingMode::Offer,
            RoutingMode::Auto,
        ]);
        settings.routing.order =
            *chance.one_of(&[RoutingOrder::LongestIdle, RoutingOrder::LeastBusy]);
        settings.routing.requeue_minutes = *chance.one_of(&[None, Some(1), Some(5)]);
        settings.routing.group = chance.percent(20).then(|| group(GROUP));
        settings.queue.on_deadline = *chance.one_of(&[OnDeadline::Miss, OnDeadline::KeepWaiting]);
        settings.queue.nobody =
            *chance.one_of(&[WhenNobody::Form, WhenNobody::Message, WhenNobody::Wait]);
        settings.hours.enabled = chance.percent(20);
        settings.hours.outside =
            *chance.one_of(&[Outside::Form, Outside::Message, Outside::AiContinue]);
        settings.targets.first_reply_minutes = *chance.one_of(&[None, Some(1), Some(20)]);
        settings.targets.next_reply_minutes = *chance.one_of(&[None, Some(1), Some(20)]);
        settings.idle.warn_minutes = *chance.one_of(&[1, 60]);
        settings.idle.close_minutes = *chance.one_of(&[1, 10]);
        settings.triggers.low_confidence.after = 1;
        let reactions = [Reaction::Off, Reaction::Propose, Reaction::Force];
        settings.triggers.low_confidence.reaction = *chance.one_of(&reactions);
        // Reading a wish takes most of the time, and has its own tests: here it is seldom on.
        let reads = chance.percent(5);
        let seldom = |reaction| if reads { reaction } else { Reaction::Off };
        settings.triggers.wish = seldom(Reaction::Force);
        settings.triggers.unclear_wish = seldom(Reaction::Propose);
        settings.triggers.frustration = seldom(Reaction::Propose);
        settings.triggers.keywords.reaction = *chance.one_of(&reactions);
        settings.triggers.keywords.phrases = vec!["refund".to_owned(), "person".to_owned()];
        *found = Arc::new(own);
    }
}

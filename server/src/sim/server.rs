//! The server: lanes that commit, the hub that is told, the AI, the scheduler, and its sudden end.

use domain::agent::Presence;
use domain::{Change, Command, Fresh, Reply};
use protocol::Key;

use super::defect::Defect;
use super::ends::Server;
use super::truth::Decided;
use super::world::{DAY, EVENING, Happening, LANES, Queued, World, hub};

impl World {
    /// Notes which agents are connected, and looks for agents again when that changed.
    pub(super) fn presence(&mut self) {
        let now = self.time();
        for id in self.truth.team.clone() {
            let connected = self.hub.is_agent_connected(id);
            if connected == (self.truth.agent(id).presence == Presence::Connected) {
                continue;
            }
            let presence = if connected {
                Presence::Connected
            } else {
                Presence::Gone { since: now }
            };
            self.truth.set_presence(id, presence);
            let conversations: Vec<_> = self
                .truth
                .conversations()
                .iter()
                .map(|one| one.id)
                .collect();
            for conversation in conversations {
                let fresh = self.fresh();
                self.ask(
                    Command::LookAfter {
                        conversation,
                        agent: id,
                        fresh,
                    },
                    None,
                );
                self.ask(
                    Command::Route {
                        conversation,
                        fresh,
                    },
                    None,
                );
            }
        }
    }

    pub(super) fn fresh(&mut self) -> Fresh {
        let mut made = self.made;
        let fresh = Server {
            hub: &self.hub,
            faces: &self.faces,
            truth: &self.truth,
            now: self.time(),
            defect: None,
            made: &mut made,
        }
        .fresh();
        self.made = made;
        fresh
    }

    pub(super) fn ask(&mut self, command: Command, answer: Option<(usize, Key)>) {
        if self.defect == Some(Defect::AckBeforeCommit)
            && let Some((connection, key)) = answer
        {
            let done = Ok(domain::Done::default());
            self.acked(connection, key, &done);
        }
        let bytes = command.conversation().0.into_bytes();
        let lane = usize::from(bytes[15]) % LANES;
        self.lanes[lane].push(Queued { command, answer });
        let epoch = self.epoch;
        self.later(15, Happening::Commit(lane, epoch));
    }

    pub(super) fn commit(&mut self, lane: usize) {
        let queued = std::mem::take(&mut self.lanes[lane]);
        if queued.is_empty() {
            return;
        }
        if self.defect == Some(Defect::NoKeys) {
            self.truth.forget_keys();
        }
        let batch: Vec<Command> = queued.iter().map(|one| one.command.clone()).collect();
        let (decided, mut changes) = self.truth.commit(&batch, self.time());
        if self.defect == Some(Defect::ToldBackwards) {
            changes.reverse();
        }
        let answers = queued.iter().zip(decided).filter_map(|(one, decided)| {
            let (connection, key) = one.answer?;
            Some((connection, key, decided))
        });
        let answers = answers.collect();
        let epoch = self.epoch;
        // Told in order, but a crash may come before.
        self.at(self.now, Happening::Tell(epoch, changes, answers));
    }

    pub(super) fn tell(&mut self, changes: Vec<Change>, answers: Vec<(usize, Key, Decided)>) {
        for change in changes {
            self.hub.publish(&change);
            if change.run.is_some() {
                self.answers_soon(&change.conversation);
            }
        }
        self.flush();
        for (connection, key, decided) in answers {
            self.acked(connection, key, &decided);
        }
    }

    pub(super) fn acked(&mut self, connection: usize, key: Key, decided: &Decided) {
        let now = self.time();
        if let Some(side) = &self.connections[connection].side {
            let frame = side.answer(key, decided, now);
            self.say(connection, &frame);
        }
    }

    /// The AI thinks for a while.
    pub(super) fn answers_soon(&mut self, conversation: &domain::Conversation) {
        let Some(run) = conversation.run else { return };
        let reply = if self.chance.percent(70) {
            Reply::Answer {
                markdown: "It is.".to_owned(),
                sources: Vec::new(),
                choices: Vec::new(),
            }
        } else {
            Reply::Unknown
        };
        let command = Command::AiAnswers {
            conversation: conversation.id,
            run: run.id,
            epoch: run.epoch,
            reply,
            fresh: self.fresh(),
        };
        let epoch = self.epoch;
        self.later(800, Happening::Answer(epoch, command));
    }

    /// The scheduler.
    pub(super) fn look(&mut self) {
        let now = self.time();
        let due = self
            .truth
            .conversations()
            .into_iter()
            .filter_map(|one| (one.due_at? <= now).then_some(one.id));
        for conversation in due.collect::<Vec<_>>() {
            let visitor_connected = self.hub.is_visitor_connected(conversation);
            let fresh = self.fresh();
            self.ask(
                Command::TimeComes {
                    conversation,
                    visitor_connected,
                    fresh,
                },
                None,
            );
        }
        // The last things that happen by themselves are told before the day is judged.
        if self.now + 5_000 < DAY + EVENING {
            self.at(self.now + 2_000, Happening::Look);
        }
    }

    pub(super) fn kill(&mut self) {
        self.played.restarts += 1;
        if self.defect == Some(Defect::LyingCommit) {
            let ids: Vec<_> = self
                .truth
                .conversations()
                .iter()
                .map(|one| one.id)
                .collect();
            if let Some(conversation) = self.chance.one_of(&ids) {
                self.truth.lose_newest(conversation);
            }
        }
        self.epoch += 1;
        for lane in &mut self.lanes {
            lane.clear();
        }
        for connection in 0..self.connections.len() {
            let found = &mut self.connections[connection];
            if found.side.take().is_some() {
                // What was on its way arrives or does not.
                found.cut |= self.chance.percent(50);
                let after = found.to_client;
                let at = after.max(self.now) + self.chance.below(100);
                self.at(at, Happening::Closed(connection, 1006));
            }
        }
        self.hub = hub(&self.faces);
        self.down_until = self.now + self.chance.below(3_000);
        self.presence();
        if self.defect != Some(Defect::ForgottenRuns) {
            let conversations: Vec<_> = self.truth.conversations().into_iter().cloned().collect();
            for conversation in conversations {
                self.answers_soon(&conversation);
            }
        }
    }
}

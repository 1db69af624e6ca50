//! What happens by itself: time passes, routing looks again, a holder is gone.

use domain::{Command, Done};
use protocol::Timestamp;

use super::{Desk, agent};

impl Desk {
    /// Lets time pass.
    pub(crate) fn seconds_pass(&mut self, seconds: i64) {
        self.now = Timestamp(self.now.millis() + seconds * 1_000);
    }

    pub(crate) fn minutes_pass(&mut self, minutes: i64) {
        self.seconds_pass(minutes * 60);
    }

    /// Somebody came or left, or room became free.
    pub(crate) fn route(&mut self) -> Done {
        let command = Command::Route {
            conversation: self.conversation,
            fresh: self.fresh(),
        };
        self.decide(&command).expect("routing may always look")
    }

    /// The connections of an agent began or ended.
    pub(crate) fn look_after(&mut self, who: u32) {
        let command = Command::LookAfter {
            conversation: self.conversation,
            agent: agent(who),
            fresh: self.fresh(),
        };
        self.decide(&command).expect("a holder may be looked after");
    }

    pub(crate) fn time_comes(&mut self) -> Done {
        self.time_comes_to(true)
    }

    /// The scheduler looks at the conversation; the visitor has a connection or has none.
    pub(crate) fn time_comes_to(&mut self, visitor_connected: bool) -> Done {
        let command = Command::TimeComes {
            conversation: self.conversation,
            visitor_connected,
            fresh: self.fresh(),
        };
        self.decide(&command).expect("time may always come")
    }

    /// When something is due, as the row says.
    pub(crate) fn due_at(&self) -> Timestamp {
        let due_at = self.conversation().due_at;
        due_at.expect("something is due at some time")
    }

    /// Comes a millisecond early, which must change nothing, and then at the exact time. Says what
    /// was written.
    pub(crate) fn due_comes(&mut self) -> Vec<String> {
        let due_at = self.due_at();
        let before = self.timeline().len();
        self.now = Timestamp(due_at.millis() - 1);
        self.time_comes();
        assert_eq!(before, self.timeline().len(), "a millisecond too early");
        assert_eq!(due_at, self.due_at());
        self.now = due_at;
        self.time_comes();
        self.timeline().split_off(before)
    }
}

//! The one line that tells a visitor who answers.

use domain::conversation::Line;
use protocol::visitor::StateLine;

use super::face::Faces;

/// What a waiting visitor is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wait {
    /// 1 is next.
    pub(crate) place: u32,
    /// About how long it takes; none when nobody can say.
    pub(crate) minutes: Option<u32>,
    /// Whether the visitor may leave details meanwhile.
    pub(crate) form: bool,
}

impl Wait {
    /// The line of a visitor who waits so.
    pub(crate) fn line(self) -> StateLine {
        StateLine::Waiting {
            place: self.place,
            minutes: self.minutes,
            form: self.form,
        }
    }
}

/// The line for who answers now; none for a visitor who waits, unless it is known how.
pub(crate) fn line(line: Line, wait: Option<Wait>, faces: &Faces) -> Option<StateLine> {
    Some(match line {
        Line::Assistant => StateLine::Assistant,
        Line::Proposed => StateLine::Proposed,
        Line::Waiting => return wait.map(Wait::line),
        Line::LeaveDetails => StateLine::LeaveDetails,
        Line::ByMail => StateLine::ByMail,
        Line::Person(agent) => StateLine::Person(faces.get(agent)),
        Line::Closed => StateLine::Closed,
    })
}

//! The one line that tells a visitor who answers.

use domain::Controller;
use protocol::visitor::StateLine;

use super::face::Faces;

/// The line for who answers now. `place` is the visitor's place among those who wait.
pub(crate) fn line(controller: Controller, place: u32, faces: &Faces) -> StateLine {
    match controller {
        Controller::Ai => StateLine::Assistant,
        Controller::Waiting => StateLine::Waiting { place },
        Controller::Human(agent) => StateLine::Person(faces.get(agent)),
        Controller::Closed => StateLine::Closed,
    }
}

//! Commands that are handed over now and answered later.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use domain::{Command, Done};
use tokio::sync::oneshot;

use super::lane::Job;
use super::{Failed, Store};

/// The answer to a command that is in its lane. Dropping it changes nothing for the command.
#[derive(Debug)]
pub struct Pending(Option<oneshot::Receiver<Result<Done, Failed>>>);

impl Store {
    /// Hands a command to its lane and returns once it has its place there: of two commands handed
    /// over one after the other, the first is decided first. Waits while the lane is full.
    pub async fn enqueue(&self, command: Command) -> Pending {
        let (answer, answered) = oneshot::channel();
        let lane = self.lane(command.conversation());
        let taken = lane.send(Job { command, answer }).await;
        Pending(taken.is_ok().then_some(answered))
    }
}

impl Future for Pending {
    type Output = Result<Done, Failed>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(answered) = self.0.as_mut() else {
            return Poll::Ready(Err(Failed::Unavailable));
        };
        let answer = ready!(Pin::new(answered).poll(context));
        Poll::Ready(answer.unwrap_or(Err(Failed::Unavailable)))
    }
}

//! Mails that leave: each row of the outbox is handed to the mail server until it took it, it said
//! never, or nobody needs it any more.

use std::sync::Arc;
use std::time::Duration;

use domain::{delivery, routing};
use protocol::delivery::Outcome;
use protocol::{DeliveryId, Timestamp};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::actions::write_mail::{Written, write_mail};
use crate::desk::Desk;
use crate::mail::{AT_ONCE, LONGEST, Mailer};
use crate::random::{self, fresh};
use crate::store::{Ended, Failed, Leased, Mail, NewDelivery, StoreError, Unmailed};

/// The longest sleep: nothing tells of a request that has waited for a minute.
const SWEEP: Duration = Duration::from_secs(5);
/// The pause after something could not be read or written.
const RETRY: Duration = Duration::from_secs(1);
/// For so long nobody else tries a mail: longer than an attempt takes, with what is written around it.
const LEASE: Duration = Duration::from_secs(LONGEST.as_secs() + 30);

/// Wakes the job for a mail that was just written down, and waits for its end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Deliveries {
    notify: Arc<Notify>,
    /// The job itself, which ends after the attempts that it began.
    running: TaskTracker,
}

impl Deliveries {
    /// A mail was committed. Never blocks.
    pub(crate) fn wake(&self) {
        self.notify.notify_one();
    }

    /// Waits until what is under way has ended. Only after the desk is closing.
    pub(crate) async fn ended(&self) {
        self.running.close();
        self.running.wait().await;
    }

    /// Sends what is due until the server stops.
    pub(crate) async fn run(self, desk: Desk) {
        let Some(mailer) = desk.mailer.clone() else {
            return;
        };
        let work = self.work(desk, mailer);
        self.running.track_future(work).await;
    }

    async fn work(&self, desk: Desk, mailer: Mailer) {
        let lease = random::uuid(desk.now());
        let mut attempts = JoinSet::new();
        while !desk.closing.is_cancelled() {
            let turned = desk.clock.turned();
            let pause = match begin(&desk, &mailer, lease, &mut attempts).await {
                Ok(next) => next.map_or(SWEEP, |next| {
                    Duration::from_millis(next.millis_since(desk.now())).min(SWEEP)
                }),
                Err(()) => RETRY,
            };
            let full = attempts.len() >= AT_ONCE as usize;
            tokio::select! {
                () = tokio::time::sleep(pause), if !full => {}
                () = self.notify.notified(), if !full => {}
                () = turned, if !full => {}
                Some(_) = attempts.join_next() => {}
                () = desk.closing.cancelled() => {}
            }
        }
        while attempts.join_next().await.is_some() {}
    }
}

/// Begins what is due and says when something is next; none when nothing is.
async fn begin(
    desk: &Desk,
    mailer: &Mailer,
    lease: Uuid,
    attempts: &mut JoinSet<()>,
) -> Result<Option<Timestamp>, ()> {
    tell_of_handoffs(desk).await?;
    let now = desk.now();
    let room = (AT_ONCE as usize).saturating_sub(attempts.len()) as u64;
    if room > 0 {
        let leased = desk
            .store
            .lease_deliveries(lease, now, now.after(LEASE), room)
            .await;
        for leased in leased.map_err(|_| ())? {
            attempts.spawn(attempt(desk.clone(), mailer.clone(), leased));
        }
    }
    desk.store.next_delivery().await.map_err(|error| {
        tracing::error!(%error, "mails could not be read");
    })
}

/// One attempt. What it came to is written down whatever it was; if that cannot be, the lease ends and
/// the mail leaves once more, under the same Message-ID.
async fn attempt(desk: Desk, mailer: Mailer, leased: Leased) {
    let ended = match write_mail(&desk, &mailer, &leased).await {
        Ok(Written::Letter(letter)) => {
            let sent = mailer.send(leased.id, &leased.recipient, &letter, desk.now());
            tried(&leased, sent.await, desk.now())
        }
        Ok(Written::NothingToSay) => Ended::Dropped(desk.now()),
        Ok(Written::ToNobody) => Ended::Forgotten,
        Err(()) => {
            let why = "the database did not answer".to_owned();
            tried(&leased, Outcome::Later { why }, desk.now())
        }
    };
    let id = leased.id;
    if let Ended::Tried(Outcome::Later { .. } | Outcome::Refused { .. }, state) = &ended {
        // Why stands in the log of mails; it can hold the address.
        tracing::warn!(delivery = %id, ?state, "a mail was not taken");
    }
    if desk.store.end_attempt(leased, ended).await.is_err() {
        tracing::error!(delivery = %id, "the end of an attempt could not be written");
    }
}

fn tried(leased: &Leased, outcome: Outcome, now: Timestamp) -> Ended {
    let [high, low] = random::bytes::<2>();
    let chance = u32::from(u16::from_be_bytes([high, low])) % 1001;
    let state = delivery::after(&outcome, leased.tries, now, leased.give_up_at, chance);
    Ended::Tried(outcome, state)
}

/// Writes mails about requests that nobody took in time, for those who are away then.
async fn tell_of_handoffs(desk: &Desk) -> Result<(), ()> {
    let now = desk.now();
    let unmailed = desk.store.unmailed(now.before(delivery::NEW_FOR)).await;
    let unmailed = unmailed.map_err(|error| {
        tracing::error!(%error, "requests that wait could not be read");
    })?;
    for one in unmailed {
        if one.since.after(delivery::GRACE) > now {
            break;
        }
        let mails = mails_of(desk, one, now).await.map_err(|error| {
            tracing::error!(%error, "whom to mail of a request could not be read");
        })?;
        let written: Result<(), Failed> = desk.store.mail_handoff(one.handoff, mails, now).await;
        written.map_err(|_| ())?;
    }
    Ok(())
}

/// One mail for each who is away and could take it.
async fn mails_of(
    desk: &Desk,
    one: Unmailed,
    now: Timestamp,
) -> Result<Vec<NewDelivery>, StoreError> {
    let (workspace, conversation) = (one.workspace, one.conversation);
    let Some(conversation) = desk.store.conversation(workspace, conversation).await? else {
        return Ok(Vec::new());
    };
    let staff = desk.store.staff(workspace).await?;
    let group = routing::group(&staff, &conversation, now);
    let told = staff
        .iter()
        .filter(|agent| routing::is_told_by_mail(agent, &conversation, group, now));
    let told: Vec<_> = told.map(|agent| agent.id).collect();
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let addresses = desk.store.addresses(workspace).await?.into_iter();
    let told = addresses.filter(|(agent, _)| told.contains(agent));
    Ok(told
        .map(|(agent, recipient)| NewDelivery {
            id: fresh!(DeliveryId, now),
            workspace: Some(workspace),
            recipient,
            mail: Mail::Handoff {
                agent,
                conversation: conversation.id,
                handoff: one.handoff,
            },
            key: Some(format!("handoff {} {agent}", one.handoff)),
            at: now,
        })
        .collect())
}

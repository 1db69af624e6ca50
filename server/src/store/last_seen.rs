//! Until when visits, sign-ins and tokens were used: kept in memory for a moment and then written
//! together, so that thousands who come and go at once cost a few statements.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use protocol::{ApiTokenId, SessionId, Timestamp, WorkspaceId};
use sea_orm::{DatabaseTransaction, Value};
use tokio::sync::{Notify, Semaphore, watch};

use super::apply::update;
use super::sign_ins::SignInId;
use super::tables::{api_tokens, sessions, sign_ins};
use super::visitors::VisitRow;
use super::writer::{Stop, Unit, Writer, run};

/// What comes within this time is written together.
const TOGETHER: Duration = Duration::from_millis(500);
/// Rows of one statement, at most.
const AT_ONCE: usize = 256;
/// What may wait to be written. Above it nothing is noted: nobody was promised these times.
const BOUND: usize = 16_384;

/// What waits to be written.
#[derive(Default)]
pub(super) struct LastSeen {
    waiting: Mutex<Waiting>,
    notify: Notify,
}

#[derive(Default)]
struct Waiting {
    visits: HashMap<SessionId, Visited>,
    sign_ins: HashMap<SignInId, Used>,
    tokens: HashMap<ApiTokenId, Used>,
}

/// News of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Visited {
    workspace: WorkspaceId,
    at: Timestamp,
    /// Where it goes on; none when it only lasted.
    page: Option<Page>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Page {
    ip: String,
    user_agent: String,
    url: String,
    title: String,
    locale: String,
}

/// News of a sign-in or a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Used {
    workspace: WorkspaceId,
    at: Timestamp,
}

impl LastSeen {
    /// A visit goes on, on this page.
    pub(super) fn goes_on(&self, workspace: WorkspaceId, session: SessionId, visit: &VisitRow) {
        let page = Page {
            ip: visit.ip.clone(),
            user_agent: visit.user_agent.clone(),
            url: visit.page_url.clone(),
            title: visit.page_title.clone(),
            locale: visit.locale.clone(),
        };
        let news = Visited {
            workspace,
            at: visit.last_seen_at,
            page: Some(page),
        };
        self.note(|waiting| waiting.visits.insert(session, news).is_some());
    }

    /// A visit lasted until now.
    pub(super) fn visit_lasted(&self, workspace: WorkspaceId, session: SessionId, at: Timestamp) {
        let news = Visited {
            workspace,
            at,
            page: None,
        };
        self.note(|waiting| {
            let known = waiting.visits.entry(session).or_insert(news);
            known.at = at;
            true
        });
    }

    /// A sign-in was used until now.
    pub(super) fn sign_in_used(&self, workspace: WorkspaceId, id: SignInId, at: Timestamp) {
        self.note(|waiting| {
            waiting
                .sign_ins
                .insert(id, Used { workspace, at })
                .is_some()
        });
    }

    /// A token was used until now.
    pub(super) fn api_token_used(&self, workspace: WorkspaceId, id: ApiTokenId, at: Timestamp) {
        self.note(|waiting| waiting.tokens.insert(id, Used { workspace, at }).is_some());
    }

    /// Adds to a visit that was read what is not written yet.
    pub(super) fn completes(&self, visit: &mut VisitRow) {
        let waiting = self.waiting();
        let Some(news) = waiting.visits.get(&visit.session) else {
            return;
        };
        visit.last_seen_at = news.at;
        if let Some(page) = news.page.clone() {
            visit.ip = page.ip;
            visit.user_agent = page.user_agent;
            visit.page_url = page.url;
            visit.page_title = page.title;
            visit.locale = page.locale;
        }
    }

    /// Writes what waits, again and again, until the store closes; then the rest.
    pub(super) async fn run(
        self: Arc<Self>,
        writer: Arc<Writer>,
        units: Arc<Semaphore>,
        mut closing: watch::Receiver<()>,
    ) {
        loop {
            let closes = tokio::select! {
                () = self.notify.notified() => {
                    let pause = tokio::time::sleep(TOGETHER);
                    tokio::select! {
                        () = pause => false,
                        _ = closing.changed() => true,
                    }
                }
                _ = closing.changed() => true,
            };
            loop {
                let noted = self.waiting().first();
                if noted.is_empty() {
                    break;
                }
                if let Err(failed) = run(&writer, &units, &noted).await {
                    tracing::warn!(?failed, "until when visits lasted was not kept");
                }
                self.waiting().forget(&noted);
            }
            if closes {
                return;
            }
        }
    }

    fn note(&self, note: impl FnOnce(&mut Waiting) -> bool) {
        let mut waiting = self.waiting();
        if waiting.visits.len() + waiting.sign_ins.len() + waiting.tokens.len() < BOUND {
            note(&mut waiting);
            drop(waiting);
            self.notify.notify_one();
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    /// Some of what waits, which stays until it is written.
    fn first(&self) -> Noted {
        fn some<K: Copy, V: Clone>(all: &HashMap<K, V>) -> Vec<(K, V)> {
            let some = all.iter().take(AT_ONCE);
            some.map(|(id, news)| (*id, news.clone())).collect()
        }
        Noted {
            visits: some(&self.visits),
            sign_ins: some(&self.sign_ins),
            tokens: some(&self.tokens),
        }
    }

    /// Forgets what was written, unless there is something newer.
    fn forget(&mut self, noted: &Noted) {
        fn less<K: Eq + Hash, V: PartialEq>(all: &mut HashMap<K, V>, written: &[(K, V)]) {
            for (id, news) in written {
                if all.get(id) == Some(news) {
                    all.remove(id);
                }
            }
        }
        less(&mut self.visits, &noted.visits);
        less(&mut self.sign_ins, &noted.sign_ins);
        less(&mut self.tokens, &noted.tokens);
    }
}

/// What is written in one transaction.
struct Noted {
    visits: Vec<(SessionId, Visited)>,
    sign_ins: Vec<(SignInId, Used)>,
    tokens: Vec<(ApiTokenId, Used)>,
}

impl Noted {
    fn is_empty(&self) -> bool {
        self.visits.is_empty() && self.sign_ins.is_empty() && self.tokens.is_empty()
    }
}

impl Unit for Noted {
    type Done = ();
    const NAME: &'static str = "last_seen";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        use sessions::Column;
        let keys = [Column::Id, Column::WorkspaceId];
        let (mut went_on, mut lasted) = (Vec::new(), Vec::new());
        for (session, news) in &self.visits {
            let mut row: Vec<Value> =
                vec![session.0.into(), news.workspace.0.into(), news.at.0.into()];
            match &news.page {
                None => lasted.push(row),
                Some(page) => {
                    let texts = [
                        &page.ip,
                        &page.user_agent,
                        &page.url,
                        &page.title,
                        &page.locale,
                    ];
                    row.extend(texts.map(|text| text.as_str().into()));
                    went_on.push(row);
                }
            }
        }
        let sets = [
            Column::LastSeenAt,
            Column::Ip,
            Column::UserAgent,
            Column::PageUrl,
            Column::PageTitle,
            Column::Locale,
        ];
        update::<sessions::Entity>(tx, &keys, &sets, went_on).await?;
        update::<sessions::Entity>(tx, &keys, &sets[..1], lasted).await?;
        let used = self
            .sign_ins
            .iter()
            .map(|(id, used)| vec![id.0.into(), used.workspace.0.into(), used.at.0.into()]);
        update::<sign_ins::Entity>(
            tx,
            &[sign_ins::Column::Id, sign_ins::Column::WorkspaceId],
            &[sign_ins::Column::LastSeenAt],
            used.collect(),
        )
        .await?;
        let used = self
            .tokens
            .iter()
            .map(|(id, used)| vec![id.0.into(), used.workspace.0.into(), used.at.0.into()]);
        update::<api_tokens::Entity>(
            tx,
            &[api_tokens::Column::Id, api_tokens::Column::WorkspaceId],
            &[api_tokens::Column::LastUsedAt],
            used.collect(),
        )
        .await?;
        Ok(())
    }
}

//! Whatever the rules decide is read back as it was decided.

use domain::{Body, Change, Command, Entry, HandoffState, Reply};
use protocol::entry::{Author, Event, Outcome, Source, Trigger};
use protocol::{AgentId, HandoffId, PublicSeq, Seq};

use protocol::person::Role;
use server::startup::{self, AgentForm};
use server::store::DatabaseUrl;

use crate::desk::{Desk, Guest, fresh, fresh_id, write};

/// A conversation whose every change is compared with what the database then holds.
struct Story {
    desk: Desk,
    guest: Guest,
    entries: Vec<Entry>,
}

impl Story {
    async fn begin() -> Self {
        let desk = Desk::start().await;
        let guest = desk.guest().await;
        Self {
            desk,
            guest,
            entries: Vec::new(),
        }
    }

    /// Does it, and finds in the database what was told.
    async fn goes_on(&mut self, command: Command) -> Change {
        self.desk.store.submit(command).await.unwrap();
        let change = self.desk.told().pop().unwrap();
        let (store, workspace, id) = (&self.desk.store, self.desk.workspace, self.guest.id());
        let found = store.conversation(workspace, id).await.unwrap();
        assert_eq!(Some(&change.conversation), found.as_ref());
        self.entries.extend(change.entries.iter().cloned());
        let kept = store
            .entries_after(workspace, id, Seq(0), 100)
            .await
            .unwrap();
        assert_eq!(self.entries, kept);
        change
    }

    /// The AI answers the open question.
    async fn ai_says(&mut self, reply: Reply) -> Change {
        let open = self.desk.store.open_runs().await.unwrap().remove(0);
        let command = Command::AiAnswers {
            conversation: open.conversation,
            run: open.run.id,
            epoch: open.run.epoch,
            reply,
            fresh: fresh(HandoffId(fresh_id())),
        };
        self.goes_on(command).await
    }

    async fn asks(&mut self) -> HandoffId {
        let handoff = HandoffId(fresh_id());
        self.goes_on(self.guest.asks_for_human(handoff)).await;
        handoff
    }
}

#[tokio::test]
async fn everything_that_can_happen_to_a_conversation_is_read_back_as_it_was_decided() {
    let mut story = Story::begin().await;
    let (ana, ben) = (story.desk.agent("Ana").await, story.desk.agent("Ben").await);
    let guest = story.guest.clone();
    let id = guest.id();

    let said = story
        .goes_on(guest.says("Where is \u{1f6a2} «my» order?\nIt's 'late'"))
        .await;
    assert!(said.run.is_some());
    let sources = vec![
        Source {
            title: "Orders".to_owned(),
            url: Some("https://example.org/orders".to_owned()),
        },
        Source {
            title: "Leaflet".to_owned(),
            url: None,
        },
    ];
    let answered = story
        .ai_says(Reply::Answer {
            markdown: "**Soon.**".to_owned(),
            sources: sources.clone(),
            choices: vec!["What about my parcel?".to_owned()],
        })
        .await;
    let Body::Message { sources: kept, .. } = &answered.entries[0].body else {
        panic!("{answered:?}");
    };
    assert_eq!(&sources, kept);
    story.goes_on(guest.says("Sure?")).await;
    story.ai_says(Reply::Unknown).await;

    // Asked for, cancelled, asked for again.
    story.asks().await;
    let cancel = Command::CancelHandoff {
        conversation: id,
        write: write(),
    };
    let cancelled = story.goes_on(cancel).await;
    let state = cancelled.conversation.handoff.unwrap().state;
    assert!(matches!(state, HandoffState::Cancelled { .. }));
    let handoff = story.asks().await;

    // Claimed, released, claimed by the first reply of another.
    story.goes_on(guest.is_claimed_by(ana, handoff)).await;
    story.goes_on(note(&guest, ana, "A regular.")).await;
    let reads = Command::VisitorReads {
        conversation: id,
        seq: PublicSeq(3),
    };
    assert!(story.goes_on(reads).await.read_by_visitor);
    story.goes_on(guest.is_released_by(ana, handoff)).await;
    let claimed = story.goes_on(guest.is_told_by(ben, "Ben here.")).await;
    assert_eq!(2, claimed.entries.len());
    story.goes_on(guest.says("At last")).await;
    let reads = Command::AgentReads {
        conversation: id,
        agent: ben,
        seq: Seq(100),
    };
    assert!(story.goes_on(reads).await.read_by_team);

    // Restored, asked again, resolved without a claim.
    let outcome = Outcome::RestoredToAi;
    story
        .goes_on(guest.is_resolved_by(ben, handoff, outcome))
        .await;
    story.goes_on(guest.says("One more thing")).await;
    let handoff = story.asks().await;
    let closed = guest.is_resolved_by(ana, handoff, Outcome::Closed);
    let closed = story.goes_on(closed).await;
    assert!(closed.conversation.closed);
    let reopened = story.goes_on(guest.says("Still there?")).await;
    assert!(!reopened.conversation.closed);

    // The same after a restart.
    let last = reopened.conversation;
    let desk = story.desk.restart().await;
    let found = desk
        .store
        .conversation(desk.workspace, id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(last, found);
    let kept = desk
        .store
        .entries_after(desk.workspace, id, Seq(0), 100)
        .await
        .unwrap();
    assert_eq!(story.entries, kept);
    let triggers = kept.iter().filter_map(|entry| match &entry.body {
        Body::Event(Event::HandoffRequested { trigger, .. }) => Some(*trigger),
        _ => None,
    });
    assert_eq!(vec![Trigger::Button; 3], triggers.collect::<Vec<_>>());
}

fn note(guest: &Guest, agent: AgentId, text: &str) -> Command {
    Command::AddNote {
        conversation: guest.id(),
        agent,
        write: write(),
        text: text.to_owned(),
        attachments: Vec::new(),
        mentions: Vec::new(),
    }
}

#[tokio::test]
async fn visitors_get_pages_without_notes_and_without_a_gap() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana").await;
    let guest = desk.guest().await;
    for number in 1..=10 {
        desk.store
            .submit(guest.says(&format!("Message {number}")))
            .await
            .unwrap();
        desk.store
            .submit(note(&guest, ana, "Secret"))
            .await
            .unwrap();
    }
    let (store, workspace, id) = (&desk.store, desk.workspace, guest.id());
    let numbers = |entries: &[Entry]| {
        assert!(entries.iter().all(|entry| entry.author == Author::Visitor));
        let numbers = entries.iter().map(|entry| entry.public_seq.unwrap().0);
        numbers.collect::<Vec<_>>()
    };

    let all = store
        .public_entries_after(workspace, id, PublicSeq(0), 50)
        .await
        .unwrap();
    assert_eq!((1..=10).collect::<Vec<_>>(), numbers(&all));
    let after = store
        .public_entries_after(workspace, id, PublicSeq(7), 2)
        .await
        .unwrap();
    assert_eq!(vec![8, 9], numbers(&after));
    let newest = store.newest_public_entries(workspace, id, 3).await.unwrap();
    assert_eq!(vec![8, 9, 10], numbers(&newest));
    let before = store
        .public_entries_before(workspace, id, PublicSeq(8), 3)
        .await
        .unwrap();
    assert_eq!(vec![5, 6, 7], numbers(&before));

    let seqs = |entries: &[Entry]| entries.iter().map(|e| e.seq.0).collect::<Vec<_>>();
    let newest = store.newest_entries(workspace, id, 3).await.unwrap();
    assert_eq!(vec![18, 19, 20], seqs(&newest));
    let before = store
        .entries_before(workspace, id, Seq(18), 2)
        .await
        .unwrap();
    assert_eq!(vec![16, 17], seqs(&before));
    let after = store
        .entries_after(workspace, id, Seq(18), 9)
        .await
        .unwrap();
    assert_eq!(vec![19, 20], seqs(&after));
}

#[tokio::test]
async fn a_command_beside_a_server_leaves_the_servers_work_to_it() {
    let desk = Desk::start().await;
    let guest = desk.guest().await;
    desk.store.submit(guest.says("First")).await.unwrap();
    let mut config = server::config::Config::load(None).unwrap();
    match &desk.place.url {
        DatabaseUrl::Sqlite(file) => config.data.folder = file.parent().unwrap().to_owned(),
        DatabaseUrl::Postgres(url) => config.database.url.clone_from(url),
    }
    let form = AgentForm {
        name: "Cleo".to_owned(),
        email: "cleo@example.org".to_owned(),
        password: "a small boat in the fog".to_owned(),
        role: Role::Agent,
    };

    startup::add_agent(config, form).await.unwrap();

    let open = desk.store.open_runs().await.unwrap();
    assert_eq!(1, open.len(), "nobody else answered");
    assert_eq!(0, open[0].attempts, "nobody else tried to");
}

#[tokio::test]
async fn an_open_run_is_found_after_a_restart_with_its_attempts_counted() {
    let desk = Desk::start().await;
    let (guest, other) = (desk.guest().await, desk.guest().await);
    desk.store.submit(guest.says("First")).await.unwrap();
    desk.store.submit(other.says("Second")).await.unwrap();
    desk.store
        .submit(guest.says("First, in other words"))
        .await
        .unwrap();

    let desk = desk.restart().await;
    let open = desk.store.open_runs().await.unwrap();
    let of: Vec<_> = open
        .iter()
        .map(|open| (open.conversation, open.run.question))
        .collect();
    assert_eq!(vec![(other.id(), Seq(1)), (guest.id(), Seq(2))], of);
    let run = open[0].run.id;
    assert_eq!(Ok(1), desk.store.begin_attempt(desk.workspace, run).await);
    assert_eq!(Ok(2), desk.store.begin_attempt(desk.workspace, run).await);
    assert_eq!(2, desk.store.open_runs().await.unwrap()[0].attempts);

    let answer = Command::AiAnswers {
        conversation: other.id(),
        run,
        epoch: open[0].run.epoch,
        reply: Reply::Unknown,
        fresh: fresh(HandoffId(fresh_id())),
    };
    desk.store.submit(answer).await.unwrap();
    assert_eq!(1, desk.store.open_runs().await.unwrap().len());
    let over = desk.store.begin_attempt(desk.workspace, run).await;
    assert_eq!(Err(domain::Refusal::NotFound.into()), over);
}

//! Saved views: lists under a name, one's own or everybody's, live on every device.

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::card::Tab;
use protocol::refusal::{Field, Problem};
use protocol::view::{SavedView, View};
use protocol::{Refusal, ViewId, limits};

use crate::actors::{AgentActor, TestDesk, fresh_key};

pub(crate) fn view(name: &str, shared: bool) -> SavedView {
    SavedView {
        id: ViewId(fresh_key().0),
        name: name.to_owned(),
        shared,
        tab: Tab::Active,
        view: View {
            unread: true,
            days: Some(7),
            ..View::default()
        },
        version: 0,
    }
}

impl AgentActor {
    async fn lists_views(&mut self) -> Vec<SavedView> {
        self.client.forget();
        self.client.send(&AgentCommand::ListViews).await;
        self.client
            .hears("the views", |event| match event {
                AgentEvent::Views { views } => Some(views.clone()),
                _ => None,
            })
            .await
    }

    async fn view_names(&mut self) -> Vec<String> {
        let views = self.lists_views().await.into_iter();
        views.map(|view| view.name).collect()
    }

    async fn saves_view(&mut self, view: &SavedView) -> Result<(), Refusal> {
        let view = view.clone();
        let saved = self.asks(|key| AgentCommand::SaveView { key, view });
        saved.await.map(drop)
    }

    async fn hears_of_views(&self) {
        let told = |event: &AgentEvent| matches!(event, AgentEvent::ViewsChanged).then_some(());
        self.client.hears("that views changed", told).await;
    }
}

#[tokio::test]
async fn everybody_saves_views_of_their_own_and_owners_those_of_all() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut olga = AgentActor::connects(&desk.url, "Olga", desk.owner.clone()).await;

    let mine = view(" Mine ", false);
    ana.saves_view(&mine).await.unwrap();
    ana.hears_of_views().await;
    let shared = view("All", true);
    assert_eq!(Err(Refusal::NotAllowed), ben.saves_view(&shared).await);
    olga.saves_view(&shared).await.unwrap();
    ben.hears_of_views().await;

    let found = ana.lists_views().await;
    assert_eq!(
        vec!["All", "Mine"],
        found.iter().map(|view| &*view.name).collect::<Vec<_>>()
    );
    let kept = SavedView {
        name: "Mine".to_owned(),
        version: 1,
        ..mine.clone()
    };
    assert_eq!(kept, found[1]);
    assert_eq!(vec!["All"], ben.view_names().await);

    // What is shared is not for everybody to change, and what is somebody's own for nobody else.
    let renamed = SavedView {
        name: "Ben's".to_owned(),
        ..found[0].clone()
    };
    assert_eq!(Err(Refusal::NotAllowed), ben.saves_view(&renamed).await);
    let own = SavedView {
        shared: false,
        ..renamed
    };
    assert_eq!(Err(Refusal::NotAllowed), ben.saves_view(&own).await);
    let delete = |view: ViewId| {
        move |key| AgentCommand::DeleteView {
            key,
            view,
            version: 1,
        }
    };
    assert_eq!(Err(Refusal::NotAllowed), ben.asks(delete(shared.id)).await);
    assert_eq!(Err(Refusal::NotFound), ben.asks(delete(mine.id)).await);
    assert!(
        ben.saves_view(&SavedView {
            version: 1,
            ..mine.clone()
        })
        .await
        .is_err()
    );

    ana.asks(delete(mine.id)).await.unwrap();
    assert_eq!(vec!["All"], ana.view_names().await);
}

#[tokio::test]
async fn a_view_is_renamed_moved_and_never_overwritten_unseen() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    for name in ["First", "Second", "Third"] {
        ana.saves_view(&view(name, false)).await.unwrap();
    }
    let found = ana.lists_views().await;
    let (first, third) = (found[0].id, found[2].id);
    let before = Some(first);
    let up = |key| AgentCommand::PlaceView {
        key,
        view: third,
        before,
    };
    ana.asks(up).await.unwrap();
    assert_eq!(vec!["Third", "First", "Second"], ana.view_names().await);

    let renamed = SavedView {
        name: "Renamed".to_owned(),
        ..found[0].clone()
    };
    ana.saves_view(&renamed).await.unwrap();
    assert_eq!(Err(Refusal::ViewChanged), ana.saves_view(&renamed).await);
    assert_eq!(vec!["Third", "Renamed", "Second"], ana.view_names().await);

    let wrong = |problem| {
        Err(Refusal::FieldInvalid {
            field: Field::Name,
            problem,
        })
    };
    assert_eq!(
        wrong(Problem::Twice),
        ana.saves_view(&view("Third", false)).await
    );
    assert_eq!(
        wrong(Problem::Missing),
        ana.saves_view(&view("  ", false)).await
    );
    let long = view(&"x".repeat(limits::NAME + 1), false);
    assert!(ana.saves_view(&long).await.is_err());
    let mut olga = AgentActor::connects(&desk.url, "Olga", desk.owner.clone()).await;
    olga.saves_view(&view("Third", true)).await.unwrap();
}

#[tokio::test]
async fn there_are_so_many_views_and_no_more() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    for number in 0..limits::OWN_VIEWS {
        ana.saves_view(&view(&number.to_string(), false))
            .await
            .unwrap();
    }
    let refused = ana.saves_view(&view("one more", false)).await;
    assert_eq!(Err(Refusal::TooManyViews { limit: 50 }), refused);
}

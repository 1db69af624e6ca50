//! The saved replies: found, written, put in order and shared.

mod edit;
mod files;
mod list;
mod steps;

use leptos::prelude::*;
use protocol::forms::RepliesView;
use protocol::reply::SavedReply;
use protocol::{ChatbotId, ReplyId};

use crate::api::loading::load;
use crate::api::replies::load_replies;
use crate::live::browser;
use crate::pages::settings::Frame;
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::words::t;
use edit::Edit;
use list::List;

/// What is being written: nothing, a new reply, or one that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Open {
    Nothing,
    New,
    Reply(SavedReply),
}

/// What the parts of this page share.
#[derive(Clone, Copy)]
struct Page {
    view: RwSignal<RepliesView>,
    open: RwSignal<Open>,
    /// What went wrong with the list.
    trouble: RwSignal<Option<String>>,
    /// What was done last, read out.
    said: RwSignal<String>,
}

impl Page {
    fn here() -> Self {
        expect_context()
    }

    /// Loads everything anew, and then says what was done.
    fn load_again(self, said: String) {
        leptos::task::spawn_local(async move {
            match load_replies().await {
                Ok(view) => {
                    browser::keep_focus(".saved-replies");
                    let _shown = self.view.try_set(view);
                    let _told = self.said.try_set(said);
                }
                Err(error) => {
                    let _told = self.trouble.try_set(Some(error.sentence()));
                }
            }
        });
    }

    /// A chatbot's name.
    fn chatbot(self, id: ChatbotId) -> String {
        self.view.with_untracked(|view| {
            let found = view.chatbots.iter().find(|chatbot| chatbot.id == id);
            found
                .map(|chatbot| chatbot.name.clone())
                .unwrap_or_default()
        })
    }

    /// Closes what is written. The button that opened it has the focus again; a new one's has it where
    /// that is gone or not shown.
    fn close(self) {
        let was = self.open.try_get_untracked();
        let _closed = self.open.try_set(Open::Nothing);
        browser::focus(".new-reply");
        if let Some(Open::Reply(reply)) = was {
            browser::focus(&format!(".saved-replies [data-at=\"{}\"]", reply.id));
        }
    }

    fn is_open(self, id: ReplyId) -> bool {
        self.open
            .with(|open| matches!(open, Open::Reply(reply) if reply.id == id))
    }
}

/// The page.
#[component]
pub(crate) fn Replies() -> impl IntoView {
    let replies = load(|| (), |()| load_replies());
    let shown = |view| view! { <Loaded view/> }.painted();
    view! {
        <Frame kind="saved-replies" title=t::saved_replies() about=t::replies_about()>
            {loaded(replies, shown)}
        </Frame>
    }
    .painted()
}

#[component]
fn Loaded(view: RepliesView) -> impl IntoView {
    let page = Page {
        view: RwSignal::new(view),
        open: RwSignal::new(Open::Nothing),
        trouble: RwSignal::new(None),
        said: RwSignal::new(String::new()),
    };
    provide_context(page);
    let trouble = move || {
        page.trouble.get().map(|why| {
            view! {
                <p class="error" role="alert">
                    <Icon name="alert"/>
                    {why}
                </p>
            }
        })
    };
    let editor = move || match page.open.get() {
        Open::Nothing => ().painted(),
        Open::New => view! { <Edit reply=None/> }.painted(),
        Open::Reply(reply) => view! { <Edit reply=Some(reply)/> }.painted(),
    };
    view! {
        <button
            type="button"
            class="btn new-reply"
            data-kind="primary"
            on:click=move |_| page.open.set(Open::New)
        >
            <Icon name="plus" size="s"/>
            {t::new_reply()}
        </button>
        <p class="only-read" role="status">{page.said}</p>
        {trouble}
        <div class="columns">
            <List/>
            {editor}
        </div>
    }
    .painted()
}

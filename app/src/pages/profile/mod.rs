//! One's own page: who one is to others, what one is told of, the password, where one is signed in, the second step, and tokens
//! for programs.

mod asking;
mod notices;
mod password;
mod sign_ins;
mod tokens;
mod two_steps;
mod you;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use protocol::profile::{ProfileDone, ProfileEdit, ProfileView};

use crate::api::ApiError;
use crate::api::loading::load;
use crate::api::profile::{edit_profile, load_profile};
use crate::pages::missing::Missing;
use crate::pages::settings::{Head, Side};
use crate::parts::guard::guard_forms;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::t;

/// A section, with an address of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    You,
    Notices,
    Password,
    SignIns,
    TwoSteps,
    Tokens,
}

const SECTIONS: [Section; 6] = [
    Section::You,
    Section::Notices,
    Section::Password,
    Section::SignIns,
    Section::TwoSteps,
    Section::Tokens,
];

impl Section {
    fn of(slug: &str) -> Option<Self> {
        SECTIONS.into_iter().find(|one| one.about().0 == slug)
    }

    /// Its part of the address, what it is called, and its icon.
    fn about(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::You => ("you", t::you_section(), "person"),
            Self::Notices => ("notices", t::notices(), "bell"),
            Self::Password => ("password", t::password(), "key"),
            Self::SignIns => ("sign-ins", t::sign_ins(), "monitor"),
            Self::TwoSteps => ("two-steps", t::two_steps(), "verified"),
            Self::Tokens => ("tokens", t::api_tokens(), "code"),
        }
    }
}

/// What the sections share.
#[derive(Clone, Copy)]
struct Page {
    view: RwSignal<ProfileView>,
    /// What was done, and what went wrong.
    said: RwSignal<String>,
    trouble: RwSignal<Option<ApiError>>,
}

impl Page {
    /// Loads the profile anew and says what was done.
    fn load_again(self, said: String) {
        leptos::task::spawn_local(async move {
            match load_profile().await {
                Ok(view) => {
                    let _shown = self.view.try_set(view);
                    let _said = self.said.try_set(said);
                    let _calm = self.trouble.try_set(None);
                }
                Err(error) => self.failed(error),
            }
        });
    }

    /// Does something without a form.
    fn edit(self, edit: ProfileEdit, done: impl FnOnce(ProfileDone) + 'static) {
        leptos::task::spawn_local(async move {
            match edit_profile(edit).await {
                Ok(answer) => done(answer),
                Err(error) => self.failed(error),
            }
        });
    }

    /// Says how many sign-ins ended.
    fn ended(self, done: &ProfileDone, said: fn(u64) -> String) {
        if let ProfileDone::Ended(count) = done {
            self.load_again(said(u64::from(*count)));
        }
    }

    fn failed(self, error: ApiError) {
        let _told = self.trouble.try_set(Some(error));
    }
}

/// The profile of the agent who is signed in, if the address names a section of it, or none.
#[component]
pub(crate) fn Profile() -> impl IntoView {
    let section = use_params_map().with_untracked(|params| params.get("section"));
    if section.is_some_and(|slug| !slug.is_empty() && Section::of(&slug).is_none()) {
        return view! { <Missing/> }.painted();
    }
    let profile = load(|| (), |()| load_profile());
    loaded(profile, |view| view! { <Whole view/> }.painted())
}

#[component]
fn Whole(view: ProfileView) -> impl IntoView {
    let page = Page {
        view: RwSignal::new(view),
        said: RwSignal::new(String::new()),
        trouble: RwSignal::new(None),
    };
    let params = use_params_map();
    let section = Memo::new(move |_| {
        Section::of(&params.with(|params| params.get("section").unwrap_or_default()))
    });
    let shown = move || {
        page.said.set(String::new());
        page.trouble.set(None);
        match section.get().unwrap_or(Section::You) {
            Section::You => you::view(page),
            Section::Notices => notices::view(page),
            Section::Password => password::view(page),
            Section::SignIns => sign_ins::view(page),
            Section::TwoSteps => two_steps::view(page),
            Section::Tokens => tokens::view(page),
        }
    };
    let trouble = move || {
        let error = page.trouble.get();
        error.map(|error| view! { <Trouble error/> }.painted())
    };
    let heading = move || section.get().unwrap_or(Section::You).about().1;
    guard_forms();
    view! {
        <Title text=t::profile_title()/>
        <div class="set profile" data-at="section">
            <Side/>
            <main id="page" tabindex="-1">
                <Head back=("/settings", t::all_settings())>
                    <p class="crumb">{t::profile_title()}</p>
                    <h1>{heading}</h1>
                </Head>
                <div class="body">
                    {trouble}
                    {shown}
                </div>
                <p class="said" role="status">{page.said}</p>
            </main>
        </div>
    }
    .painted()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_an_address() {
        for section in SECTIONS {
            assert_eq!(Some(section), Section::of(section.about().0));
        }
        assert_eq!(None, Section::of(""));
    }
}

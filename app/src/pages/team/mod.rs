//! The team: who is on it, who is invited, and what each role may do.

mod fresh;
mod groups;
mod head;
mod hours;
mod invited;
mod invites;
mod listed;
mod member;
mod ownership;
mod people;
mod permissions;
mod role;
mod roles;
mod row;
mod tokens;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use protocol::person::Role;
use protocol::team::{InviteLink, MemberNow, TeamView};
use protocol::{AgentId, RoleId};

use crate::api::ApiError;
use crate::api::loading::load;
use crate::api::team::load_team;
use crate::live::browser;
use crate::pages::settings::Frame;
use crate::parts::follow::reads;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::overtaken;
use crate::words::{self, t};
use groups::Groups;
use head::Head;
use invites::Invites;
use ownership::Ownership;
use people::People;
use permissions::Permissions;
use roles::OwnRoles;

/// Every role, from least to most.
pub(crate) const ROLES: [Role; 6] = [
    Role::SupportAgent,
    Role::Agent,
    Role::AccountManager,
    Role::Supervisor,
    Role::Admin,
    Role::Owner,
];

/// What the parts of this page share.
#[derive(Clone, Copy)]
struct Page {
    /// Without what its members do at the moment.
    view: RwSignal<TeamView>,
    now: RwSignal<Vec<MemberNow>>,
    /// How often the team was changed here: what was asked for before that is old.
    changes: StoredValue<u32>,
    /// The member that is being changed.
    open: RwSignal<Option<AgentId>>,
    /// Whether somebody is being invited.
    inviting: RwSignal<bool>,
    /// The link that was made last; it is not kept anywhere else.
    link: RwSignal<Option<InviteLink>>,
    /// What was done, by the list that it was done to or above all of them; and what went wrong.
    said: RwSignal<(&'static str, String)>,
    trouble: RwSignal<Option<ApiError>>,
}

impl Page {
    fn here() -> Self {
        expect_context()
    }

    /// Shows the team as it is; without `whole` only what its members do at the moment.
    fn show(self, mut view: TeamView, whole: bool) {
        let _told = self.now.try_set(std::mem::take(&mut view.now));
        let news = self.view.try_with_untracked(|shown| *shown != view);
        if whole && news == Some(true) {
            browser::keep_focus(".team-page");
            let _shown = self.view.try_set(view);
        }
    }

    /// Loads the team anew and says what was done.
    fn load_again(self, said: String) {
        self.load_then(Box::new(move || self.say("", said)));
    }

    /// Says what was done at the list of this name, or without one above everything.
    fn say(self, list: &'static str, said: String) {
        let _said = self.said.try_set((list, said));
    }

    /// Something else is begun: what was done before it is no news any more.
    fn begin(self) {
        self.say("", String::new());
    }

    /// What was said there last.
    fn said_at(self, list: &'static str) -> Signal<String> {
        reads(move || {
            self.said.with(|(at, said)| match *at == list {
                true => said.clone(),
                false => String::new(),
            })
        })
    }

    /// Loads the team anew, shows it and goes on.
    fn load_then(self, then: Box<dyn FnOnce()>) {
        let _old = self.changes.try_update_value(|changes| *changes += 1);
        leptos::task::spawn_local(async move {
            match load_team().await {
                Ok(view) => {
                    self.show(view, true);
                    then();
                    let _calm = self.trouble.try_set(None);
                }
                Err(error) => {
                    let _told = self.trouble.try_set(Some(error));
                }
            }
        });
    }

    /// Closes what is open of a member; the button of the row has the focus again.
    fn close(self) {
        if let Some(id) = self.open.try_get_untracked().flatten() {
            let _closed = self.open.try_set(None);
            browser::focus(&opener(&id.to_string()));
        }
    }

    /// What somebody's role is called: the workspace's own, or the preset.
    fn called(self, role: Role, custom: Option<RoleId>) -> String {
        let own = self.view.with_untracked(|view| {
            let mut roles = view.roles.iter();
            let own = roles.find(|own| Some(own.id) == custom);
            own.map(|own| own.name.clone())
        });
        own.unwrap_or_else(|| words::role(role).to_owned())
    }

    /// Whether this agent may make somebody this, or change who is.
    fn may_be(self, role: Role) -> bool {
        role != Role::Owner || self.view.with_untracked(|view| view.keeps_owners)
    }
}

/// Finds the button by which something of this id opens.
fn opener(id: &str) -> String {
    format!(".team-page [data-at=\"{id}\"]")
}

/// Whether a key leaves what is open, and no dialog or menu above it.
fn leaves(event: &KeyboardEvent) -> bool {
    event.key() == "Escape" && !event.default_prevented() && !browser::has_dialog()
}

/// The team, for who keeps it.
#[component]
pub(crate) fn Team() -> impl IntoView {
    let team = load(|| (), |()| load_team());
    let shown = |view| view! { <Whole view/> }.painted();
    view! {
        <Frame
            kind="team-page"
            title=t::team_title()
            about=t::team_about()
        >
            {loaded(team, shown)}
        </Frame>
    }
    .painted()
}

#[component]
fn Whole(mut view: TeamView) -> impl IntoView {
    let page = Page {
        now: RwSignal::new(std::mem::take(&mut view.now)),
        view: RwSignal::new(view),
        changes: StoredValue::new(0),
        open: RwSignal::new(None),
        inviting: RwSignal::new(false),
        link: RwSignal::new(None),
        said: RwSignal::new(("", String::new())),
        trouble: RwSignal::new(None),
    };
    provide_context(page);
    let trouble = move || {
        let error = page.trouble.get();
        error.map(|error| {
            let again = Callback::new(move |()| page.load_again(String::new()));
            overtaken(&error, error.sentence(), again)
        })
    };
    view! {
        <Head/>
        <p class="said" role="status">{page.said_at("")}</p>
        {trouble}
        {fresh::keep(page)}
        <Invites/>
        <People/>
        <Groups/>
        <Permissions/>
        <OwnRoles/>
        <Ownership/>
    }
    .painted()
}

/// The workspace's own roles to choose from beside the presets, with one chosen.
fn own_role_options(page: Page, chosen: Option<RoleId>) -> AnyView {
    let options = page.view.with_untracked(|view| {
        let options = view.roles.iter().map(|role| {
            view! {
                <option value=role.id.0.to_string() selected=chosen == Some(role.id)>
                    {role.name.clone()}
                </option>
            }
        });
        options.collect_view()
    });
    options.painted()
}

/// The preset of such a value, and the workspace's own role that is like it.
fn chosen_role(page: Page, value: &str) -> (Role, Option<RoleId>) {
    let own = page.view.with_untracked(|view| {
        let mut roles = view.roles.iter();
        let role = roles.find(|role| role.id.0.to_string() == value);
        role.map(|role| (role.like, Some(role.id)))
    });
    own.unwrap_or_else(|| (role_of(value), None))
}

/// The roles to choose from, with one chosen.
fn role_options(page: Page, chosen: Option<Role>) -> AnyView {
    let options = ROLES.into_iter().filter(|role| page.may_be(*role));
    options
        .map(|role| {
            view! {
                <option value=value_of(role) selected=Some(role) == chosen>
                    {words::role(role)}
                </option>
            }
        })
        .collect_view()
        .painted()
}

/// Its place in the list, as the form sends it.
fn value_of(role: Role) -> String {
    let at = ROLES.iter().position(|one| *one == role);
    at.unwrap_or_default().to_string()
}

/// The role of such a value.
fn role_of(value: &str) -> Role {
    let at: usize = value.parse().unwrap_or_default();
    ROLES.get(at).copied().unwrap_or(Role::SupportAgent)
}

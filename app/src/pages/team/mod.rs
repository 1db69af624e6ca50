//! The team: who is on it, who is invited, and what each role may do.

mod groups;
mod hours;
mod invites;
mod listed;
mod member;
mod ownership;
mod permissions;
mod roles;
mod tokens;

use leptos::prelude::*;
use protocol::person::Role;
use protocol::team::TeamView;
use protocol::{AgentId, RoleId};

use crate::api::ApiError;
use crate::api::loading::load;
use crate::api::team::load_team;
use crate::parts::page::{Frame, loaded};
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::{self, t};
use groups::Groups;
use invites::Invites;
use member::Member;
use ownership::Ownership;
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
    view: RwSignal<TeamView>,
    /// The member that is being changed.
    open: RwSignal<Option<AgentId>>,
    /// What was done, and what went wrong.
    said: RwSignal<String>,
    trouble: RwSignal<Option<ApiError>>,
}

impl Page {
    fn here() -> Self {
        expect_context()
    }

    /// Loads the team anew and says what was done.
    fn load_again(self, said: String) {
        leptos::task::spawn_local(async move {
            match load_team().await {
                Ok(view) => {
                    let _shown = self.view.try_set(view);
                    let _said = self.said.try_set(said);
                    let _calm = self.trouble.try_set(None);
                }
                Err(error) => {
                    let _told = self.trouble.try_set(Some(error));
                }
            }
        });
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
            further=("/deliveries", t::deliveries())
            also=("/audit", t::audit())
        >
            {loaded(team, shown)}
        </Frame>
    }
    .painted()
}

#[component]
fn Whole(view: TeamView) -> impl IntoView {
    let page = Page {
        view: RwSignal::new(view),
        open: RwSignal::new(None),
        said: RwSignal::new(String::new()),
        trouble: RwSignal::new(None),
    };
    provide_context(page);
    let trouble = move || {
        let error = page.trouble.get();
        error.map(|error| view! { <Trouble error/> }.painted())
    };
    let members = move || {
        let members = page.view.get().members.into_iter();
        members
            .map(|member| view! { <Member member/> })
            .collect_view()
    };
    view! {
        <p class="said" role="status">{page.said}</p>
        {trouble}
        <section aria-label=t::members()>
            <h2>{t::members()}</h2>
            <ul class="members">{members}</ul>
        </section>
        <Invites/>
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

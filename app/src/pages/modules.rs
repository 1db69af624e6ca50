//! The modules of the product: each switched for the workspace, and for its roles.

use domain::modules::{lacks, permissions};
use domain::permissions::{Rights, has};
use leptos::prelude::*;
use protocol::module::{ModuleRule, ModulesView};
use protocol::person::Role;

use super::team::ROLES;
use crate::api::ApiError;
use crate::api::loading::load;
use crate::api::modules::{load_modules, save_module};
use crate::live::browser;
use crate::pages::settings::Frame;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::{self, t};

/// What the parts of this page share.
#[derive(Clone, Copy)]
struct Page {
    view: RwSignal<ModulesView>,
    said: RwSignal<&'static str>,
    trouble: RwSignal<Option<ApiError>>,
}

impl Page {
    fn save(self, rule: ModuleRule) {
        leptos::task::spawn_local(async move {
            let saved = save_module(rule).await;
            // The list is made anew below whoever works in it.
            browser::keep_focus(".modules");
            match saved {
                Ok(view) => {
                    let _shown = self.view.try_set(view);
                    let _said = self.said.try_set(t::role_saved());
                    let _calm = self.trouble.try_set(None);
                }
                Err(error) => {
                    let _told = self.trouble.try_set(Some(error));
                    // What was not saved does not stay as it was clicked.
                    self.view.try_update(|_| ());
                }
            }
        });
    }
}

/// The modules, for who keeps the team.
#[component]
pub(crate) fn Modules() -> impl IntoView {
    let modules = load(|| (), |()| load_modules());
    let shown = |view| view! { <Whole view/> }.painted();
    view! {
        <Frame
            kind="modules"
            title=t::modules()
            about=t::modules_about()
        >
            {loaded(modules, shown)}
        </Frame>
    }
    .painted()
}

#[component]
fn Whole(view: ModulesView) -> impl IntoView {
    let page = Page {
        view: RwSignal::new(view),
        said: RwSignal::new(""),
        trouble: RwSignal::new(None),
    };
    let trouble = move || {
        let error = page.trouble.get();
        error.map(|error| view! { <Trouble error/> }.painted())
    };
    let rows = move || {
        let view = page.view.get();
        let rules = view.rules.iter();
        rules.map(|rule| row(page, &view, rule)).collect_view()
    };
    view! {
        <p class="said" role="status">{page.said}</p>
        {trouble}
        <ul>{rows}</ul>
    }
    .painted()
}

/// One module: whether it is on, and which roles have it.
fn row(page: Page, view: &ModulesView, rule: &ModuleRule) -> AnyView {
    let module = rule.module;
    let (name, about) = words::module(module);
    let on = rule.on;
    let switched = {
        let rule = rule.clone();
        move |event| {
            let on = event_target_checked(&event);
            page.save(ModuleRule { on, ..rule.clone() });
        }
    };
    let roles = (on && !permissions(module).is_empty()).then(|| {
        view! {
            <fieldset>
                <legend class="label">{t::module_for()}</legend>
                <div class="roles">{boxes(page, view, rule)}</div>
            </fieldset>
        }
    });
    view! {
        <li>
            <label class="choose">
                <input
                    type="checkbox"
                    role="switch"
                    class="switch"
                    data-at=(module as u8).to_string()
                    prop:checked=on
                    checked=on
                    on:change=switched
                />
                <span>
                    <b>{name}</b>
                    <span class="hint">{about}</span>
                </span>
            </label>
            {roles}
        </li>
    }
    .painted()
}

/// A box for each role that would have the module: ticked for those that do.
fn boxes(page: Page, view: &ModulesView, rule: &ModuleRule) -> AnyView {
    let given = |rights: Rights| {
        let mut given = permissions(rule.module).iter();
        given.any(|permission| has(rights, *permission))
    };
    let presets = ROLES.into_iter().filter(|role| given((*role).into()));
    let presets = presets.map(|role| (words::role(role).to_owned(), role, None));
    let own = view.roles.iter().filter(|role| given(role.rights()));
    let own = own.map(|role| (role.name.clone(), role.like, Some(role.id)));
    let keeps_owners = view.keeps_owners;
    let boxes = presets
        .chain(own)
        .enumerate()
        .map(|(place, (name, like, own))| {
            let checked = !lacks(rule, like, own);
            // Nobody's own role has more than the one that it is like.
            let follows = own.is_some() && lacks(rule, like, None);
            let fixed = follows || like == Role::Owner || (like == Role::Admin && !keeps_owners);
            let kept = rule.clone();
            let toggle = move |event| {
                let mut rule = kept.clone();
                let has_it = event_target_checked(&event);
                match own {
                    Some(own) => put(&mut rule.roles, own, !has_it),
                    None => put(&mut rule.presets, like, !has_it),
                }
                page.save(rule);
            };
            view! {
                <label class="choose">
                    <input
                        class="tick"
                        type="checkbox"
                        data-at=format!("{} {place}", rule.module as u8)
                        prop:checked=checked
                        checked=checked
                        disabled=fixed
                        on:change=toggle
                    />
                    {name}
                </label>
            }
        });
    boxes.collect_view().painted()
}

fn put<T: PartialEq>(list: &mut Vec<T>, one: T, is_in: bool) {
    list.retain(|other| *other != one);
    if is_in {
        list.push(one);
    }
}

#[cfg(test)]
mod tests {
    use protocol::module::Module;

    use super::*;

    #[test]
    fn every_module_has_words_of_its_own() {
        let mut names: Vec<_> = Module::ALL.map(|module| words::module(module).0).into();
        names.sort_unstable();
        names.dedup();
        assert_eq!(Module::ALL.len(), names.len());
    }
}

//! What a file of settings would change of the workspace's own roles and of its modules.

use std::collections::HashMap;

use domain::{Refusal, modules, team};
use protocol::RoleId;
use protocol::audit::AuditSubject;
use protocol::data::{FileModule, FileRole, ImportChange, ImportTrouble, ImportWrong};
use protocol::module::ModuleRule;
use protocol::team::{RoleEdit, TeamRole};

use super::import_plan::Planning;
use crate::random::fresh;

impl Planning<'_> {
    /// The workspace's own roles, by their names; who may not give what one gives is refused here, and
    /// once more when it is done.
    pub(super) fn roles(&mut self, given: &[FileRole]) -> Result<(), ImportTrouble> {
        for (at, one) in given.iter().enumerate() {
            let name = one.name.to_lowercase();
            let mut there = self.there.roles.iter();
            let there = there.find(|role| role.name.to_lowercase() == name).cloned();
            let becomes = TeamRole {
                id: there
                    .as_ref()
                    .map_or_else(|| fresh!(RoleId, self.desk.now()), |there| there.id),
                name: one.name.clone(),
                like: one.like,
                without: one.without,
            };
            let (change, edit) = match &there {
                Some(there) if *there == becomes => (ImportChange::Left, None),
                Some(_) => {
                    let edit = RoleEdit::Save {
                        role: becomes.id,
                        name: becomes.name.clone(),
                        without: becomes.without,
                    };
                    (ImportChange::Changed, Some(edit))
                }
                None => {
                    let edit = RoleEdit::Add {
                        name: becomes.name.clone(),
                        like: becomes.like,
                        without: becomes.without,
                    };
                    (ImportChange::Made, Some(edit))
                }
            };
            if let Some(edit) = edit {
                let was = there.as_ref().unwrap_or(&becomes).rights();
                let may = team::may_change(self.by.rights(), was, becomes.rights());
                refused(&format!("roles[{at}]"), may)?;
                self.import.roles.push((edit, becomes.id));
            }
            self.item(AuditSubject::Role, &one.name, change);
            self.there.roles.retain(|role| role.id != becomes.id);
            self.there.roles.push(becomes);
        }
        Ok(())
    }

    /// The modules; after the roles, which they name.
    pub(super) fn modules(&mut self, given: &[FileModule]) -> Result<(), ImportTrouble> {
        let roles = self.there.roles.iter();
        let ids: HashMap<_, _> = roles
            .map(|role| (role.name.to_lowercase(), role.id))
            .collect();
        for (at, one) in given.iter().enumerate() {
            let own = one.roles.iter();
            let own = own.filter_map(|name| ids.get(&name.to_lowercase()).copied());
            let becomes = ModuleRule {
                module: one.module,
                on: one.on,
                presets: one.presets.clone(),
                roles: own.collect(),
            };
            let mut rules = self.there.rules.iter();
            let was = rules.find(|rule| rule.module == one.module).cloned();
            let was = was.unwrap_or_else(|| ModuleRule::new(one.module));
            let same = plain(&was) == plain(&becomes);
            let change = match same {
                true => ImportChange::Left,
                false => ImportChange::Changed,
            };
            if !same {
                let by = self.by.rights();
                let rule = modules::checked(by, &was, becomes, &self.there.roles);
                let rule = rule.map_err(|refusal| trouble(&format!("modules[{at}]"), refusal))?;
                self.import.modules.push(rule);
            }
            self.item(AuditSubject::Workspace, one.module.word(), change);
        }
        Ok(())
    }
}

/// A rule in one order, to be compared.
fn plain(rule: &ModuleRule) -> ModuleRule {
    let mut rule = rule.clone();
    rule.presets.sort_unstable();
    rule.presets.dedup();
    rule.roles.sort_unstable();
    rule.roles.dedup();
    rule
}

fn refused(place: &str, checked: Result<(), Refusal>) -> Result<(), ImportTrouble> {
    checked.map_err(|refusal| trouble(place, refusal))
}

fn trouble(place: &str, refusal: Refusal) -> ImportTrouble {
    ImportTrouble {
        place: place.to_owned(),
        wrong: ImportWrong::Refused(refusal),
    }
}

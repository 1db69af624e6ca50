//! What a file of settings may hold: the rules of the pages' forms, for all of it at once.

use std::collections::{BTreeMap, BTreeSet};

use protocol::data::{
    FileModule, FileReply, FileRole, FileStep, ImportTrouble, ImportWrong, SettingsFile, VERSION,
};
use protocol::forms::ReplyForm;
use protocol::person::Role;
use protocol::refusal::{Field, Problem};
use protocol::reply::{Share, Step};
use protocol::team::TeamRole;
use protocol::{CategoryId, Refusal, RoleId, TagId, Timestamp, limits};

use crate::forms::check_name;
use crate::{modules, reply, settings, team, text};

/// The names that a file may use besides its own.
#[derive(Debug, Default)]
pub struct Known {
    pub chatbots: BTreeSet<String>,
    /// In lower case.
    pub categories: BTreeSet<String>,
    pub tags: BTreeSet<String>,
    /// The workspace's own roles by their names in lower case, and what they are like.
    pub roles: BTreeMap<String, Role>,
}

/// The file as it is kept: names and texts without surrounding space.
///
/// # Errors
/// The first place that is not as it has to be.
pub fn checked(mut file: SettingsFile, known: &Known) -> Result<SettingsFile, ImportTrouble> {
    if file.baton_settings > VERSION {
        let wrong = ImportWrong::Newer(file.baton_settings);
        return Err(trouble("baton_settings", wrong));
    }
    few("chatbots", file.chatbots.len(), limits::CHATBOTS)?;
    few("categories", file.categories.len(), limits::LABELS)?;
    few("tags", file.tags.len(), limits::LABELS)?;
    few("replies", file.replies.len(), limits::SHARED_REPLIES)?;
    if let Some(layer) = &file.workspace {
        refused("workspace.settings", settings::check(&layer.settings, &[]))?;
    }
    for (at, chatbot) in file.chatbots.iter_mut().enumerate() {
        let name = check_name(Field::Chatbot, &chatbot.name);
        refused(&format!("chatbots[{at}].name"), name)?;
        chatbot.name = text::name(&chatbot.name);
        let own = settings::check(&chatbot.settings, &[]);
        refused(&format!("chatbots[{at}].settings"), own)?;
    }
    for (list, labels) in [
        ("categories", &mut file.categories),
        ("tags", &mut file.tags),
    ] {
        let mut names = BTreeSet::new();
        for (at, label) in labels.iter_mut().enumerate() {
            let place = format!("{list}[{at}].name");
            refused(&place, check_name(Field::Name, &label.name))?;
            label.name = text::name(&label.name);
            if !names.insert(label.name.to_lowercase()) {
                refused(&place, invalid(Field::Name, Problem::Twice))?;
            }
        }
    }
    let roles = checked_roles(&mut file.roles, known)?;
    checked_modules(&file.modules, [&roles, &known.roles])?;
    let names = Known {
        roles,
        chatbots: file.chatbots.iter().map(|one| one.name.clone()).collect(),
        categories: lower(file.categories.iter().map(|one| &one.name)),
        tags: lower(file.tags.iter().map(|one| &one.name)),
    };
    let mut shortcuts = BTreeSet::new();
    for (at, one) in file.replies.iter_mut().enumerate() {
        let place = format!("replies[{at}]");
        *one = checked_reply(&place, one, [&names, known])?;
        if !shortcuts.insert((one.chatbot.clone(), one.shortcut.clone())) {
            let twice = invalid(Field::Shortcut, Problem::Twice);
            refused(&format!("{place}.shortcut"), twice)?;
        }
    }
    Ok(file)
}

fn lower<'a>(names: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    names.map(|name| name.to_lowercase()).collect()
}

/// Roles by the rules of their form; the names of all of them. One that is there stays like what it is
/// like: its members would be something else from one moment to the next.
fn checked_roles(
    roles: &mut [FileRole],
    known: &Known,
) -> Result<BTreeMap<String, Role>, ImportTrouble> {
    few("roles", roles.len(), limits::ROLES)?;
    let mut checked: Vec<TeamRole> = Vec::new();
    for (at, role) in roles.iter_mut().enumerate() {
        let place = format!("roles[{at}]");
        // Any id will do, as long as each has one of its own.
        let number = i64::try_from(at).unwrap_or_default();
        let form = TeamRole {
            id: RoleId::new(Timestamp(number), &[0; 10]),
            name: role.name.clone(),
            like: role.like,
            without: role.without,
        };
        let form = team::checked_role(form, &checked);
        let form = form.map_err(|refusal| refused_at(&place, refusal))?;
        let there = known.roles.get(&form.name.to_lowercase());
        if there.is_some_and(|like| *like != form.like) {
            let place = format!("{place}.like");
            refused(&place, invalid(Field::Name, Problem::NotAllowedHere))?;
        }
        role.name = form.name.clone();
        role.without = form.without;
        checked.push(form);
    }
    let names = checked.into_iter();
    Ok(names
        .map(|role| (role.name.to_lowercase(), role.like))
        .collect())
}

/// Each module once, and for roles that there are.
fn checked_modules(
    given: &[FileModule],
    roles: [&BTreeMap<String, Role>; 2],
) -> Result<(), ImportTrouble> {
    for (at, one) in given.iter().enumerate() {
        let place = format!("modules[{at}]");
        if given[..at].iter().any(|other| other.module == one.module) {
            let twice = invalid(Field::Name, Problem::Twice);
            refused(&format!("{place}.module"), twice)?;
        }
        let of_roles = !one.roles.is_empty();
        refused(
            &place,
            modules::check_lacking(one.module, &one.presets, of_roles),
        )?;
        let unknown = |name: &String| {
            let name = name.to_lowercase();
            !roles.iter().any(|known| known.contains_key(&name))
        };
        if let Some(at) = one.roles.iter().position(unknown) {
            let unknown = invalid(Field::Name, Problem::Unknown);
            refused(&format!("{place}.roles[{at}]"), unknown)?;
        }
    }
    Ok(())
}

/// A reply by the rules of its form, and every name it uses.
fn checked_reply(
    place: &str,
    of: &FileReply,
    known: [&Known; 2],
) -> Result<FileReply, ImportTrouble> {
    let unknown = |field: String, is_known: bool| match is_known {
        true => Ok(()),
        false => refused(
            &format!("{place}.{field}"),
            invalid(Field::Name, Problem::Unknown),
        ),
    };
    if let Some(chatbot) = &of.chatbot {
        let is_known = known.iter().any(|one| one.chatbots.contains(chatbot));
        unknown("chatbot".to_owned(), is_known)?;
    }
    // Any id will do: whether the step is allowed does not hang on it.
    let (category, tag) = (
        CategoryId::new(Timestamp(0), &[0; 10]),
        TagId::new(Timestamp(0), &[0; 10]),
    );
    let mut steps = Vec::new();
    for (number, step) in of.steps.iter().enumerate() {
        let field = format!("steps[{number}]");
        steps.push(match step {
            FileStep::Note(note) => Step::Note(note.clone()),
            FileStep::Category(name) => {
                let name = name.to_lowercase();
                unknown(
                    field,
                    known.iter().any(|one| one.categories.contains(&name)),
                )?;
                Step::Category(category)
            }
            FileStep::AddTag(name) | FileStep::RemoveTag(name) => {
                let name = name.to_lowercase();
                unknown(field, known.iter().any(|one| one.tags.contains(&name)))?;
                Step::AddTag(tag)
            }
            FileStep::Transfer(_) => Step::Transfer(protocol::entry::Destination::Queue),
            FileStep::Snooze(minutes) => Step::Snooze(*minutes),
            FileStep::Resolve(outcome) => Step::Resolve(*outcome),
        });
    }
    let form = reply::checked(ReplyForm {
        id: None,
        version: 0,
        share: Share::Workspace,
        shortcut: of.shortcut.clone(),
        title: of.title.clone(),
        text: of.text.clone(),
        steps,
        files: Vec::new(),
    });
    let form = form.map_err(|refusal| refused_at(place, refusal))?;
    Ok(FileReply {
        shortcut: form.shortcut,
        title: form.title,
        text: form.text,
        ..of.clone()
    })
}

fn few(place: &str, count: usize, limit: usize) -> Result<(), ImportTrouble> {
    if count <= limit {
        return Ok(());
    }
    let limit = u32::try_from(limit).unwrap_or(u32::MAX);
    refused(place, invalid(Field::Name, Problem::TooMany { limit }))
}

fn invalid(field: Field, problem: Problem) -> Result<(), Refusal> {
    Err(Refusal::FieldInvalid { field, problem })
}

fn refused(place: &str, checked: Result<(), Refusal>) -> Result<(), ImportTrouble> {
    checked.map_err(|refusal| refused_at(place, refusal))
}

/// What a rule refuses, with the place in the whole file.
fn refused_at(place: &str, refusal: Refusal) -> ImportTrouble {
    let place = match &refusal {
        Refusal::SettingInvalid { setting, .. } => format!("{place}.{setting}"),
        _ => place.to_owned(),
    };
    trouble(&place, ImportWrong::Refused(refusal))
}

fn trouble(place: &str, wrong: ImportWrong) -> ImportTrouble {
    ImportTrouble {
        place: place.to_owned(),
        wrong,
    }
}

#[cfg(test)]
mod tests {
    use protocol::data::{FileChatbot, FileLabel};
    use protocol::module::Module;
    use protocol::permission::Permission;
    use protocol::settings::SettingsLayer;

    use super::*;

    fn file() -> SettingsFile {
        SettingsFile {
            baton_settings: VERSION,
            workspace: None,
            chatbots: Vec::new(),
            categories: Vec::new(),
            tags: vec![FileLabel {
                name: " Refund ".to_owned(),
                retired: false,
            }],
            replies: vec![FileReply {
                shortcut: "/Hi".to_owned(),
                title: "Hi".to_owned(),
                text: "Hello".to_owned(),
                chatbot: None,
                steps: vec![FileStep::AddTag("refund".to_owned())],
            }],
            roles: Vec::new(),
            modules: Vec::new(),
        }
    }

    fn place(file: SettingsFile) -> String {
        let trouble = checked(file, &Known::default()).expect_err("it is wrong");
        trouble.place
    }

    #[test]
    fn a_file_is_kept_as_the_pages_would_keep_it() {
        let kept = checked(file(), &Known::default()).expect("it is right");
        assert_eq!("Refund", kept.tags[0].name);
        assert_eq!("hi", kept.replies[0].shortcut);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let mut newer = file();
        newer.baton_settings = VERSION + 1;
        assert_eq!("baton_settings", place(newer));
        let mut twice = file();
        twice.tags.push(FileLabel {
            name: "REFUND".to_owned(),
            retired: true,
        });
        assert_eq!("tags[1].name", place(twice));
        let mut unknown = file();
        unknown.tags.clear();
        assert_eq!("replies[0].steps[0]", place(unknown));
        let role = |name: &str, like| FileRole {
            name: name.to_owned(),
            like,
            without: [Permission::EraseData].into_iter().collect(),
        };
        let mut roles = file();
        roles.roles = vec![role("Night", Role::Admin), role("NIGHT ", Role::Agent)];
        assert_eq!("roles[1]", place(roles));
        let mut like = file();
        like.roles = vec![role("Night", Role::Agent)];
        let known = Known {
            roles: [("night".to_owned(), Role::Admin)].into(),
            ..Known::default()
        };
        let trouble = checked(like, &known).expect_err("it would be something else");
        assert_eq!("roles[0].like", trouble.place);
        let module = |roles: &[&str], presets: &[Role]| FileModule {
            module: Module::Erasing,
            on: true,
            presets: presets.to_vec(),
            roles: roles.iter().map(|&role| role.to_owned()).collect(),
        };
        let mut nobody = file();
        nobody.modules = vec![module(&["Night"], &[])];
        assert_eq!("modules[0].roles[0]", place(nobody));
        let mut owner = file();
        owner.modules = vec![module(&[], &[Role::Owner])];
        assert_eq!("modules[0].modules", place(owner));
        let mut again = file();
        again.modules = vec![module(&[], &[]), module(&[], &[])];
        assert_eq!("modules[1].module", place(again));
        let mut routing = settings::defaults().routing;
        routing.offer_seconds = 0;
        let mut wrong = file();
        wrong.chatbots.push(FileChatbot {
            name: "Shop".to_owned(),
            archived: false,
            settings: SettingsLayer {
                routing: Some(routing),
                ..SettingsLayer::default()
            },
            routing_group: None,
        });
        assert_eq!("chatbots[0].settings.routing.offer_seconds", place(wrong));
    }
}

//! What was changed, in words: the fields of the audit log and their values, which stand there by words of
//! their own so that every language can read them.

use protocol::api_token::Scope;
use protocol::audit::{AuditField, AuditKind};
use protocol::delivery::DeliveryKind;
use protocol::module::Module;
use serde::de::DeserializeOwned;

use super::choices::{choice, week};
use super::{Word, mail_kind, module, permission, role_of, t};
use crate::parts::token::scope;

/// The parts of the settings by their names in the file of settings.
const PARTS: [(&str, Word); 15] = [
    ("handoff", t::live_chat),
    ("triggers", t::triggers),
    ("routing", t::routing),
    ("queue", t::waiting_line),
    ("hours", t::business_hours),
    ("form", t::contact_form),
    ("idle", t::waiting_line),
    ("messages", t::texts),
    ("files", t::files_word),
    ("targets", t::targets),
    ("look", t::look),
    ("sites", t::allowed_sites),
    ("privacy", t::privacy),
    ("rating", t::ratings),
    ("before", t::before_the_chat),
];

/// The settings by their paths in that file, called as on their pages.
const SETTINGS: [(&str, Word); 86] = [
    ("before.enabled", t::ask_before),
    ("before.name", t::name),
    ("before.email", t::email),
    ("before.phone", t::phone),
    ("before.custom", t::own_fields),
    ("before.consent.text", t::consent),
    ("before.consent.url", t::consent_link),
    ("files.from_visitors", t::files_from_visitors),
    ("files.limit_mebibytes", t::file_limit),
    ("form.name", t::name),
    ("form.email", t::email),
    ("form.phone", t::phone),
    ("form.message", t::message_word),
    ("form.custom", t::own_fields),
    ("form.consent", t::consent),
    ("hours.enabled", t::hours_enabled),
    ("hours.times.zone", t::time_zone),
    ("hours.holidays", t::holidays),
    ("hours.outside", t::outside_hours),
    ("handoff.enabled", t::handoff_enabled),
    ("handoff.button", t::handoff_button),
    ("handoff.button_after", t::button_after),
    ("handoff.proposal_minutes", t::proposal_stands),
    ("handoff.while_waiting", t::while_waiting),
    ("handoff.typing_preview", t::typing_preview),
    ("look.theme", t::theme),
    ("look.colour", t::colour),
    ("look.launcher_icon", t::launcher_icon),
    ("look.launcher_text", t::launcher_text),
    ("look.side", t::side),
    ("look.across", t::from_side),
    ("look.up", t::from_below),
    ("look.radius", t::corners),
    ("look.name", t::shown_name),
    ("look.initials", t::initials),
    ("look.properties", t::own_values),
    ("messages.texts.greeting", t::text_greeting),
    ("messages.texts.unknown", t::text_unknown),
    ("messages.texts.proposal", t::text_proposal),
    ("messages.texts.handover", t::text_handover),
    ("messages.texts.waiting", t::text_waiting),
    ("messages.texts.joined", t::text_joined),
    ("messages.texts.out_of_hours", t::text_out_of_hours),
    ("messages.texts.no_agents", t::text_no_agents),
    ("messages.texts.missed", t::text_missed),
    ("messages.texts.idle_warning", t::text_idle),
    ("messages.texts.restored", t::text_restored),
    ("messages.texts.closing", t::text_closing),
    ("messages.texts.starters", t::text_starters),
    ("privacy.addresses", t::keep_addresses),
    ("privacy.page", t::privacy_page),
    ("privacy.erase_after_days", t::erase_after),
    ("queue.deadline_minutes", t::wait_at_most),
    ("queue.on_deadline", t::after_the_wait),
    ("queue.nobody", t::when_nobody),
    ("idle.enabled", t::idle_enabled),
    ("idle.warn_minutes", t::idle_warn),
    ("idle.close_minutes", t::idle_close),
    ("rating.after_handoff", t::ask_after_handoff),
    ("rating.thumbs", t::ask_thumbs),
    ("routing.mode", t::routing_mode),
    ("routing.order", t::routing_order),
    ("routing.offer_seconds", t::offer_stands),
    ("routing.requeue_minutes", t::requeue),
    ("routing.group", t::routing_group),
    ("sites.allowed", t::sites_one_a_line),
    ("triggers.wish", t::trigger_wish),
    ("triggers.unclear_wish", t::trigger_unclear),
    ("triggers.frustration", t::trigger_frustration),
    ("triggers.low_confidence.reaction", t::trigger_low),
    ("triggers.low_confidence.after", t::trigger_low_after),
    ("triggers.keywords.reaction", t::trigger_phrases),
    ("triggers.keywords.phrases", t::phrases_one_a_line),
    ("triggers.topics.reaction", t::trigger_topics),
    ("triggers.topics.legal", t::topic_legal),
    ("triggers.topics.medical", t::topic_medical),
    ("triggers.topics.financial", t::topic_financial),
    ("triggers.topics.own", t::topics_one_a_line),
    ("triggers.high_value.reaction", t::trigger_value),
    ("triggers.high_value.amount", t::value_sum),
    ("triggers.high_value.phrases", t::plans_one_a_line),
    ("hours.times.open", t::changed_week),
    ("messages.translations", t::changed_translations),
    ("targets.first_reply_minutes", t::first_reply_within),
    ("targets.next_reply_minutes", t::next_reply_within),
    ("before.consent", t::consent),
];

/// What a field is called that a row of this kind names by `field`.
pub(crate) fn changed(kind: AuditKind, field: &str) -> String {
    let known = match kind {
        AuditKind::Settings | AuditKind::Look | AuditKind::Target => return setting(field),
        AuditKind::ModuleSwitched => {
            let mut all = Module::ALL.into_iter();
            let known = all.find(|one| one.word() == field);
            known.map(|known| module(known).0.to_owned())
        }
        _ => AuditField::read(field).map(name),
    };
    known.unwrap_or_else(|| field.to_owned())
}

fn name(field: AuditField) -> String {
    let name = match field {
        AuditField::Name => t::name(),
        AuditField::Email => t::email(),
        AuditField::Phone => t::phone(),
        AuditField::Company => t::company(),
        AuditField::Attribute => t::changed_attribute(),
        AuditField::With => t::changed_with(),
        AuditField::Role => t::role_word(),
        AuditField::Without => t::changed_without(),
        AuditField::Chatbots => t::chatbots_word(),
        AuditField::ChatLimit => t::chats_at_once(),
        AuditField::Priority => t::changed_priority(),
        AuditField::HandoffMail => t::changed_handoff_mail(),
        AuditField::SoundOfRequests => t::changed_sound_of_requests(),
        AuditField::SoundOfReplies => t::changed_sound_of_replies(),
        AuditField::QuietHours => t::quiet_about(),
        AuditField::Place => t::changed_place(),
        AuditField::By => t::changed_by(),
        AuditField::File => t::data_file(),
        AuditField::Labels => t::title_labels(),
        AuditField::Settings => t::settings_word(),
        AuditField::Replies => t::saved_replies(),
        AuditField::Roles => t::own_roles(),
        AuditField::Modules => t::modules(),
        AuditField::SignIns => t::sign_ins(),
        AuditField::Shared => t::changed_shared(),
        AuditField::Title => t::reply_title(),
        AuditField::Shortcut => t::reply_shortcut(),
        AuditField::Text => t::reply_text(),
        AuditField::Steps => t::changed_steps(),
        AuditField::View => t::changed_view(),
        AuditField::Picture => t::picture(),
        AuditField::Token => t::changed_token(),
        AuditField::MembersRemoved => t::changed_members_removed(),
        AuditField::MembersAdded => t::changed_members_added(),
        AuditField::Conversations => t::conversations(),
        AuditField::Retired => t::changed_retired(),
        AuditField::Mail => t::changed_mail(),
        AuditField::SourcesRemoved => t::changed_sources_removed(),
        AuditField::SourcesRenewed => t::changed_sources_renewed(),
        AuditField::SourcesAdded => t::changed_sources_added(),
    };
    name.to_owned()
}

/// A setting by its path: its part, and what it is called there. What stands within one is called as it is.
fn setting(path: &str) -> String {
    let part = path.split('.').next().unwrap_or(path);
    let Some((_, part)) = PARTS.iter().find(|(name, _)| *name == part) else {
        return path.to_owned();
    };
    let within = |known: &str| {
        let rest = path.strip_prefix(known);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    match SETTINGS.iter().find(|(known, _)| within(known)) {
        Some((_, name)) => format!("{}: {}", part(), name()),
        None => part().to_owned(),
    }
}

/// A value as people say it.
pub(crate) fn value(kind: AuditKind, field: &str, value: &str) -> String {
    let known = match value {
        "" => Some("–"),
        "true" => Some(t::yes()),
        "false" => Some(t::no()),
        _ => None,
    };
    if let Some(known) = known {
        return known.to_owned();
    }
    let said = match kind {
        AuditKind::Settings | AuditKind::Look | AuditKind::Target => match field {
            "hours.times.open" => Some(week(value)),
            part if !part.contains('.') => whose(value),
            path => choice(path, value).map(str::to_owned),
        },
        AuditKind::ModuleSwitched => Some(switched(value)),
        _ => AuditField::read(field).and_then(|field| of(field, value)),
    };
    said.unwrap_or_else(|| value.to_owned())
}

/// What stands for a value by a word of ours.
fn of(field: AuditField, value: &str) -> Option<String> {
    match field {
        AuditField::Role => role_of(value).map(str::to_owned),
        AuditField::Picture => whose(value),
        AuditField::QuietHours => {
            let (times, zone) = inside(value)?;
            Some(format!("{} ({zone})", week(times)))
        }
        AuditField::By if value == "link" => Some(t::changed_by_link().to_owned()),
        AuditField::File if value == "audit" => Some(t::audit().to_owned()),
        AuditField::File if value == "settings" => Some(t::settings_word().to_owned()),
        AuditField::Without => Some(each(value, |word| read(word).map(permission))),
        AuditField::Token => {
            let (name, scopes) = inside(value)?;
            let known = |word: &str| Scope::ALL.into_iter().find(|one| one.word() == word);
            let scopes = each(scopes, |word| known(word).map(scope));
            Some(format!("{name} ({scopes})"))
        }
        AuditField::Mail => {
            let (to, kind) = inside(value)?;
            let kind = read::<DeliveryKind>(kind).map(mail_kind)?;
            Some(format!("{to} ({kind})"))
        }
        _ => None,
    }
}

/// Whose a part of the settings, or a picture, is.
fn whose(value: &str) -> Option<String> {
    let said = match value {
        "own" => t::set_here(),
        "workspace" => t::inherited(),
        "default" => t::changed_default(),
        _ => return None,
    };
    Some(said.to_owned())
}

/// A module that is on or off, and for whom it is not on.
fn switched(value: &str) -> String {
    let (on, without) = value.split_once(", without: ").unwrap_or((value, ""));
    let on = match on {
        "on" => t::changed_on(),
        "off" => t::changed_off(),
        other => other,
    };
    match without {
        "" => on.to_owned(),
        without => t::changed_lacking(&on, &each(without, role_of)),
    }
}

/// What stands in front of the last brackets, and in them.
fn inside(value: &str) -> Option<(&str, &str)> {
    value.strip_suffix(')')?.rsplit_once(" (")
}

/// The words of a list, each as people say it.
fn each(list: &str, say: impl Fn(&str) -> Option<&'static str>) -> String {
    let words = list.split(", ").map(|word| say(word).unwrap_or(word));
    words.collect::<Vec<_>>().join(", ")
}

/// What a word stands for on the wire, which is how rows write it too.
fn read<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn every_field_that_is_recorded_has_words_of_its_own() {
        for field in AuditField::ALL {
            let said = changed(AuditKind::Member, field.word());
            assert!(
                said != field.word() && !said.is_empty(),
                "{field:?}: {said}"
            );
        }
        for module in Module::ALL {
            let said = changed(AuditKind::ModuleSwitched, module.word());
            assert_ne!(module.word(), said);
        }
        // What an older Baton wrote, or a newer one, stands as it was written.
        assert_eq!("sources", changed(AuditKind::Knowledge, "sources"));
    }

    fn paths(at: &str, of: &Value, all: &mut Vec<String>) {
        match of {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let path = match at {
                        "" => name.clone(),
                        at => format!("{at}.{name}"),
                    };
                    paths(&path, value, all);
                }
            }
            _ => all.push(at.to_owned()),
        }
    }

    #[test]
    fn every_setting_has_the_words_of_its_page() {
        let settings = serde_json::to_value(domain::settings::defaults()).unwrap();
        let mut all = Vec::new();
        paths("", &settings, &mut all);
        assert!(all.len() > 70, "{}", all.len());
        let without: Vec<_> = all
            .iter()
            .filter(|path| !setting(path).contains(": "))
            .collect();
        assert!(without.is_empty(), "{without:?}");
        let parts = settings.as_object().unwrap();
        assert!(parts.keys().all(|part| setting(part) != *part));
        for (path, _) in SETTINGS {
            let known = all
                .iter()
                .any(|one| one == path || path.starts_with(&format!("{one}.")));
            assert!(known, "{path} is no setting");
        }
    }

    #[test]
    fn values_are_said_and_names_of_people_are_left_alone() {
        let said = |kind, field: AuditField, text: &str| value(kind, field.word(), text);
        assert_eq!(
            "ana@example.org (Invitation)",
            said(
                AuditKind::MailSentAgain,
                AuditField::Mail,
                "ana@example.org (invite)"
            )
        );
        assert_eq!(
            "Report (May) (Read conversations, notes too)",
            said(
                AuditKind::TokenMade,
                AuditField::Token,
                "Report (May) (read)"
            )
        );
        assert_eq!(
            "See the audit log, other",
            said(AuditKind::RoleMade, AuditField::Without, "see_audit, other")
        );
        assert_eq!(
            "on, without: Agent, Night admin",
            value(
                AuditKind::ModuleSwitched,
                "api",
                "on, without: agent, Night admin"
            )
        );
        assert_eq!("own", said(AuditKind::Member, AuditField::Name, "own"));
        assert_eq!(t::inherited(), value(AuditKind::Look, "look", "workspace"));
        assert_eq!("own", value(AuditKind::Look, "look.name", "own"));
        assert_eq!(
            t::mode_pool(),
            value(AuditKind::Settings, "routing.mode", "pool")
        );
        assert_eq!(
            "Monday 22:00–06:00 (UTC)",
            said(
                AuditKind::Profile,
                AuditField::QuietHours,
                "Monday 22:00–06:00 (UTC)"
            )
        );
    }
}

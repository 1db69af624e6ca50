//! The places where something is set, in their groups, and the words that they are found by.

use domain::permissions::{Permission, Rights, has};

use crate::pages::chatbots::sections;
use crate::words::t;

/// What belongs together in the list beside a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Workspace,
    Chatbots,
    /// Found by a search alone: the list has one line for all of them.
    AllChatbots,
    Operate,
    You,
}

/// The groups of the list, in its order.
pub(super) const GROUPS: [Group; 4] = [
    Group::Workspace,
    Group::Chatbots,
    Group::Operate,
    Group::You,
];

impl Group {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Workspace => t::workspace(),
            Self::Chatbots | Self::AllChatbots => t::chatbots(),
            Self::Operate => t::operate_group(),
            Self::You => t::you_group(),
        }
    }
}

/// A place where something is set.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) address: String,
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) icon: &'static str,
    pub(super) group: Group,
    /// What it takes to be there; none for everybody.
    needs: Option<Permission>,
}

impl Place {
    /// Whether every word that is looked for stands in what it is called here or elsewhere.
    pub(super) fn fits(&self, wanted: &str) -> bool {
        let also = other_words(&self.address);
        let all = format!("{} {} {also}", self.name, self.about).to_lowercase();
        let wanted = wanted.to_lowercase();
        wanted.split_whitespace().all(|word| all.contains(word))
    }
}

/// The places that somebody with these rights may go to, group by group, then the sections for all
/// chatbots.
pub(super) fn places(rights: Rights) -> Vec<Place> {
    use Group::{Chatbots, Operate, Workspace, You};
    use Permission::{EraseData, SaveSettings, SaveTeam, SeeAudit, SeeEmbedding, UseApi};
    #[rustfmt::skip]
    let pages = [
        (Workspace, "/begin", t::get_started(), t::get_started_about(), "done", Some(SaveSettings)),
        (Workspace, "/team", t::team_title(), t::team_about(), "people", Some(SaveTeam)),
        (Workspace, "/modules", t::modules(), t::modules_about(), "plug", Some(SaveTeam)),
        (Workspace, "/replies", t::saved_replies(), t::replies_about(), "slash", None),
        (Workspace, "/labels", t::title_labels(), t::labels_about(), "tag", Some(SaveSettings)),
        (Workspace, "/targets", t::targets(), t::targets_about(), "clock", Some(SaveSettings)),
        (Chatbots, "/chatbots", t::chatbots(), t::chatbots_about(), "ai", Some(SaveSettings)),
        (Chatbots, "/embed", t::put_on_site(), t::embed_word_about(), "code", Some(SeeEmbedding)),
        (Chatbots, "/playground", t::playground(), t::playground_about(), "panel", Some(SaveSettings)),
        (Operate, "/doctor", t::doctor_word(), t::doctor_word_about(), "wrench", None),
        (Operate, "/deliveries", t::deliveries(), t::deliveries_about(), "mail", Some(SaveSettings)),
        (Operate, "/audit", t::audit(), t::audit_about(), "book", Some(SeeAudit)),
        (Operate, "/data", t::data(), t::data_about(), "file", Some(SaveSettings)),
        (Operate, "/erasures", t::erasures(), t::erasures_about(), "bin", Some(EraseData)),
        (You, "/profile/you", t::you_section(), t::profile_word_about(), "person", None),
        (You, "/profile/notices", t::notices(), t::notices_word_about(), "bell", None),
        (You, "/profile/password", t::password(), t::password_word_about(), "key", None),
        (You, "/profile/two-steps", t::two_steps(), t::two_steps_word_about(), "verified", None),
        (You, "/profile/sign-ins", t::sign_ins(), t::sign_ins_word_about(), "monitor", None),
        (You, "/profile/tokens", t::api_tokens(), t::api_tokens_word_about(), "code", Some(UseApi)),
    ];
    let pages = pages.map(|(group, address, name, about, icon, needs)| Place {
        address: address.to_owned(),
        name,
        about,
        icon,
        group,
        needs,
    });
    let sections = sections().map(|(slug, name, icon)| Place {
        address: format!("/chatbots/all/{slug}"),
        name,
        about: t::of_all_chatbots(),
        icon,
        group: Group::AllChatbots,
        needs: Some(SaveSettings),
    });
    let may = |place: &Place| place.needs.is_none_or(|needs| has(rights, needs));
    pages.into_iter().chain(sections).filter(may).collect()
}

/// What else people call what is set at an address, to find it by.
fn other_words(address: &str) -> &'static str {
    match address.rsplit('/').next().unwrap_or_default() {
        "begin" => t::find_begin(),
        "team" => t::find_team(),
        "modules" => t::find_modules(),
        "chatbots" => t::find_chatbots(),
        "embed" => t::find_embed(),
        "playground" => t::find_playground(),
        "doctor" => t::find_doctor(),
        "replies" => t::find_replies(),
        "labels" => t::find_labels(),
        "targets" => t::find_targets(),
        "deliveries" => t::find_deliveries(),
        "audit" => t::find_audit(),
        "data" => t::find_data(),
        "erasures" | "privacy" => t::find_privacy(),
        "you" => t::find_profile(),
        "notices" => t::find_notices(),
        "password" => t::find_password(),
        "two-steps" => t::find_two_steps(),
        "sign-ins" => t::find_sign_ins(),
        "tokens" => t::find_tokens(),
        "look" => t::find_look(),
        "knowledge" => t::find_knowledge(),
        "live-chat" => t::find_live_chat(),
        "triggers" => t::find_triggers(),
        "routing" => t::find_routing(),
        "queue" => t::find_queue(),
        "hours" => t::find_hours(),
        "messages" => t::find_messages(),
        "before" | "form" => t::find_form(),
        "rating" => t::find_rating(),
        "files" => t::find_files(),
        "sites" => t::find_sites(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use protocol::permission::{PermissionSet, Rights};
    use protocol::person::Role;

    use super::{other_words, places};

    #[test]
    fn every_place_is_found_by_what_others_call_it() {
        let owner = Rights {
            role: Role::Owner,
            without: PermissionSet::default(),
        };
        let without: Vec<_> = places(owner)
            .into_iter()
            .filter(|place| other_words(&place.address).is_empty())
            .map(|place| place.address)
            .collect();
        assert_eq!(without, Vec::<String>::new());
    }
}

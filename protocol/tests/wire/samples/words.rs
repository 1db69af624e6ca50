//! The bare words.

use protocol::card::{Channel, Tab};
use protocol::entry::{
    Destination, MissedReason, Outcome, Passed, Released, Taken, Trigger, Woken,
};
use protocol::label::LabelChange;
use protocol::permission::Permission;
use protocol::person::{Availability, Role};
use protocol::refusal::Field;
use protocol::targets::Owed;
use protocol::view::Order;

use super::values::*;
use super::variants;
use crate::Visit;

pub(super) fn show(visit: &mut impl Visit) {
    variants!(visit, "field", Field {
        Workspace = Field::Workspace,
        Name = Field::Name,
        Email = Field::Email,
        Password = Field::Password,
        Chatbot = Field::Chatbot,
        Phone = Field::Phone,
        Message = Field::Message,
        Custom = Field::Custom(1),
        Consent = Field::Consent,
        Contact = Field::Contact,
        Shortcut = Field::Shortcut,
        Title = Field::Title,
        Company = Field::Company,
        AttributeName = Field::AttributeName,
        Attribute = Field::Attribute,
    });
    variants!(visit, "trigger", Trigger {
        Button = Trigger::Button,
        Wish = Trigger::Wish,
        Keyword = Trigger::Keyword,
        LowConfidence = Trigger::LowConfidence,
        Frustration = Trigger::Frustration,
        Topic = Trigger::Topic,
        HighValue = Trigger::HighValue,
        Form = Trigger::Form,
        Agent = Trigger::Agent,
        NoAssistant = Trigger::NoAssistant,
    });
    variants!(visit, "passed", Passed {
        Rejected = Passed::Rejected,
        Expired = Passed::Expired,
        Withdrawn = Passed::Withdrawn,
    });
    variants!(visit, "taken", Taken {
        Claimed = Taken::Claimed,
        Assigned = Taken::Assigned,
        SteppedIn = Taken::SteppedIn,
    });
    variants!(visit, "released", Released {
        Given = Released::Given,
        Lost = Released::Lost,
        Unassigned = Released::Unassigned,
    });
    variants!(visit, "woken", Woken {
        Agent = Woken::Agent,
        Visitor = Woken::Visitor,
        Time = Woken::Time,
    });
    variants!(visit, "owed", Owed {
        FirstReply = Owed::FirstReply,
        NextReply = Owed::NextReply,
    });
    variants!(visit, "order", Order {
        Waiting = Order::Waiting,
        Newest = Order::Newest,
        Due = Order::Due,
    });
    variants!(visit, "label_change", LabelChange {
        Category = LabelChange::Category(Some(shipping())),
        AddTag = LabelChange::AddTag(urgent()),
        RemoveTag = LabelChange::RemoveTag(urgent()),
    });
    variants!(visit, "destination", Destination {
        Agent = Destination::Agent(ben()),
        Group = Destination::Group(repairs()),
        Queue = Destination::Queue,
    });
    variants!(visit, "missed_reason", MissedReason {
        Timeout = MissedReason::Timeout,
        NoAgent = MissedReason::NoAgent,
        OutOfHours = MissedReason::OutOfHours,
        VisitorLeft = MissedReason::VisitorLeft,
    });
    variants!(visit, "outcome", Outcome {
        RestoredToAi = Outcome::RestoredToAi,
        Closed = Outcome::Closed,
        AutoClosed = Outcome::AutoClosed,
        Spam = Outcome::Spam,
    });
    variants!(visit, "tab", Tab {
        Pending = Tab::Pending,
        Active = Tab::Active,
        Missed = Tab::Missed,
        Resolved = Tab::Resolved,
        Snoozed = Tab::Snoozed,
        Assistant = Tab::Assistant,
    });
    variants!(visit, "channel", Channel {
        Web = Channel::Web,
    });
    variants!(visit, "availability", Availability {
        Offline = Availability::Offline,
        Away = Availability::Away,
        Online = Availability::Online,
    });
    variants!(visit, "role", Role {
        SupportAgent = Role::SupportAgent,
        Agent = Role::Agent,
        AccountManager = Role::AccountManager,
        Supervisor = Role::Supervisor,
        Admin = Role::Admin,
        Owner = Role::Owner,
    });
    variants!(visit, "permission", Permission {
        SeeConversations = Permission::SeeConversations,
        TakeChats = Permission::TakeChats,
        WriteNotes = Permission::WriteNotes,
        AssignChats = Permission::AssignChats,
        SaveSettings = Permission::SaveSettings,
        ShareReplies = Permission::ShareReplies,
        ShareViews = Permission::ShareViews,
        SaveTeam = Permission::SaveTeam,
        SaveOwners = Permission::SaveOwners,
        SeeEmbedding = Permission::SeeEmbedding,
        SeeIdentitySecrets = Permission::SeeIdentitySecrets,
        EditContacts = Permission::EditContacts,
        SeeAddresses = Permission::SeeAddresses,
        BlockVisitors = Permission::BlockVisitors,
        EraseData = Permission::EraseData,
        SeeAudit = Permission::SeeAudit,
        UseApi = Permission::UseApi,
    });
}

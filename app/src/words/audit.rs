//! What people did, in words.

use protocol::audit::AuditKind;
use protocol::delivery::DeliveryKind;
use protocol::person::Role;

use super::{role, t};

/// What somebody did.
pub(crate) fn audit_kind(kind: AuditKind) -> &'static str {
    match kind {
        AuditKind::SignedIn => t::did_sign_in(),
        AuditKind::SignInRefused => t::did_not_sign_in(),
        AuditKind::SignedOut => t::did_sign_out(),
        AuditKind::PasswordChanged => t::mail_changed(),
        AuditKind::ResetMade => t::did_make_reset(),
        AuditKind::TwoStepsOn => t::did_turn_steps_on(),
        AuditKind::TwoStepsOff => t::did_turn_steps_off(),
        AuditKind::RecoveryRenewed => t::did_renew_recovery(),
        AuditKind::Profile => t::did_save_profile(),
        AuditKind::AgentAdded => t::did_add_agent(),
        AuditKind::InviteMade => t::did_invite(),
        AuditKind::InviteMailed => t::did_mail_invite(),
        AuditKind::InviteRevoked => t::did_revoke_invite(),
        AuditKind::InviteAccepted => t::did_join(),
        AuditKind::Member => t::did_save_member(),
        AuditKind::Assignment => t::did_assign(),
        AuditKind::Activated => t::did_activate(),
        AuditKind::Deactivated => t::did_deactivate(),
        AuditKind::Group => t::did_save_group(),
        AuditKind::WorkspaceMade => t::did_set_up(),
        AuditKind::Settings => t::did_save_settings(),
        AuditKind::Look => t::did_save_look(),
        AuditKind::Target => t::did_save_targets(),
        AuditKind::ChatbotMade => t::did_make_chatbot(),
        AuditKind::ChatbotRenamed => t::did_rename_chatbot(),
        AuditKind::ChatbotArchived => t::did_archive_chatbot(),
        AuditKind::ChatbotRestored => t::did_restore_chatbot(),
        AuditKind::ChatbotPicture => t::did_set_picture(),
        AuditKind::Knowledge => t::did_teach(),
        AuditKind::IdentitySecret => t::did_renew_secret(),
        AuditKind::Label => t::did_save_label(),
        AuditKind::Reply => t::did_save_reply(),
        AuditKind::View => t::did_save_view(),
        AuditKind::ContactEdited => t::did_edit_contact(),
        AuditKind::ContactsMerged => t::did_merge_contacts(),
        AuditKind::ContactSplit => t::did_split_contact(),
        AuditKind::Blocked => t::did_block(),
        AuditKind::Unblocked => t::did_unblock(),
        AuditKind::Erased => t::did_erase(),
        AuditKind::Exported => t::did_export(),
        AuditKind::Imported => t::did_import(),
        AuditKind::RoleMade => t::did_make_role(),
        AuditKind::RoleChanged => t::did_save_role(),
        AuditKind::RoleDeleted => t::did_delete_role(),
        AuditKind::ModuleSwitched => t::did_switch_module(),
        AuditKind::TokenMade => t::did_make_token(),
        AuditKind::TokenRevoked => t::did_revoke_token(),
        AuditKind::MailSentAgain => t::did_send_again(),
    }
}

/// What is mailed.
pub(crate) fn mail_kind(kind: DeliveryKind) -> &'static str {
    match kind {
        DeliveryKind::Invite => t::mail_invite(),
        DeliveryKind::Reset => t::mail_reset(),
        DeliveryKind::PasswordChanged => t::mail_changed(),
        DeliveryKind::Handoff => t::mail_handoff(),
        DeliveryKind::Test => t::mail_test(),
    }
}

/// What the role is called that a row names by this word.
pub(crate) fn role_of(word: &str) -> Option<&'static str> {
    Some(role(match word {
        "support_agent" => Role::SupportAgent,
        "agent" => Role::Agent,
        "account_manager" => Role::AccountManager,
        "supervisor" => Role::Supervisor,
        "admin" => Role::Admin,
        "owner" => Role::Owner,
        _ => return None,
    }))
}

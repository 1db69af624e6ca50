//! Roles, and what they allow, in words.

use domain::permissions::Permission;
use protocol::module::{Module, SwitchedOff};
use protocol::person::Role;

use super::t;

/// What a role is called.
pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::SupportAgent => t::role_support_agent(),
        Role::Agent => t::role_agent(),
        Role::AccountManager => t::role_account_manager(),
        Role::Supervisor => t::role_supervisor(),
        Role::Admin => t::role_admin(),
        Role::Owner => t::role_owner(),
    }
}

/// What a module is called, and what it is.
pub(crate) fn module(module: Module) -> (&'static str, &'static str) {
    match module {
        Module::LiveChat => (t::module_live_chat(), t::module_live_chat_about()),
        Module::Assistant => (t::module_assistant(), t::module_assistant_about()),
        Module::Contacts => (t::contacts_word(), t::module_contacts_about()),
        Module::Sharing => (t::module_sharing(), t::module_sharing_about()),
        Module::Embedding => (t::embed(), t::module_embedding_about()),
        Module::Erasing => (t::erasures(), t::module_erasing_about()),
        Module::Audit => (t::audit(), t::module_audit_about()),
        Module::Api => (t::module_api(), t::module_api_about()),
    }
}

/// That a module is switched off, and who can switch it on.
pub(crate) fn switched_off(off: &SwitchedOff) -> String {
    let (name, _) = module(off.module);
    let who = off.by.join(", ");
    match off.everywhere {
        true => t::off_everywhere(&name, &who),
        false => t::off_for_role(&name, &who),
    }
}

/// What a permission allows.
pub(crate) fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::SeeConversations => t::may_see_conversations(),
        Permission::TakeChats => t::may_take_chats(),
        Permission::WriteNotes => t::may_write_notes(),
        Permission::AssignChats => t::may_assign_chats(),
        Permission::SaveSettings => t::may_save_settings(),
        Permission::ShareReplies => t::may_share_replies(),
        Permission::ShareViews => t::may_share_views(),
        Permission::SaveTeam => t::may_save_team(),
        Permission::SaveOwners => t::may_save_owners(),
        Permission::SeeEmbedding => t::may_see_embedding(),
        Permission::SeeIdentitySecrets => t::may_see_secrets(),
        Permission::EditContacts => t::may_edit_contacts(),
        Permission::SeeAddresses => t::may_see_addresses(),
        Permission::BlockVisitors => t::may_block_visitors(),
        Permission::EraseData => t::may_erase_data(),
        Permission::SeeAudit => t::may_see_audit(),
        Permission::UseApi => t::may_use_api(),
    }
}

//! The database's history, on SQLite and PostgreSQL: one file per change, in the order of their names.

mod m20261121_01_create_workspaces;
mod m20261121_02_create_chatbots;
mod m20261121_03_create_agents;
mod m20261121_04_assign_chatbots;
mod m20261121_05_create_sign_ins;
mod m20261121_06_create_visitors;
mod m20261121_07_create_sessions;
mod m20261121_08_create_conversations;
mod m20261121_09_create_entries;
mod m20261121_10_create_handoffs;
mod m20261121_11_create_claims;
mod m20261121_12_create_runs;
mod m20261121_13_create_knowledge;
mod m20261121_14_add_settings_layers;
mod m20261121_15_add_attendance;
mod m20261121_16_create_groups;
mod m20261121_17_extend_conversations;
mod m20261121_18_extend_handoffs;
mod m20261121_19_create_leads;
mod m20261122_01_snooze_and_label;
mod m20261122_02_create_labels;
mod m20261122_20_create_attachments;
mod m20261122_21_count_files_of_last_lines;
mod m20261122_30_create_saved_replies;
mod m20261122_31_create_drafts;
mod m20261122_32_create_mentions;
mod m20261123_01_create_contacts;
mod m20261123_02_block_visitors;
mod m20261123_03_index_panel;
mod m20261123_11_index_entries;
mod m20261123_12_create_saved_views;
mod m20261124_01_let_agents_join;
mod m20261124_02_index_contacts;
mod m20261124_11_add_targets;
mod m20261124_12_add_steps;
mod m20261124_41_create_identity_secrets;
mod m20261125_01_rate_handoffs;
mod m20261125_21_archive_chatbots;
mod m20261125_61_create_reply_files;
mod m20261125_62_create_invites;
mod m20261126_11_create_deliveries;
mod m20261126_21_add_profiles;
mod m20261126_22_create_second_steps;
mod m20261127_11_create_audit;
mod m20261127_12_stage_imports;
mod m20261127_21_add_languages;
mod m20261127_31_create_erasures;
mod m20261127_41_create_chatbot_pictures;
mod m20261127_42_create_consents;
mod m20261128_31_create_roles;
mod m20261128_32_add_modules;
mod m20261129_01_index_beginnings;
mod m20261129_41_add_notices;
mod m20261129_42_invite_to_roles;
mod m20261130_11_create_api_tokens;
mod m20261130_21_date_choices;
mod sql;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// Brings a database from any version to this one, and back.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_01_create_workspaces::Migration),
            Box::new(m20261121_02_create_chatbots::Migration),
            Box::new(m20261121_03_create_agents::Migration),
            Box::new(m20261121_04_assign_chatbots::Migration),
            Box::new(m20261121_05_create_sign_ins::Migration),
            Box::new(m20261121_06_create_visitors::Migration),
            Box::new(m20261121_07_create_sessions::Migration),
            Box::new(m20261121_08_create_conversations::Migration),
            Box::new(m20261121_09_create_entries::Migration),
            Box::new(m20261121_10_create_handoffs::Migration),
            Box::new(m20261121_11_create_claims::Migration),
            Box::new(m20261121_12_create_runs::Migration),
            Box::new(m20261121_13_create_knowledge::Migration),
            Box::new(m20261121_14_add_settings_layers::Migration),
            Box::new(m20261121_15_add_attendance::Migration),
            Box::new(m20261121_16_create_groups::Migration),
            Box::new(m20261121_17_extend_conversations::Migration),
            Box::new(m20261121_18_extend_handoffs::Migration),
            Box::new(m20261121_19_create_leads::Migration),
            Box::new(m20261122_01_snooze_and_label::Migration),
            Box::new(m20261122_02_create_labels::Migration),
            Box::new(m20261122_20_create_attachments::Migration),
            Box::new(m20261122_21_count_files_of_last_lines::Migration),
            Box::new(m20261122_30_create_saved_replies::Migration),
            Box::new(m20261122_31_create_drafts::Migration),
            Box::new(m20261122_32_create_mentions::Migration),
            Box::new(m20261123_11_index_entries::Migration),
            Box::new(m20261123_12_create_saved_views::Migration),
            Box::new(m20261123_01_create_contacts::Migration),
            Box::new(m20261123_02_block_visitors::Migration),
            Box::new(m20261123_03_index_panel::Migration),
            Box::new(m20261124_01_let_agents_join::Migration),
            Box::new(m20261124_02_index_contacts::Migration),
            Box::new(m20261124_11_add_targets::Migration),
            Box::new(m20261124_12_add_steps::Migration),
            Box::new(m20261124_41_create_identity_secrets::Migration),
            Box::new(m20261125_21_archive_chatbots::Migration),
            Box::new(m20261125_61_create_reply_files::Migration),
            Box::new(m20261125_62_create_invites::Migration),
            Box::new(m20261125_01_rate_handoffs::Migration),
            Box::new(m20261126_11_create_deliveries::Migration),
            Box::new(m20261126_21_add_profiles::Migration),
            Box::new(m20261126_22_create_second_steps::Migration),
            Box::new(m20261127_31_create_erasures::Migration),
            Box::new(m20261127_11_create_audit::Migration),
            Box::new(m20261127_12_stage_imports::Migration),
            Box::new(m20261127_21_add_languages::Migration),
            Box::new(m20261127_41_create_chatbot_pictures::Migration),
            Box::new(m20261127_42_create_consents::Migration),
            Box::new(m20261128_31_create_roles::Migration),
            Box::new(m20261128_32_add_modules::Migration),
            Box::new(m20261129_01_index_beginnings::Migration),
            Box::new(m20261129_41_add_notices::Migration),
            Box::new(m20261129_42_invite_to_roles::Migration),
            Box::new(m20261130_11_create_api_tokens::Migration),
            Box::new(m20261130_21_date_choices::Migration),
        ]
    }
}

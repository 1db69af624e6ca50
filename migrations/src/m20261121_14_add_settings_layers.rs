//! Adds settings of the workspace, row versions of settings, and who changed them.

crate::sql::migration! {
    up: "
        ALTER TABLE workspaces ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
        -- Whoever saves names the version that was looked at.
        ALTER TABLE workspaces ADD COLUMN settings_version {number} NOT NULL DEFAULT 0;
        ALTER TABLE chatbots ADD COLUMN settings_version {number} NOT NULL DEFAULT 0;
        -- Until now a chatbot had a handful of messages and no way to change them.
        UPDATE chatbots SET settings = '{}';

        CREATE TABLE settings_changes (
            id {row},
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            -- None for settings of the workspace.
            chatbot_id {id} REFERENCES chatbots (id) ON DELETE CASCADE,
            agent_id {id} NOT NULL REFERENCES agents (id),
            at {number} NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL
        ){strict};

        CREATE INDEX settings_changes_of_workspace ON settings_changes (workspace_id, at);
    ",
    down: "
        DROP TABLE settings_changes;
        ALTER TABLE chatbots DROP COLUMN settings_version;
        ALTER TABLE workspaces DROP COLUMN settings_version;
        ALTER TABLE workspaces DROP COLUMN settings;
    ",
}

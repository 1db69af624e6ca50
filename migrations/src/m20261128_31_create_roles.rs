//! Adds the roles that a workspace makes itself: a preset, without some of what that gives.

crate::sql::migration! {
    up: "
        CREATE TABLE team_roles (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            name TEXT NOT NULL,
            -- The preset. Owners may do everything, so none is like them.
            preset TEXT NOT NULL CHECK (preset <> 'owner'),
            -- The permissions that are taken away, as a list in JSON.
            without TEXT NOT NULL
        ){strict};

        CREATE INDEX team_roles_of_workspace ON team_roles (workspace_id, name);

        ALTER TABLE agents ADD COLUMN team_role_id {id} REFERENCES team_roles (id);
        -- What their role takes away, once more: whatever loads an agent has it with the same row.
        ALTER TABLE agents ADD COLUMN without TEXT NOT NULL DEFAULT '[]';

        CREATE INDEX agents_of_team_role ON agents (team_role_id) WHERE team_role_id IS NOT NULL;
    ",
    down: "
        DROP INDEX agents_of_team_role;
        ALTER TABLE agents DROP COLUMN without;
        ALTER TABLE agents DROP COLUMN team_role_id;
        DROP TABLE team_roles;
    ",
}

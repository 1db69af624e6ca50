//! Lets invitations name a role of the workspace's own.

crate::sql::migration! {
    up: "
        -- It is like the invitation's role. Who deletes it ends the invitations to it: nobody joins
        -- with more than they were invited to.
        ALTER TABLE invites ADD COLUMN team_role_id {id} REFERENCES team_roles (id);

        CREATE INDEX invites_to_team_role ON invites (team_role_id) WHERE team_role_id IS NOT NULL;
    ",
    down: "
        DROP INDEX invites_to_team_role;
        -- What they were for does not exist there.
        DELETE FROM invites WHERE team_role_id IS NOT NULL;
        ALTER TABLE invites DROP COLUMN team_role_id;
    ",
}

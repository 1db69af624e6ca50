//! Adds the secrets with which sites prove who their visitors are, and the sites' own ids of contacts.

crate::sql::migration! {
    up: "
        CREATE TABLE identity_secrets (
            chatbot_id {id} NOT NULL PRIMARY KEY REFERENCES chatbots (id),
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            secret TEXT NOT NULL,
            made_at {number} NOT NULL,
            UNIQUE (workspace_id, chatbot_id)
        ){strict};

        -- Only ids that were proven: whoever has one is that contact, on whatever device.
        ALTER TABLE contacts ADD COLUMN site_id TEXT;
        CREATE UNIQUE INDEX contacts_of_site ON contacts (workspace_id, site_id) WHERE site_id IS NOT NULL;
    ",
    down: "
        DROP INDEX contacts_of_site;
        ALTER TABLE contacts DROP COLUMN site_id;
        DROP TABLE identity_secrets;
    ",
}

//! Adds what visitors are known by, beginning with what they wrote last into a form.

crate::sql::migration! {
    up: "
        CREATE TABLE contacts (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            version {number} NOT NULL,
            name TEXT NOT NULL,
            name_origin TEXT NOT NULL,
            email TEXT NOT NULL,
            email_origin TEXT NOT NULL,
            phone TEXT NOT NULL,
            phone_origin TEXT NOT NULL,
            company TEXT NOT NULL,
            company_origin TEXT NOT NULL,
            attributes TEXT NOT NULL,
            UNIQUE (workspace_id, id)
        ){strict};

        -- Nothing until something is known of the visitor. Several visitors may be one contact.
        ALTER TABLE visitors ADD COLUMN contact_id {id};
        CREATE INDEX visitors_of_contact ON visitors (contact_id) WHERE contact_id IS NOT NULL;

        INSERT INTO contacts
        SELECT visitors.id, visitors.workspace_id, 1,
            COALESCE(leads.name, ''), 'form', COALESCE(leads.email, ''), 'form',
            COALESCE(leads.phone, ''), 'form', '', 'form', '[]'
        FROM visitors JOIN leads ON leads.conversation_id = visitors.conversation_id
        WHERE leads.id = (
            SELECT newest.id FROM leads AS newest
            WHERE newest.conversation_id = visitors.conversation_id
                AND (newest.name IS NOT NULL OR newest.email IS NOT NULL OR newest.phone IS NOT NULL)
            ORDER BY newest.changed_at DESC, newest.id DESC LIMIT 1
        );
        UPDATE visitors SET contact_id = id WHERE id IN (SELECT contacts.id FROM contacts);
    ",
    down: "
        DROP INDEX visitors_of_contact;
        ALTER TABLE visitors DROP COLUMN contact_id;
        DROP TABLE contacts;
    ",
}

//! Finds contacts by their e-mail address and phone number.

crate::sql::migration! {
    up: "
        CREATE INDEX contacts_by_email ON contacts (workspace_id, lower(email));
        CREATE INDEX contacts_by_phone ON contacts (workspace_id, phone);
    ",
    down: "
        DROP INDEX contacts_by_phone;
        DROP INDEX contacts_by_email;
    ",
}

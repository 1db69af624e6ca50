//! Adds entries.

crate::sql::migration! {
    up: "
        -- No foreign key to conversations: an entry is only ever inserted by the transaction that
        -- raised last_seq in that very row, so a key would check again, per entry, what was checked.
        CREATE TABLE entries (
            -- A number and not (conversation_id, seq): new rows of all conversations go to one end
            -- of the table instead of splitting pages all over it.
            id {row},
            workspace_id {id} NOT NULL,
            conversation_id {id} NOT NULL,
            seq {number} NOT NULL CHECK (seq > 0),
            public_seq {number} CHECK (public_seq > 0),
            at {number} NOT NULL,
            key {id},
            digest {number},
            author_kind TEXT NOT NULL,
            -- The agent or the visitor; nothing for the AI and the system, who have no keys.
            author_id {id},
            body_kind TEXT NOT NULL,
            text TEXT NOT NULL,
            data TEXT,
            CHECK ((key IS NULL) = (digest IS NULL)),
            -- Two rows without an author would not be told apart by one_entry_per_key.
            CHECK (key IS NULL OR author_id IS NOT NULL),
            -- What a visitor must never see has no number on the visitor's side.
            CHECK (body_kind <> 'note' OR public_seq IS NULL)
        ){strict};

        -- No number is given twice, whatever goes wrong above.
        CREATE UNIQUE INDEX one_entry_per_seq ON entries (conversation_id, seq);
        CREATE UNIQUE INDEX one_entry_per_public_seq ON entries (conversation_id, public_seq)
            WHERE public_seq IS NOT NULL;
        -- A command that comes again is the same command, for ever.
        CREATE UNIQUE INDEX one_entry_per_key
            ON entries (conversation_id, key, author_kind, author_id)
            WHERE key IS NOT NULL;
    ",
    down: "DROP TABLE entries;",
}

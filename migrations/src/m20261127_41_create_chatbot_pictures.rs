//! Adds the picture that a chatbot's assistant is shown by, and finds agents' pictures by their own ids.

crate::sql::migration! {
    up: "
        -- As agents' pictures: a few kilobytes, which come and go with their chatbot.
        CREATE TABLE chatbot_pictures (
            chatbot_id {id} NOT NULL PRIMARY KEY REFERENCES chatbots (id) ON DELETE CASCADE,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            -- Another one for every picture, so that its address says which it is.
            picture_id {id} NOT NULL,
            media_type TEXT NOT NULL,
            content {bytes} NOT NULL
        ){strict};

        -- Visitors know an agent's picture by this id alone.
        CREATE UNIQUE INDEX agent_pictures_by_picture ON agent_pictures (picture_id);
    ",
    down: "
        DROP INDEX agent_pictures_by_picture;
        DROP TABLE chatbot_pictures;
    ",
}

//! Adds the record of what people changed, which is only ever added to, with the changes of settings
//! that were kept until now.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::Value as Json;

use crate::sql::run;

/// See the first line of the file.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Changes that are read at once.
const PAGE: usize = 200;
/// Fields that one row tells of, and the characters of a value.
const FIELDS: usize = 60;
const VALUE: usize = 200;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await?;
        move_changes(manager).await?;
        run(manager, "DROP TABLE settings_changes").await?;
        let guards = match manager.get_database_backend() {
            DbBackend::Sqlite => ON_SQLITE,
            _ => ON_POSTGRES,
        };
        run(manager, guards).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, "DROP TABLE refused_sign_ins; DROP TABLE audit;").await?;
        run(manager, BEFORE).await?;
        match manager.get_database_backend() {
            DbBackend::Sqlite => Ok(()),
            _ => run(manager, "DROP FUNCTION audit_stays()").await,
        }
    }

    // All of it or nothing, on SQLite too, which does not by itself.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLES: &str = "
    CREATE TABLE audit (
        id {row},
        workspace_id {id} NOT NULL REFERENCES workspaces (id),
        at {number} NOT NULL,
        -- Names and ids as they were: no row here depends on another that may change or go.
        agent_id {id},
        agent_name TEXT NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        subject_id {id},
        subject_name TEXT NOT NULL,
        -- By which it is found: the subject's name in lower case.
        found TEXT NOT NULL,
        -- JSON of fields, before and after. Never a secret, a message or a visitor's details.
        changes TEXT NOT NULL,
        address TEXT NOT NULL,
        user_agent TEXT NOT NULL,
        -- How often by then, within the hour.
        times {number} NOT NULL
    ){strict};

    CREATE INDEX audit_of_workspace ON audit (workspace_id, id);
    CREATE INDEX audit_of_agent ON audit (workspace_id, agent_id, id);
    CREATE INDEX audit_of_kind ON audit (workspace_id, kind, id);

    -- How often whom was refused from where within this hour, so that guessing a thousand times
    -- adds four rows to the record and not a thousand.
    CREATE TABLE refused_sign_ins (
        workspace_id {id} NOT NULL,
        hour {number} NOT NULL,
        place TEXT NOT NULL,
        agent_id {id} NOT NULL,
        times {number} NOT NULL,
        PRIMARY KEY (workspace_id, hour, place, agent_id)
    ){strict};
";

/// What was there before, as it was written.
const BEFORE: &str = "
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
";

const ON_SQLITE: &str = "
    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
        SELECT RAISE(ABORT, 'the audit log is only added to');
    END;
    CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN
        SELECT RAISE(ABORT, 'the audit log is only added to');
    END;
";

const ON_POSTGRES: &str = "
    CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$;
    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit
        FOR EACH ROW EXECUTE FUNCTION audit_stays();
    CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
";

/// Every change of settings that was kept, as a row of the record.
async fn move_changes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let backend = db.get_database_backend();
    let mut last = 0_i64;
    loop {
        let page = format!(
            "SELECT settings_changes.id, settings_changes.before, settings_changes.after
            FROM settings_changes WHERE id > {last} ORDER BY id LIMIT {PAGE}"
        );
        let rows = db
            .query_all_raw(Statement::from_string(backend, page))
            .await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            last = row.try_get("", "id")?;
            let before: String = row.try_get("", "before")?;
            let after: String = row.try_get("", "after")?;
            let text = format!(
                "INSERT INTO audit (workspace_id, at, agent_id, agent_name, kind, subject, subject_id,
                    subject_name, found, changes, address, user_agent, times)
                SELECT one.workspace_id, one.at, one.agent_id, agents.name, 'settings',
                    CASE WHEN chatbots.id IS NULL THEN 'workspace' ELSE 'chatbot' END,
                    one.chatbot_id, COALESCE(chatbots.name, workspaces.name),
                    LOWER(COALESCE(chatbots.name, workspaces.name)), CAST($1 AS text), '', '', 1
                FROM settings_changes AS one
                JOIN agents ON agents.id = one.agent_id
                JOIN workspaces ON workspaces.id = one.workspace_id
                LEFT JOIN chatbots ON chatbots.id = one.chatbot_id
                WHERE one.id = {last}"
            );
            let changes = changes(&before, &after);
            let insert = Statement::from_sql_and_values(backend, text, [changes.into()]);
            db.execute_raw(insert).await?;
        }
    }
}

/// What differs between two layers of settings, as JSON.
fn changes(before: &str, after: &str) -> String {
    let read = |text| serde_json::from_str(text).unwrap_or(Json::Null);
    let mut changes = Vec::new();
    compare("", &read(before), &read(after), &mut changes);
    changes.truncate(FIELDS);
    Json::Array(changes).to_string()
}

fn compare(path: &str, before: &Json, after: &Json, changes: &mut Vec<Json>) {
    if before == after {
        return;
    }
    if let (Json::Object(old), Json::Object(new)) = (before, after) {
        let names: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).collect();
        for name in names {
            let path = match path {
                "" => name.clone(),
                path => format!("{path}.{name}"),
            };
            let of = |part: &serde_json::Map<String, Json>| part.get(name).cloned();
            let (old, new) = (of(old).unwrap_or_default(), of(new).unwrap_or_default());
            compare(&path, &old, &new, changes);
        }
        return;
    }
    changes.push(serde_json::json!({
        "field": path,
        "before": said(before),
        "after": said(after),
    }));
}

fn said(value: &Json) -> String {
    let text = match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        value => value.to_string(),
    };
    text.chars().take(VALUE).collect()
}

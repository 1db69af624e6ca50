//! The database's history, forwards, backwards and forwards again.

use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::place::Place;

/// Everything the schema is made of, in a fixed order.
async fn schema(place: &Place, connection: &DatabaseConnection) -> Vec<String> {
    let question = if place.is_sqlite() {
        "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_master
         WHERE name NOT LIKE 'sqlite%' AND tbl_name <> 'seaql_migrations' ORDER BY line"
    } else {
        "SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' '
                || is_nullable || ' ' || coalesce(column_default, '') AS line
         FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'
         UNION ALL
         SELECT 'index ' || indexdef FROM pg_indexes
         WHERE schemaname = 'public' AND tablename <> 'seaql_migrations'
         UNION ALL
         SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid)
         FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace
           AND conrelid::regclass::text <> 'seaql_migrations'
         ORDER BY line"
    };
    let question = Statement::from_string(connection.get_database_backend(), question);
    let rows = connection.query_all_raw(question).await.unwrap();
    rows.iter()
        .map(|row| row.try_get("", "line").unwrap())
        .collect()
}

#[tokio::test]
async fn every_migration_can_be_undone_and_done_again() {
    let place = Place::fresh().await;
    let connection = place.by_hand().await;
    let nothing = Vec::<String>::new();
    assert_eq!(nothing, schema(&place, &connection).await);

    Migrator::up(&connection, None).await.unwrap();
    let first = schema(&place, &connection).await;
    assert!(first.len() > 20, "{first:#?}");

    // One by one, so that each undoes what it did and nothing else.
    let steps = Migrator::migrations().len();
    let mut schemas = vec![first.clone()];
    for _ in 0..steps {
        Migrator::down(&connection, Some(1)).await.unwrap();
        schemas.push(schema(&place, &connection).await);
    }
    assert_eq!(Some(&nothing), schemas.last());
    for expected in schemas.iter().rev().skip(1) {
        Migrator::up(&connection, Some(1)).await.unwrap();
        assert_eq!(*expected, schema(&place, &connection).await);
    }

    Migrator::down(&connection, None).await.unwrap();
    Migrator::up(&connection, None).await.unwrap();
    assert_eq!(first, schema(&place, &connection).await);
    connection.close().await.unwrap();
}

/// The statement for both databases: `id(1)` is an id, `yes` is true.
fn sql(place: &Place, text: &str) -> String {
    let mut text = text.to_owned();
    for number in 1..=4 {
        let (hex, uuid) = (format!("{number:032x}"), format!("{number:08x}"));
        let id = match place.is_sqlite() {
            true => format!("x'{hex}'"),
            false => format!("'00000000-0000-0000-0000-0000{uuid}'::uuid"),
        };
        text = text.replace(&format!("id({number})"), &id);
    }
    text.replace("yes", if place.is_sqlite() { "1" } else { "true" })
}

#[tokio::test]
async fn changes_of_settings_go_into_the_audit_log_and_nothing_comes_out_of_it() {
    let place = Place::fresh().await;
    let connection = place.by_hand().await;
    let all = Migrator::migrations();
    let before = all
        .iter()
        .position(|one| one.name() == "m20261127_11_create_audit");
    let before = u32::try_from(before.expect("it is there")).unwrap();
    Migrator::up(&connection, Some(before)).await.unwrap();
    let old = r#"'{"look": {"radius": 8, "side": "right"}}'"#;
    let new = r#"'{"look": {"radius": 12, "side": "right"}}'"#;
    for text in [
        "INSERT INTO workspaces (id, name, created_at) VALUES (id(1), 'Tarn', 1)".to_owned(),
        "INSERT INTO chatbots (id, workspace_id, name, settings, created_at)
            VALUES (id(2), id(1), 'Shop Help', '{}', 1)"
            .to_owned(),
        "INSERT INTO agents (id, workspace_id, name, email, password_hash, role, chosen,
            all_chatbots, chat_limit, load, created_at)
            VALUES (id(3), id(1), 'Olga', 'o@example.org', 'x', 'owner', 'online', yes, 3, 0, 1)"
            .to_owned(),
        format!(
            "INSERT INTO settings_changes (workspace_id, chatbot_id, agent_id, at, before, after)
            VALUES (id(1), id(2), id(3), 7, {old}, {new}), (id(1), NULL, id(3), 8, '{{}}', {new})"
        ),
    ] {
        let text = sql(&place, &text);
        connection.execute_unprepared(&text).await.unwrap();
    }
    Migrator::up(&connection, None).await.unwrap();

    let rows = "SELECT agent_name || ' ' || kind || ' ' || subject || ' ' || subject_name || ' '
        || found || ' ' || changes AS line FROM audit ORDER BY id";
    let rows = Statement::from_string(connection.get_database_backend(), rows);
    let rows = connection.query_all_raw(rows).await.unwrap();
    let lines: Vec<String> = rows
        .iter()
        .map(|row| row.try_get("", "line").unwrap())
        .collect();
    assert_eq!(
        r#"Olga settings chatbot Shop Help shop help [{"after":"12","before":"8","field":"look.radius"}]"#,
        lines[0]
    );
    assert!(
        lines[1].starts_with("Olga settings workspace Tarn tarn"),
        "{lines:?}"
    );

    let mut tries = vec![
        "UPDATE audit SET changes = '[]'",
        "DELETE FROM audit WHERE id = 1",
    ];
    if !place.is_sqlite() {
        tries.push("TRUNCATE audit");
    }
    for text in tries {
        let error = connection.execute_unprepared(text).await.unwrap_err();
        assert!(
            error.to_string().contains("only added to"),
            "{text}: {error}"
        );
    }
    connection.close().await.unwrap();
}

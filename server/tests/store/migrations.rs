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

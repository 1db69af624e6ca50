//! Finding conversations by what their visitors are known by: it stands with the first entry of each.

use domain::{Entry, search};
use protocol::contact::Contact;
use protocol::{ConversationId, VisitorId};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::StoreError;
use super::apply::update;
use super::pad::pad;
use super::tables::{entries, found_entries, visitors};

/// Keeps the words of a contact with the conversations of its visitors.
pub(super) async fn index(
    tx: &DatabaseTransaction,
    known: &[(VisitorId, ConversationId)],
    contact: &Contact,
) -> Result<(), StoreError> {
    use found_entries::{Column, Entity};
    let came = visitors::Entity::find()
        .filter(visitors::Column::Id.is_in(pad(known.iter().map(|(id, _)| id.0).collect())))
        .all(tx)
        .await?;
    let firsts = entries::Entity::find()
        .filter(
            entries::Column::ConversationId.is_in(pad(known
                .iter()
                .map(|(_, conversation)| conversation.0)
                .collect())),
        )
        .filter(entries::Column::Seq.eq(1))
        .all(tx)
        .await?;
    let mut rows = Vec::new();
    for row in firsts {
        let id = row.id;
        let first = Entry::try_from(row)?;
        // By the name each came with they are found as well.
        let own = came
            .iter()
            .find(|visitor| visitor.conversation_id == first.conversation.0);
        let own = own.map(|visitor| visitor.name.clone());
        let texts: Vec<String> = own.into_iter().chain(texts(contact)).collect();
        let words = found_entries::words(texts.iter().map(String::as_str), &first.body);
        rows.push(vec![id.into(), words.into()]);
    }
    update::<Entity>(tx, &[Column::Id], &[Column::Words], rows).await?;
    Ok(())
}

/// Everything that a contact is known by.
fn texts(contact: &Contact) -> impl Iterator<Item = String> {
    let details = [
        &contact.name,
        &contact.email,
        &contact.phone,
        &contact.company,
    ];
    let details = details.into_iter().map(|detail| detail.text.clone());
    let attributes = contact.attributes.iter();
    let attributes = attributes.map(|attribute| attribute.text.clone());
    details
        .chain([search::digits(&contact.phone.text)])
        .chain(attributes)
}

//! Rows of what visitors are known by.

use protocol::contact::{Attribute, Contact, Detail, Origin};
use sea_orm::Set;
use sea_orm::entity::prelude::*;

use super::words::Word;
use super::{Reading, row_number};
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contacts")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub version: i64,
    pub name: String,
    pub name_origin: String,
    pub email: String,
    pub email_origin: String,
    pub phone: String,
    pub phone_origin: String,
    pub company: String,
    pub company_origin: String,
    pub attributes: String,
    /// The site's own id, if it was proven. Not a part of what agents see.
    pub site_id: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns that change.
pub(in crate::store) const CHANGING: [Column; 10] = [
    Column::Version,
    Column::Name,
    Column::NameOrigin,
    Column::Email,
    Column::EmailOrigin,
    Column::Phone,
    Column::PhoneOrigin,
    Column::Company,
    Column::CompanyOrigin,
    Column::Attributes,
];

/// How attributes are kept: their names are plain, whatever the wire calls them.
type Kept = Vec<(String, String)>;

impl Model {
    /// As it travels.
    pub(in crate::store) fn contact(self) -> Result<Contact, StoreError> {
        let reading = Reading {
            table: "contacts",
            id: self.id,
        };
        let detail = |column, text, origin: &str| {
            let origin: Origin = reading.word(column, origin)?;
            Ok::<_, StoreError>(Detail { text, origin })
        };
        let attributes: Kept =
            serde_json::from_str(&self.attributes).map_err(|_| reading.wrong("attributes"))?;
        let attributes = attributes.into_iter();
        Ok(Contact {
            version: reading.number("version", self.version)?,
            name: detail("name_origin", self.name, &self.name_origin)?,
            email: detail("email_origin", self.email, &self.email_origin)?,
            phone: detail("phone_origin", self.phone, &self.phone_origin)?,
            company: detail("company_origin", self.company, &self.company_origin)?,
            attributes: attributes
                .map(|(name, text)| Attribute { name, text })
                .collect(),
        })
    }
}

/// A contact as its row.
pub(in crate::store) fn row(workspace: Uuid, id: Uuid, contact: &Contact) -> ActiveModel {
    let origin = |detail: &Detail| Set(detail.origin.word().to_owned());
    let text = |detail: &Detail| Set(detail.text.clone());
    let attributes = contact.attributes.iter();
    let attributes: Kept = attributes
        .map(|one| (one.name.clone(), one.text.clone()))
        .collect();
    ActiveModel {
        id: Set(id),
        workspace_id: Set(workspace),
        version: Set(row_number(contact.version)),
        name: text(&contact.name),
        name_origin: origin(&contact.name),
        email: text(&contact.email),
        email_origin: origin(&contact.email),
        phone: text(&contact.phone),
        phone_origin: origin(&contact.phone),
        company: text(&contact.company),
        company_origin: origin(&contact.company),
        attributes: Set(serde_json::to_string(&attributes).expect("they are plain text")),
        site_id: Set(None),
    }
}

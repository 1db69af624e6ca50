//! An agent says that two visitors are one person, or that they are not.

use crate::desk::Desk;
use crate::store::{ContactMerge, ContactSplit, Failed, Known};

use super::edit_contact::tell;

/// Makes one contact of two, and tells everybody who looks at a conversation of either.
///
/// # Errors
/// The refusal of the store, or [`Failed::Unavailable`].
pub(crate) async fn merge_contacts(desk: &Desk, merge: ContactMerge) -> Result<(), Failed> {
    let workspace = merge.workspace;
    if let Some(known) = desk.store.merge_contacts(merge).await? {
        let told = known.clone();
        tell(desk, workspace, known).await;
        tell_panels(desk, &told);
    }
    Ok(())
}

/// Makes two contacts of one, and tells everybody who looks at a conversation of either.
///
/// # Errors
/// The refusal of the store, or [`Failed::Unavailable`].
pub(crate) async fn split_contact(desk: &Desk, split: ContactSplit) -> Result<(), Failed> {
    if let Some(known) = desk.store.split_contact(split).await? {
        tell_panels(desk, &known);
    }
    Ok(())
}

/// Which conversations stand beside each other is another matter for everybody who may see them.
fn tell_panels(desk: &Desk, known: &Known) {
    for (_, conversation) in &known.visitors {
        desk.hub.panel_changed(*conversation);
    }
}

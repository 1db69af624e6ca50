//! Views that only come to be once the page is alive, because they show what the hub tells.
//!
//! The server paints nothing in their place, so the browser needs no code to take painted elements
//! over: for the inbox that is a third of the whole program.

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState};

/// Marks a view as late.
pub(crate) trait IntoLate {
    /// The view, left out by the server.
    fn late(self) -> AnyView;
}

impl<T> IntoLate for T
where
    T: Render + Send + 'static,
    T::State: 'static,
{
    fn late(self) -> AnyView {
        Late(self).into_any()
    }
}

struct Late<T>(T);

impl<T: Render> Render for Late<T> {
    type State = T::State;

    fn build(self) -> Self::State {
        self.0.build()
    }

    fn rebuild(self, state: &mut Self::State) {
        self.0.rebuild(state);
    }
}

impl<T: Render + Send + 'static> leptos::tachys::view::add_attr::AddAnyAttr for Late<T> {
    type Output<New: Attribute> = AnyView;

    fn add_any_attr<New: Attribute>(self, _: New) -> Self::Output<New>
    where
        Self::Output<New>: RenderHtml,
    {
        self.into_any()
    }
}

impl<T: Render + Send + 'static> RenderHtml for Late<T> {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 3;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        ().to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    // Where the server did paint the page with it, its place was kept.
    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> Self::State {
        let place = RenderHtml::hydrate::<FROM_SERVER>((), cursor, position);
        let mut state = self.0.build();
        place.insert_before_this(&mut state);
        state
    }

    fn into_owned(self) -> Self {
        self
    }
}

//! Views that only come to be once the page is alive, because they show what the hub tells.
//!
//! The server paints nothing in their place, so the browser needs no code to take painted elements
//! over; and when one is made anew it takes the old one's place, so it needs no code to change one
//! into the other. For the inbox that is a third of the whole program. What has to keep its elements
//! (a text box, an open fold) is made once and follows single values inside.

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Position, PositionState};

/// Makes one type of every late view.
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
        Late(Box::new(self)).into_any()
    }
}

struct Late(Box<dyn Build + Send>);

trait Build {
    fn build(self: Box<Self>) -> Made;
}

impl<T> Build for T
where
    T: Render,
    T::State: 'static,
{
    fn build(self: Box<Self>) -> Made {
        Made::new(Render::build(*self))
    }
}

/// What became of a view in the page, whatever it is.
pub(super) struct Made(Box<dyn Mountable>);

impl Made {
    pub(super) fn new(state: impl Mountable + 'static) -> Self {
        Self(Box::new(state))
    }

    /// Puts another in its place.
    pub(super) fn replace(&mut self, mut other: Self) {
        self.insert_before_this(&mut other);
        self.unmount();
        *self = other;
    }
}

impl Mountable for Made {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.0.elements()
    }
}

impl Render for Late {
    type State = Made;

    fn build(self) -> Made {
        self.0.build()
    }

    fn rebuild(self, state: &mut Made) {
        state.replace(self.0.build());
    }
}

impl AddAnyAttr for Late {
    type Output<New: Attribute> = Self;

    fn add_any_attr<New: Attribute>(self, _: New) -> Self
    where
        Self::Output<New>: RenderHtml,
    {
        self
    }
}

impl RenderHtml for Late {
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
    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Made {
        let place = RenderHtml::hydrate::<FROM_SERVER>((), cursor, position);
        let mut state = Render::build(self);
        place.insert_before_this(&mut state);
        state
    }

    fn into_owned(self) -> Self {
        self
    }
}

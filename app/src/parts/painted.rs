//! Views that the server paints and the browser takes over, with one type for all of them.
//!
//! Plain `into_any` would do the same at a quarter more of the browser's program: for every view it
//! also brings the code that waits before taking over (everything a page shows has been loaded when
//! it is painted) and the code that changes one view into another (here the new takes the old one's
//! place).

use std::pin::Pin;

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::ssr::StreamBuilder;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Position, PositionState};

use super::late::Made;

/// Makes one type of every painted view.
pub(crate) trait IntoPainted {
    /// The view without its type.
    fn painted(self) -> AnyView;
}

impl<T: RenderHtml + 'static> IntoPainted for T {
    fn painted(self) -> AnyView {
        Painted(Box::new(self)).into_any()
    }
}

struct Painted(Box<dyn Paint>);

/// Nothing is written as text in the browser; said here, it need not be compiled for it.
const PAINTS: bool = cfg!(not(target_arch = "wasm32"));

trait Paint: Send {
    fn build(self: Box<Self>) -> Made;
    fn take_over(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Made;
    fn html_len(&self) -> usize;
    fn paint(self: Box<Self>, brush: Brush<'_>);
    fn dry_resolve(&mut self);
    fn resolve(self: Box<Self>) -> Pin<Box<dyn Future<Output = AnyView> + Send>>;
}

/// Where and how a view is written.
struct Brush<'a> {
    to: Target<'a>,
    position: &'a mut Position,
    escape: bool,
    mark_branches: bool,
    extra_attrs: Vec<AnyAttribute>,
}

enum Target<'a> {
    Text(&'a mut String),
    InOrder(&'a mut StreamBuilder),
    OutOfOrder(&'a mut StreamBuilder),
}

impl<T: RenderHtml + 'static> Paint for T {
    fn build(self: Box<Self>) -> Made {
        Made::new(Render::build(*self))
    }

    fn take_over(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Made {
        Made::new(RenderHtml::hydrate::<true>(*self, cursor, position))
    }

    fn html_len(&self) -> usize {
        if PAINTS {
            RenderHtml::html_len(self)
        } else {
            0
        }
    }

    fn paint(self: Box<Self>, brush: Brush<'_>) {
        if !PAINTS {
            return;
        }
        let Brush {
            to,
            position,
            escape,
            mark_branches,
            extra_attrs,
        } = brush;
        match to {
            Target::Text(buf) => {
                self.to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
            }
            Target::InOrder(buf) => self.to_html_async_with_buf::<false>(
                buf,
                position,
                escape,
                mark_branches,
                extra_attrs,
            ),
            Target::OutOfOrder(buf) => self.to_html_async_with_buf::<true>(
                buf,
                position,
                escape,
                mark_branches,
                extra_attrs,
            ),
        }
    }

    fn dry_resolve(&mut self) {
        if PAINTS {
            RenderHtml::dry_resolve(self);
        }
    }

    fn resolve(self: Box<Self>) -> Pin<Box<dyn Future<Output = AnyView> + Send>> {
        if PAINTS {
            Box::pin(async move { RenderHtml::resolve(*self).await.into_owned().into_any() })
        } else {
            Box::pin(async { ().into_any() })
        }
    }
}

impl Render for Painted {
    type State = Made;

    fn build(self) -> Made {
        self.0.build()
    }

    fn rebuild(self, state: &mut Made) {
        state.replace(self.0.build());
    }
}

impl AddAnyAttr for Painted {
    type Output<New: Attribute> = Self;

    // Attributes are given to elements alone here, never to what a component makes.
    fn add_any_attr<New: Attribute>(self, _: New) -> Self
    where
        Self::Output<New>: RenderHtml,
    {
        self
    }
}

impl RenderHtml for Painted {
    type AsyncOutput = AnyView;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {
        self.0.dry_resolve();
    }

    async fn resolve(self) -> AnyView {
        self.0.resolve().await
    }

    fn html_len(&self) -> usize {
        self.0.html_len()
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        let to = Target::Text(buf);
        self.0.paint(Brush {
            to,
            position,
            escape,
            mark_branches,
            extra_attrs,
        });
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        let to = if OUT_OF_ORDER {
            Target::OutOfOrder(buf)
        } else {
            Target::InOrder(buf)
        };
        self.0.paint(Brush {
            to,
            position,
            escape,
            mark_branches,
            extra_attrs,
        });
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Made {
        self.0.take_over(cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}

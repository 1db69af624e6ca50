//! Values that are passed on only when they differ.

use leptos::prelude::*;

/// A value that is read anew when something it reads has changed, and passed on when it differs.
/// Compiled once per type and not once per use.
pub(crate) fn memo<T>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    fn boxed<T>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| value())
    }
    boxed(Box::new(value))
}

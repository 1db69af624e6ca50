//! Who somebody is: passwords, sign-ins, visitors' tokens and the setup token.

pub(crate) mod codes;
pub(crate) mod cookie;
pub(crate) mod half_way;
pub(crate) mod identity;
pub(crate) mod origin;
pub(crate) mod password;
pub(crate) mod setup_token;
pub(crate) mod token;

pub(crate) use crate::store::SignInId;

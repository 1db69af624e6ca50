//! The rules, told as stories of a visitor, the team and the AI.

mod desk;

mod ai;
mod asking;
mod claiming;
mod handoff;
mod keys;
mod limits;
mod numbers;
mod permissions;
mod reading;
mod resolving;
mod table;

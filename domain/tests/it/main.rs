//! The rules, told as stories of a visitor, the team and the AI.

mod desk;

mod ai;
mod asking;
mod claiming;
mod doctor;
mod due;
mod files;
mod forms;
mod fuzz;
mod handoff;
mod histories;
mod holidays;
mod hours;
mod keys;
mod labels;
mod languages;
mod limits;
mod losing;
mod missed;
mod numbers;
mod offers;
mod outside;
mod permissions;
mod proposals;
mod reading;
mod resolving;
mod routing;
mod settings;
mod snoozing;
mod stepping_in;
mod table;
mod transfers;
mod triggers;
mod waiting;

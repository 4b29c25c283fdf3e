//! What people look at: pure functions from a plan and a run to lines of text.
//!
//! Nothing here reads a clock, a file or the terminal's size; `live` alone draws on a terminal.

pub mod frame;
pub mod live;
pub mod names;
pub mod outlook;
pub mod picture;
pub mod plain;
pub mod schedule;
pub mod text;
pub mod words;

#[cfg(test)]
mod tests;

//! The `rockhop` command.
fn main() {}

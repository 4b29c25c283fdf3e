//! The `rockhop` command. Everything it does is in the library beside this file.

use std::process::ExitCode;

fn main() -> ExitCode {
    rockhop_cli::main_with(std::env::args_os())
}

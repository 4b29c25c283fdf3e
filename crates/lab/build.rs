//! Puts the files under `image/` into the library, so that one binary can build the whole lab.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let image = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("image");
    let mut files = Vec::new();
    collect(&image, &mut files)?;
    files.sort();
    let mut code =
        String::from("/// Path below `image/` and text of every file.\npub static FILES: &[(&str, &str)] = &[\n");
    for file in files {
        let name = file.strip_prefix(&image).map_err(io::Error::other)?;
        let _ = writeln!(code, "    ({:?}, include_str!({:?})),", name.to_string_lossy(), file.to_string_lossy());
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?).join("files.rs");
    fs::write(out, code)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

//! Repositories made up in memory and written as createrepo_c would write them.

#![allow(dead_code, clippy::allow_attributes, reason = "each test and the benchmark use their own part of it")]

pub mod oracle;

use rockhop_solver::Library;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// The machine's libsolv.
pub fn library() -> Library {
    Library::open().expect("libsolv1 is installed (scripts/prerequisites.sh)")
}

/// How a metadata file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    Plain,
    Gzip,
    Zstd,
    Xz,
}

/// One package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub name: String,
    pub epoch: u32,
    pub version: String,
    pub release: String,
    pub arch: String,
    pub deps: Vec<(&'static str, String)>,
    pub files: Vec<String>,
}

impl Made {
    pub fn new(name: &str, version: &str) -> Self {
        let (name, version, release, arch) = (name.into(), version.into(), "1.el9".into(), "x86_64".into());
        Self { name, epoch: 0, version, release, arch, deps: Vec::new(), files: Vec::new() }
    }

    /// `kind` is a list's name in primary.xml: `requires`, `provides` ...; `dep` as in a spec file.
    #[must_use]
    pub fn with(mut self, kind: &'static str, dep: &str) -> Self {
        self.deps.push((kind, dep.to_owned()));
        self
    }

    pub fn artifact(&self) -> String {
        format!("{}-{}:{}-{}.{}", self.name, self.epoch, self.version, self.release, self.arch)
    }

    fn evr(&self) -> String {
        format!("epoch=\"{}\" ver=\"{}\" rel=\"{}\"", self.epoch, escaped(&self.version), escaped(&self.release))
    }
}

/// A module stream over some of the packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    pub module: String,
    pub stream: String,
    pub artifacts: Vec<String>,
    pub default: bool,
}

/// Writes a repository.
pub fn write(folder: &Path, packages: &[Made], streams: &[Stream], packing: Packing) {
    let repodata = folder.join("repodata");
    std::fs::create_dir_all(&repodata).expect("a folder");
    let mut repomd = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<repomd xmlns=\"http://linux.duke.edu/metadata/repo\" xmlns:rpm=\"http://linux.duke.edu/metadata/rpm\">\n<revision>1</revision>\n",
    );
    let mut files = vec![("primary", primary(packages)), ("filelists", filelists(packages))];
    if !streams.is_empty() {
        files.push(("modules", modules(streams)));
    }
    for (kind, text) in files {
        let (bytes, end) = packed(text.as_bytes(), packing);
        let name = format!("{kind}.{}{end}", if kind == "modules" { "yaml" } else { "xml" });
        std::fs::write(repodata.join(&name), &bytes).expect("a file");
        let _ = writeln!(
            repomd,
            "<data type=\"{kind}\"><checksum type=\"sha256\">{}</checksum><open-checksum type=\"sha256\">{}</open-checksum>\
             <location href=\"repodata/{name}\"/><timestamp>1</timestamp><size>{}</size><open-size>{}</open-size></data>",
            sha256(&bytes),
            sha256(text.as_bytes()),
            bytes.len(),
            text.len()
        );
    }
    repomd.push_str("</repomd>\n");
    std::fs::write(repodata.join("repomd.xml"), repomd).expect("a file");
}

pub fn sha256(bytes: &[u8]) -> String {
    ring::digest::digest(&ring::digest::SHA256, bytes).as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

fn packed(bytes: &[u8], packing: Packing) -> (Vec<u8>, &'static str) {
    match packing {
        Packing::Plain => (bytes.to_vec(), ""),
        Packing::Gzip => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).expect("memory");
            (encoder.finish().expect("memory"), ".gz")
        }
        Packing::Zstd => (zstd::encode_all(bytes, 3).expect("memory"), ".zst"),
        Packing::Xz => (by_xz(bytes), ".xz"),
    }
}

/// Rockhop only reads xz; writing is left to the tool.
fn by_xz(bytes: &[u8]) -> Vec<u8> {
    use std::process::{Command, Stdio};
    let mut xz =
        Command::new("xz").arg("-c").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("xz is installed");
    let mut stdin = xz.stdin.take().expect("piped");
    let bytes = bytes.to_vec();
    let feed = std::thread::spawn(move || stdin.write_all(&bytes));
    let out = xz.wait_with_output().expect("xz runs");
    feed.join().expect("no panic").expect("xz reads");
    out.stdout
}

fn primary(packages: &[Made]) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<metadata xmlns=\"http://linux.duke.edu/metadata/common\" xmlns:rpm=\"http://linux.duke.edu/metadata/rpm\" packages=\"{}\">\n",
        packages.len()
    );
    for p in packages {
        let _ = write!(
            xml,
            "<package type=\"rpm\"><name>{}</name><arch>{}</arch><version {}/><checksum type=\"sha256\" pkgid=\"YES\">{}</checksum>\
             <summary>{}</summary><description>made up &amp; small</description><packager/><url/><time file=\"1\" build=\"1\"/>\
             <size package=\"1\" installed=\"1\" archive=\"1\"/><location href=\"{}.rpm\"/><format><rpm:license>MIT</rpm:license>",
            escaped(&p.name),
            p.arch,
            p.evr(),
            sha256(p.artifact().as_bytes()),
            escaped(&p.name),
            escaped(&p.artifact()),
        );
        for kind in
            ["provides", "requires", "conflicts", "obsoletes", "recommends", "suggests", "supplements", "enhances"]
        {
            let list: Vec<String> = p.deps.iter().filter(|(k, _)| *k == kind).map(|(_, d)| entry(d)).collect();
            let itself = if kind == "provides" {
                format!("<rpm:entry name=\"{}\" flags=\"EQ\" {}/>", escaped(&p.name), p.evr())
            } else {
                String::new()
            };
            if !list.is_empty() || !itself.is_empty() {
                let _ = write!(xml, "<rpm:{kind}>{itself}{}</rpm:{kind}>", list.concat());
            }
        }
        for file in p.files.iter().filter(|f| f.starts_with("/etc/") || f.contains("bin/")) {
            let _ = write!(xml, "<file>{}</file>", escaped(file));
        }
        xml.push_str("</format></package>\n");
    }
    xml + "</metadata>\n"
}

fn filelists(packages: &[Made]) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<filelists xmlns=\"http://linux.duke.edu/metadata/filelists\" packages=\"{}\">\n",
        packages.len()
    );
    for p in packages {
        let _ = write!(
            xml,
            "<package pkgid=\"{}\" name=\"{}\" arch=\"{}\"><version {}/>",
            sha256(p.artifact().as_bytes()),
            escaped(&p.name),
            p.arch,
            p.evr()
        );
        for file in &p.files {
            let _ = write!(xml, "<file>{}</file>", escaped(file));
        }
        xml.push_str("</package>\n");
    }
    xml + "</filelists>\n"
}

fn modules(streams: &[Stream]) -> String {
    let mut yaml = String::new();
    for s in streams {
        let _ = write!(
            yaml,
            "---\ndocument: modulemd\nversion: 2\ndata:\n  name: {}\n  stream: \"{}\"\n  version: 9\n  context: c0ffee\n  arch: x86_64\n  summary: made up\n  \
             description: >-\n    made up\n  license:\n    module:\n    - MIT\n  dependencies:\n  - buildrequires:\n      platform: [el9]\n    requires:\n      \
             platform: [el9]\n  artifacts:\n    rpms:\n",
            s.module, s.stream
        );
        for artifact in &s.artifacts {
            let _ = writeln!(yaml, "    - {artifact}");
        }
        yaml.push_str("...\n");
        if s.default {
            let _ = write!(
                yaml,
                "---\ndocument: modulemd-defaults\nversion: 1\ndata:\n  module: {}\n  stream: \"{}\"\n...\n",
                s.module, s.stream
            );
        }
    }
    yaml
}

/// `name OP [epoch:]version[-release]`, a plain name, or a rich dependency.
fn entry(dep: &str) -> String {
    let words: Vec<&str> = dep.split(' ').collect();
    let [name, op, evr] = words.as_slice() else { return format!("<rpm:entry name=\"{}\"/>", escaped(dep)) };
    if dep.starts_with('(') {
        return format!("<rpm:entry name=\"{}\"/>", escaped(dep));
    }
    let flags = match *op {
        "=" => "EQ",
        "<" => "LT",
        ">" => "GT",
        "<=" => "LE",
        ">=" => "GE",
        other => panic!("{other} is no comparison"),
    };
    let (epoch, vr) = evr.split_once(':').unwrap_or(("0", evr));
    let (version, release) = vr.split_once('-').map_or((vr, String::new()), |(v, r)| (v, format!(" rel=\"{r}\"")));
    format!(
        "<rpm:entry name=\"{}\" flags=\"{flags}\" epoch=\"{epoch}\" ver=\"{}\"{release}/>",
        escaped(name),
        escaped(version)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

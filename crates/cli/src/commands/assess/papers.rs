//! The assessment in files: pages, spreadsheets, SARIF. All are written in one pass over the hosts, each host as it comes.

use super::pass::Assessed;
use crate::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::fleet::Loaded;
use jiff::tz::TimeZone;
use rockhop_domain::{
    HostId, Message, RuleId,
    assess::{
        memory::KnownResult,
        summary::{Head, HostReport},
    },
};
use rockhop_report::assessment::{
    Words, csv,
    html::{self, IndexRow, RulePages},
    sarif::Sarif,
    xlsx::Xlsx,
};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file in the folder of pages that says whose it is: only such a folder is written over.
const OURS: &str = ".rockhop-assessment";

/// Where to write what.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Files")]
pub struct PaperArgs {
    /// Write pages for a browser into this folder: an index to search, a page a host, a page a rule.
    #[arg(long, value_name = "DIR")]
    html: Option<PathBuf>,
    /// Write the findings as comma-separated values.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Write an Excel workbook: the answers, the hosts, the findings, the rules.
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
    /// Write SARIF 2.1.0, for code scanners.
    #[arg(long, value_name = "FILE")]
    sarif: Option<PathBuf>,
}

/// Writes what was asked for.
pub fn write(
    context: &Context,
    args: &PaperArgs,
    loaded: &Loaded,
    marking: Option<String>,
    assessed: &mut Assessed,
) -> Result<(), Failure> {
    let words = Words {
        cat: context.ui.catalogue(),
        zone: TimeZone::system(),
        project: loaded.project.project.name.clone(),
        marking,
    };
    let head = assessed.head.clone();
    let mut papers = opened(args, &words, &head, loaded)?;
    if papers.is_empty() {
        return Ok(());
    }
    for (path, paper) in &mut papers {
        paper.begin().map_err(|e| unwritten(path, e))?;
    }
    hosts(&words, &mut papers, assessed)?;
    for (path, paper) in papers {
        paper.end(&words, &head).map_err(|e| unwritten(path, e))?;
        context.ui.say(&Message::new("assess-written").with("path", path.display()));
    }
    Ok(())
}

/// The files that were asked for, open and empty.
fn opened<'a>(
    args: &'a PaperArgs,
    words: &'a Words<'a>,
    head: &'a Head,
    loaded: &'a Loaded,
) -> Result<Vec<(&'a Path, Paper<'a>)>, Failure> {
    let inventory = loaded.project.project.inventory.first().map_or("rockhop.toml", String::as_str);
    let open = |path: &Path| File::create(path).map(BufWriter::new).map_err(|e| Failure::io("error-write", path, &e));
    let mut papers: Vec<(&Path, Paper<'_>)> = Vec::new();
    if let Some(dir) = &args.html {
        papers.push((dir, Paper::Html(Box::new(Pages::begin(dir, words, head)?))));
    }
    if let Some(path) = &args.csv {
        papers.push((path, Paper::Csv(open(path)?)));
    }
    if let Some(path) = &args.xlsx {
        let book = Xlsx::new(words).map_err(|e| unwritten(path, io::Error::other(e)))?;
        papers.push((path, Paper::Xlsx(Box::new(book), open(path)?)));
    }
    if let Some(path) = &args.sarif {
        papers.push((path, Paper::Sarif(Sarif::new(words, head, inventory, env!("CARGO_PKG_VERSION")), open(path)?)));
    }
    Ok(papers)
}

/// Gives every host's answer to every paper.
fn hosts(words: &Words<'_>, papers: &mut [(&Path, Paper<'_>)], assessed: &mut Assessed) -> Result<(), Failure> {
    let mut failed = None;
    let each = assessed.each(|host| {
        papers.iter_mut().try_for_each(|(path, paper)| {
            paper.host(words, host).inspect_err(|e| {
                failed = Some(unwritten(path, io::Error::new(e.kind(), e.to_string())));
            })
        })
    });
    match (each, failed) {
        (Err(_), Some(failure)) => Err(failure),
        (each, _) => each.map_err(|e| Failure::internal("spool", e)),
    }
}

fn unwritten(path: &Path, why: io::Error) -> Failure {
    Failure::io("error-write", path, &why)
}

/// One of the forms, half written.
enum Paper<'a> {
    Html(Box<Pages<'a>>),
    Csv(BufWriter<File>),
    Xlsx(Box<Xlsx<'a>>, BufWriter<File>),
    Sarif(Sarif<'a>, BufWriter<File>),
}

impl Paper<'_> {
    fn begin(&mut self) -> io::Result<()> {
        match self {
            Self::Csv(out) => csv::begin(out),
            Self::Sarif(sarif, out) => sarif.begin(out),
            Self::Html(_) | Self::Xlsx(..) => Ok(()),
        }
    }

    fn host(&mut self, words: &Words<'_>, host: &HostReport) -> io::Result<()> {
        match self {
            Self::Html(pages) => pages.host(words, host),
            Self::Csv(out) => csv::host(out, words, host),
            Self::Xlsx(book, _) => book.host(host).map_err(io::Error::other),
            Self::Sarif(sarif, out) => sarif.host(out, host),
        }
    }

    fn end(self, words: &Words<'_>, head: &Head) -> io::Result<()> {
        match self {
            Self::Html(pages) => pages.end(words, head),
            Self::Csv(mut out) => csv::fleet(&mut out, words, head).and_then(|()| out.flush()),
            Self::Xlsx(book, mut out) => {
                book.end(head, &mut out).map_err(io::Error::other)?;
                out.flush()
            }
            Self::Sarif(sarif, mut out) => {
                sarif.end(&mut out, head)?;
                writeln!(out)?;
                out.flush()
            }
        }
    }
}

/// The folder of pages.
struct Pages<'a> {
    dir: PathBuf,
    rows: Vec<IndexRow>,
    rules: HashMap<&'a RuleId, RulePages<'a>>,
    /// What the fleet's rules have to say of each host.
    fleet: HashMap<&'a HostId, Vec<&'a KnownResult>>,
}

impl<'a> Pages<'a> {
    /// Makes the folder, or empties one that is ours.
    fn begin(dir: &Path, words: &Words<'_>, head: &'a Head) -> Result<Self, Failure> {
        make_room(dir)?;
        let mut fleet: HashMap<&HostId, Vec<&KnownResult>> = HashMap::new();
        for known in &head.fleet {
            known.result.hosts().iter().for_each(|host| fleet.entry(host).or_default().push(known));
        }
        let rules = head.summary.rules.iter().map(|row| {
            let t = &row.tally;
            let all = usize::try_from(t.open() + t.waived).unwrap_or(usize::MAX);
            (&row.rule, RulePages::new(row, all))
        });
        let mut pages = Self { dir: dir.to_owned(), rows: Vec::new(), rules: rules.collect(), fleet };
        pages.write("style.css", html::STYLE).map_err(|e| unwritten(dir, e))?;
        pages.results(words, head).map_err(|e| unwritten(dir, e))?;
        Ok(pages)
    }

    fn host(&mut self, words: &Words<'_>, host: &HostReport) -> io::Result<()> {
        self.rows.push(IndexRow::of(host));
        let fleet = self.fleet.get(&host.host).map_or(&[][..], Vec::as_slice);
        let page = html::host_page(words, host, fleet);
        self.write(&format!("hosts/{}", html::file_name(host.host.as_str())), &page)?;
        for known in &host.findings {
            let rows = words.finding_rows(&host.host, known);
            let full =
                self.rules.get_mut(&known.finding.rule).and_then(|pages| pages.add(words, &rows, Some(&host.role)));
            if let Some((name, page)) = full {
                self.write(&format!("rules/{name}"), &page)?;
            }
        }
        Ok(())
    }

    /// The results over the fleet, on the pages of their rules.
    fn results(&mut self, words: &Words<'_>, head: &Head) -> io::Result<()> {
        for known in &head.fleet {
            let row = words.result_row(known);
            let full = self.rules.get_mut(&known.result.rule).and_then(|pages| pages.add(words, &[row], None));
            if let Some((name, page)) = full {
                self.write(&format!("rules/{name}"), &page)?;
            }
        }
        Ok(())
    }

    fn end(mut self, words: &Words<'_>, head: &Head) -> io::Result<()> {
        for (_, pages) in std::mem::take(&mut self.rules) {
            let (name, page) = pages.end(words);
            self.write(&format!("rules/{name}"), &page)?;
        }
        self.write("index.html", &html::index_page(words, head, &self.rows))
    }

    fn write(&self, name: &str, text: &str) -> io::Result<()> {
        fs::write(self.dir.join(name), text)
    }
}

/// A folder of pages that nobody else's files are in, with nothing left of the pages before.
fn make_room(dir: &Path) -> Result<(), Failure> {
    let failed = |e| unwritten(dir, e);
    fs::create_dir_all(dir).map_err(failed)?;
    let ours = dir.join(OURS).exists();
    if !ours && fs::read_dir(dir).map_err(failed)?.next().is_some() {
        return Err(Failure::new(Exit::Usage, Message::new("error-assess-folder").with("path", dir.display())));
    }
    fs::write(dir.join(OURS), "").map_err(failed)?;
    for folder in ["hosts", "rules"] {
        let folder = dir.join(folder);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(failed)?;
        }
        fs::create_dir(&folder).map_err(failed)?;
    }
    Ok(())
}

//! The question and the answer, as data; what people read of it are keys of the catalogue.

use crate::streams::ModuleStream;
use rockhop_domain::Message;
use serde::Serialize;
use std::fmt;

/// What is to be installed on a fresh machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Package names, or anything else that `dnf install` takes: `name.arch`, `name-version`, a capability, a path.
    pub wanted: Vec<String>,
    /// Module streams that are enabled beforehand.
    pub streams: Vec<ModuleStream>,
    /// Only the newest version will do; what Rocky 9's dnf.conf says.
    pub best: bool,
    /// Recommended packages come along where they can.
    pub weak: bool,
}

impl Question {
    /// A list of names under Rocky 9's own settings.
    pub fn of(wanted: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { wanted: wanted.into_iter().map(Into::into).collect(), streams: Vec::new(), best: true, weak: true }
    }
}

/// One package, as rpm names it, with the repository that it is in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Nevra {
    /// `openssl`.
    pub name: String,
    /// `[epoch:]version-release`.
    pub evr: String,
    /// `x86_64`.
    pub arch: String,
    /// As it was named in the question.
    pub repository: String,
}

impl fmt::Display for Nevra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}.{}", self.name, self.evr, self.arch)
    }
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Yes or no.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// Yes with everything that would be installed, or no with every reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// All of it installs.
    Installs {
        /// What was asked for and what comes along, by name.
        packages: Vec<Nevra>,
        /// What the repositories' advisories say of these packages; none when no repository carries any.
        #[serde(skip_serializing_if = "Option::is_none")]
        security: Option<Security>,
    },
    /// Not all of it does.
    Fails {
        /// Each with the wishes that it concerns.
        failures: Vec<Failure>,
        /// Whether all of it would install if an older version were good enough (`dnf --nobest`).
        older_would_do: bool,
        /// How many of the wishes install together when those that fail are left out.
        others_install: usize,
    },
}

/// How far security advisories are carried by a set of packages, and how old the copies of the repositories are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Security {
    /// Security advisories one of whose packages is in the set.
    pub carried: usize,
    /// The newest advisory of any kind that the repositories know: what came out later is not in these copies.
    pub newest: String,
    /// When it was issued, as the repository writes it.
    pub issued: String,
}

/// Wishes that cannot be met, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// As they were asked for.
    pub wanted: Vec<String>,
    /// All of them at once: every one has to be dealt with.
    pub reasons: Vec<Reason>,
}

/// Why a wish cannot be met.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Reason {
    /// Nothing of that name is there.
    NotFound {
        /// As it was asked for.
        wanted: String,
        /// Where something like it is.
        whereabouts: Vec<Whereabouts>,
    },
    /// A module stream was to be enabled that nobody has.
    NoSuchStream {
        /// As it was asked for.
        stream: ModuleStream,
        /// The streams that the module has; none if there is no such module.
        has: Vec<String>,
    },
    /// A package needs something that no package here provides.
    Missing {
        /// The package that needs it.
        package: Nevra,
        /// What it needs.
        capability: String,
        /// Through which packages the wish comes to need that package; empty when it is what was asked for.
        through: Vec<Nevra>,
        /// The older EL release that the package was built for, if its version says so.
        built_for: Option<u8>,
        /// Who would have it.
        whereabouts: Vec<Whereabouts>,
    },
    /// Two packages exclude each other.
    Conflict {
        /// The one that says so.
        package: Nevra,
        /// The other.
        with: Nevra,
        /// What it conflicts with.
        capability: String,
    },
    /// A package replaces another that is wanted, too.
    Replaces {
        /// The newer.
        package: Nevra,
        /// The one that it replaces.
        replaced: Nevra,
        /// What its metadata says.
        capability: String,
    },
    /// Two versions of one package would be needed at once.
    TwoVersions {
        /// The one.
        one: Nevra,
        /// The other.
        other: Nevra,
    },
    /// The newest version cannot be installed.
    NotTheNewest {
        /// The newest version.
        newest: Nevra,
    },
    /// Two architectures of one package would be needed at once.
    OtherArch {
        /// The package.
        package: Nevra,
    },
    /// A set of packages that do not go together, for a reason that has no name here.
    Incompatible {
        /// They.
        packages: Vec<Nevra>,
    },
}

/// Who would have what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "where", rename_all = "kebab-case")]
pub enum Whereabouts {
    /// A package of a repository that the hosts do not have.
    Elsewhere {
        /// It.
        package: Nevra,
    },
    /// A package of a module stream that is not enabled.
    Stream {
        /// It.
        package: Nevra,
        /// To be enabled.
        stream: ModuleStream,
    },
    /// A package that an enabled module stream hides.
    Hidden {
        /// It.
        package: Nevra,
        /// What hides it.
        stream: ModuleStream,
    },
    /// A package for machines of another architecture.
    Arch {
        /// It.
        package: Nevra,
    },
    /// The same in another version.
    Version {
        /// The package.
        package: Nevra,
        /// What it provides.
        provides: String,
    },
    /// A library of that name whose number went up: what needs the old one was built for an older release.
    Soname {
        /// The package.
        package: Nevra,
        /// The library that it provides.
        provides: String,
    },
    /// A name much like it.
    Similar {
        /// It.
        name: String,
    },
}

impl Reason {
    /// What is wrong.
    pub fn message(&self) -> Message {
        match self {
            Self::NotFound { wanted, .. } => Message::new("solver-not-found").with("wanted", wanted),
            Self::NoSuchStream { stream, has } if has.is_empty() => {
                Message::new("solver-no-such-module").with("module", &stream.module)
            }
            Self::NoSuchStream { stream, has } => {
                Message::new("solver-no-such-stream").with("stream", stream).with("has", has.join(", "))
            }
            Self::Missing { package, capability, through, .. } if through.is_empty() => {
                Message::new("solver-missing").with("package", package).with("capability", capability)
            }
            Self::Missing { package, capability, through, .. } => Message::new("solver-missing-through")
                .with("package", package)
                .with("capability", capability)
                .with("through", listed(through, " -> ")),
            Self::Conflict { package, with, capability } => Message::new("solver-conflict")
                .with("package", package)
                .with("with", with)
                .with("capability", capability),
            Self::Replaces { package, replaced, capability } => Message::new("solver-replaces")
                .with("package", package)
                .with("replaced", replaced)
                .with("capability", capability),
            Self::TwoVersions { one, other } => {
                Message::new("solver-two-versions").with("one", one).with("other", other)
            }
            Self::NotTheNewest { newest } => Message::new("solver-not-the-newest").with("newest", newest),
            Self::OtherArch { package } => Message::new("solver-other-arch").with("package", package),
            Self::Incompatible { packages } => {
                Message::new("solver-incompatible").with("packages", listed(packages, ", "))
            }
        }
    }

    /// Who would have it and what to do, line by line.
    pub fn advice(&self) -> Vec<Message> {
        let (whereabouts, built_for) = match self {
            Self::NotFound { whereabouts, .. } => (whereabouts, None),
            Self::Missing { whereabouts, built_for, .. } => (whereabouts, *built_for),
            _ => return Vec::new(),
        };
        let nobody = whereabouts.is_empty().then(|| Message::new("solver-nobody-has"));
        let built_for = built_for.map(|release| Message::new("solver-built-for").with("release", release));
        whereabouts.iter().map(Whereabouts::message).chain(nobody).chain(built_for).collect()
    }
}

impl Whereabouts {
    /// Who has it, and what to do.
    pub fn message(&self) -> Message {
        match self {
            Self::Elsewhere { package } => {
                Message::new("solver-where-elsewhere").with("package", package).with("repository", &package.repository)
            }
            Self::Stream { package, stream } => {
                Message::new("solver-where-stream").with("package", package).with("stream", stream)
            }
            Self::Hidden { package, stream } => {
                Message::new("solver-where-hidden").with("package", package).with("stream", stream)
            }
            Self::Arch { package } => {
                Message::new("solver-where-arch").with("package", package).with("arch", &package.arch)
            }
            Self::Version { package, provides } => {
                Message::new("solver-where-version").with("package", package).with("provides", provides)
            }
            Self::Soname { package, provides } => {
                Message::new("solver-where-soname").with("package", package).with("provides", provides)
            }
            Self::Similar { name } => Message::new("solver-where-similar").with("name", name),
        }
    }
}

fn listed(packages: &[Nevra], between: &str) -> String {
    packages.iter().map(ToString::to_string).collect::<Vec<_>>().join(between)
}

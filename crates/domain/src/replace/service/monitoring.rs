//! Prometheus and Alertmanager: their folders go across while both rest, for files that are written to
//! cannot be copied whole.

use super::super::{
    part::{Change, Part},
    sh, steps,
    subject::Subject,
};
use crate::{Message, facts::Prometheus};

/// One of the two programs.
struct Program {
    unit: &'static str,
    folder_option: &'static str,
    folder: &'static str,
    port: &'static str,
}

const PROMETHEUS: Program = Program {
    unit: "prometheus.service",
    folder_option: "--storage.tsdb.path",
    folder: "/var/lib/prometheus/data",
    port: "9090",
};
const ALERTMANAGER: Program = Program {
    unit: "alertmanager.service",
    folder_option: "--storage.path",
    folder: "/var/lib/prometheus/alertmanager",
    port: "9093",
};

pub(super) fn part(subject: &Subject<'_>) -> Result<Option<Part>, Message> {
    let prometheus = subject.need(&subject.facts.prometheus, "prometheus")?.as_ref();
    let alertmanager = subject.need(&subject.facts.alertmanager, "alertmanager")?.as_ref();
    let found: Vec<(&Program, &Prometheus)> = [(&PROMETHEUS, prometheus), (&ALERTMANAGER, alertmanager)]
        .into_iter()
        .filter_map(|(p, f)| Some((p, f?)))
        .collect();
    if found.is_empty() {
        return Ok(None);
    }
    let units: Vec<String> = found.iter().map(|(p, _)| p.unit.to_owned()).collect();
    let folders: Vec<String> =
        found.iter().map(|(p, f)| option(&f.args, p.folder_option).unwrap_or(p.folder).to_owned()).collect();
    let ready: Vec<String> = found.iter().map(|(p, f)| ready(p, f)).collect();
    Ok(Some(Part {
        validate: validate(subject, prometheus, alertmanager, &folders),
        quiesce: None,
        late_trees: folders.iter().map(|f| steps::tree(f, f)).collect(),
        final_sync: Some(Change { apply: super::runs(&units), verify: ready.concat(), undo: String::new() }),
        verify: ready.clone(),
        look: ready,
        loses: Some(Message::new("plan-loses-metrics")),
        notes: vec![Message::new("plan-note-metrics-not-in-vault").with("path", folders.join(", "))],
        old_units: units.clone(),
        units,
        ..Part::default()
    }))
}

/// Configuration by the programs' own checkers; then Prometheus is started and stopped, and its folder left empty.
/// Alertmanager is not started beside the old one: both would send the same alerts.
fn validate(
    subject: &Subject<'_>,
    prometheus: Option<&Prometheus>,
    alertmanager: Option<&Prometheus>,
    folders: &[String],
) -> Vec<String> {
    let file = |found: Option<&Prometheus>, usual: &str| {
        found
            .map(|p| option(&p.args, "--config.file").unwrap_or(usual).to_owned())
            .filter(|f| subject.config(f).is_some())
    };
    let configs = [
        ("PROMETHEUS", file(prometheus, "/etc/prometheus/prometheus.yml").unwrap_or_default()),
        ("ALERTMANAGER", file(alertmanager, "/etc/prometheus/alertmanager.yml").unwrap_or_default()),
    ];
    let vars: Vec<(&str, &str)> = configs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut parts = vec![sh::part(&vars, &[sh::body!("validate-prometheus")])];
    if let Some(found) = prometheus {
        let folders = sh::words(folders);
        let vars = [("UNITS", PROMETHEUS.unit), ("FOLDERS", folders.as_str())];
        parts.push(sh::part(&vars, &[sh::body!("validate-start")]));
        parts.push(ready(&PROMETHEUS, found));
        parts.push(sh::part(&vars, &[sh::body!("stop-and-empty")]));
    }
    parts
}

fn ready(program: &Program, found: &Prometheus) -> String {
    let listen = option(&found.args, "--web.listen-address").unwrap_or_default();
    let (host, port) = listen.rsplit_once(':').unwrap_or(("", program.port));
    if !matches!(host, "" | "0.0.0.0" | "[::]" | "127.0.0.1" | "localhost") {
        // Asked by its address, the old machine would answer until the cutover.
        return sh::part(&[("PORTS", port)], &[sh::body!("ports")]);
    }
    let host = "127.0.0.1";
    sh::part(&[("URL", &format!("http://{host}:{port}/-/ready"))], &[sh::body!("http-ready")])
}

/// The value of `--name=value` or `--name value` in a command line.
fn option<'a>(args: &'a str, name: &str) -> Option<&'a str> {
    let mut words = args.split_whitespace();
    while let Some(word) = words.next() {
        match word.strip_prefix(name) {
            Some("") => return words.next(),
            Some(rest) if rest.starts_with('=') => return rest.get(1..).filter(|v| !v.is_empty()),
            _ => {}
        }
    }
    None
}

//! From the file's bytes to events, or to the first thing that is wrong with them.

use super::explain::explain;
use super::fault::{Field, PesError, Wrong};
use super::raw::{RawEvent, RawFile, RawMap, RawPackage, RawRelease, RawSet, RawStream};
use super::store::{Event, Item, Key, Store};
use super::{Action, Arch, Release, Stream};
use std::borrow::Cow;

/// An architecture of packages that stands in some files beside those of hosts. No host has it, so an event of it alone
/// is never applied; Leapp compares in the same way.
const NOARCH: &str = "noarch";

/// Whether a file may be without any event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Emptiness {
    Allowed,
    Refused,
}

/// Puts a file's events behind those of the store; leaves the store as it was when anything is wrong with the file.
pub(super) fn into(store: &mut Store, file: &str, bytes: &[u8], emptiness: Emptiness) -> Result<(), PesError> {
    let fail = |(field, wrong)| PesError { file: file.to_owned(), field, wrong };
    let text =
        std::str::from_utf8(bytes).map_err(|e| fail((Field::file(), Wrong::NotUtf8 { byte: e.valid_up_to() })))?;
    let raw: RawFile<'_> = serde_json::from_str(text).map_err(|e| fail(explain(text, &e)))?;
    if raw.packageinfo.is_empty() && emptiness == Emptiness::Refused {
        return Err(fail((Field::of_file("packageinfo"), Wrong::NoEvents)));
    }
    let heads = raw.packageinfo.iter().enumerate().map(|(at, event)| head(at, event));
    let heads: Vec<Head> = heads.collect::<Result<_, _>>().map_err(fail)?;
    store.files.push(file.to_owned());
    for (event, head) in raw.packageinfo.iter().zip(heads) {
        expand(store, event, &head);
    }
    Ok(())
}

/// What all the streams of an event have in common, judged.
struct Head {
    id: u64,
    action: Action,
    arches: Option<Vec<Arch>>,
}

fn head(at: usize, event: &RawEvent<'_>) -> Result<Head, (Field, Wrong)> {
    let id = event.id.unwrap_or(0);
    let wrong = |name: &str, wrong| (Field::of_event(at, event.id, name), wrong);
    let unknown = || wrong("action", Wrong::UnknownAction { code: event.action });
    let action = Action::of(event.action).ok_or_else(unknown)?;
    let (name, list) = match (&event.architectures, &event.arches) {
        (None, Some(list)) => ("arches", list.as_slice()),
        (list, _) => ("architectures", list.as_deref().unwrap_or_default()),
    };
    let hosts = list.iter().filter(|arch| *arch != NOARCH);
    let arch = |arch: &Cow<'_, str>| {
        Arch::of(arch).ok_or_else(|| wrong(name, Wrong::UnknownArchitecture { name: arch.clone().into_owned() }))
    };
    let arches: Vec<Arch> = hosts.map(arch).collect::<Result<_, _>>()?;
    Ok(Head { id, action, arches: (!list.is_empty()).then_some(arches) })
}

/// One event for each incoming stream that is mapped. Without a map, every stream of the input goes to packages outside
/// modules; an output that is in modules only is then lost, as it is in Leapp.
fn expand(store: &mut Store, event: &RawEvent<'_>, head: &Head) {
    let takes = packages(event.in_packageset.as_ref());
    let gives = packages(event.out_packageset.as_ref());
    for (from, to) in maps(event, takes) {
        let given = |package: &&RawPackage<'_>| streams(package).into_iter().find(|stream| to.contains(stream));
        let gives: Vec<_> = gives.iter().filter_map(|p| given(&p).map(|stream| (p, stream))).collect();
        let takes = takes.iter().filter(|p| streams(p).contains(&from)).map(|p| (p, from.clone()));
        let takes = items(store, takes);
        let gives = items(store, gives);
        store.events.push(Event {
            file: store.files.len() - 1,
            id: head.id,
            action: head.action,
            from: event.initial_release.as_ref().map(release),
            to: event.release.as_ref().map(release),
            arches: head.arches.clone(),
            takes,
            gives,
        });
    }
}

/// Each incoming stream with the streams that it goes to, in the order of the file.
fn maps(event: &RawEvent<'_>, takes: &[RawPackage<'_>]) -> Vec<(Option<Stream>, Vec<Option<Stream>>)> {
    let mut maps: Vec<(Option<Stream>, Vec<Option<Stream>>)> = Vec::new();
    let mut add = |from: Option<Stream>, to: Option<Stream>| match maps.iter_mut().find(|(known, _)| *known == from) {
        Some((_, all)) => all.push(to),
        None => maps.push((from, vec![to])),
    };
    let written: &[RawMap<'_>] = event.modulestream_maps.as_deref().unwrap_or_default();
    for map in written {
        add(map.in_modulestream.as_ref().map(stream), map.out_modulestream.as_ref().map(stream));
    }
    if written.is_empty() {
        takes.iter().flat_map(streams).for_each(|from| add(from, None));
    }
    maps
}

fn packages<'r, 'a>(set: Option<&'r RawSet<'a>>) -> &'r [RawPackage<'a>] {
    set.and_then(|set| set.package.as_ref().or(set.packages.as_ref())).map(Vec::as_slice).unwrap_or_default()
}

/// The streams in which a package is; `None` stands for outside of any.
fn streams(package: &RawPackage<'_>) -> Vec<Option<Stream>> {
    match package.modulestreams.as_deref() {
        Some(list) if !list.is_empty() => list.iter().map(|s| s.as_ref().map(stream)).collect(),
        _ => vec![package.modulestream.as_ref().or(package.module_stream.as_ref()).map(stream)],
    }
}

fn items<'r, 'a: 'r>(
    store: &mut Store,
    packages: impl IntoIterator<Item = (&'r RawPackage<'a>, Option<Stream>)>,
) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (package, stream) in packages {
        let stream = stream.map(|stream| store.streams.number(&stream));
        let key = Key { name: store.names.number(&*package.name), stream };
        if items.iter().all(|item| item.key != key) {
            items.push(Item { key, repository: store.repositories.number(&*package.repository) });
        }
    }
    items
}

fn stream(raw: &RawStream<'_>) -> Stream {
    Stream { module: raw.name.clone().into_owned(), stream: raw.stream.clone().into_owned() }
}

fn release(raw: &RawRelease) -> Release {
    Release::new(raw.major_version, raw.minor_version)
}

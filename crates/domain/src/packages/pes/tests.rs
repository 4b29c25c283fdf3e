//! Events written by hand, each with what Leapp makes of it.

use super::*;
use serde_json::{Value, json};

fn package(name: &str) -> Value {
    json!({"name": name, "repository": "r8", "modulestreams": [null]})
}

/// A package as `name` or, in a module, as `name@module:stream`.
fn packages(names: &[&str]) -> Value {
    let one = |name: &&str| match name.split_once('@') {
        Some((name, stream)) => {
            let streams: Vec<Value> = stream.split('|').map(stream_of).collect();
            json!({"name": name, "repository": "r8", "modulestreams": streams})
        }
        None => package(name),
    };
    json!({"set_id": 1, "package": names.iter().map(one).collect::<Vec<_>>()})
}

fn stream_of(text: &str) -> Value {
    let (name, stream) = text.split_once(':').expect("module:stream");
    json!({"name": name, "stream": stream})
}

fn event(id: u64, action: u64, from: (u16, u16), to: (u16, u16), takes: &[&str], gives: &[&str]) -> Value {
    json!({
        "id": id, "action": action, "architectures": ["x86_64"],
        "initial_release": {"os_name": "CentOS", "major_version": from.0, "minor_version": from.1},
        "release": {"os_name": "Rocky", "major_version": to.0, "minor_version": to.1},
        "in_packageset": packages(takes), "out_packageset": packages(gives), "modulestream_maps": [],
    })
}

fn file(events: &[Value]) -> Vec<u8> {
    serde_json::to_vec(&json!({"packageinfo": events})).expect("JSON")
}

fn read(events: &[Value]) -> Events {
    Events::read("pes-events.json", &file(events)).expect("events")
}

const WAY: Way = Way { from: Release::new(7, 9), to: Release::last_of(9), arch: Arch::X86_64 };

fn names(events: &[Value], installed: &[&str]) -> Vec<String> {
    let outcome = read(events).transition(&WAY, installed.iter().map(|name| Installed::from(*name)));
    outcome.names().into_iter().map(str::to_owned).collect()
}

const EL7: (u16, u16) = (7, 9);
const EL8: (u16, u16) = (8, 0);
const EL9: (u16, u16) = (9, 0);

#[test]
fn each_action_does_what_leapp_does() {
    let case = |action: u64, installed: &[&str]| names(&[event(1, action, EL7, EL8, &["a", "b"], &["c"])], installed);
    // Removed and its like want all of their packages; merged is content with one.
    for action in [1, 3, 4, 6, 7] {
        assert_eq!(case(action, &["a", "b", "x"]), ["c", "x"], "{action}");
        assert_eq!(case(action, &["a", "x"]), ["a", "x"], "{action}");
    }
    assert_eq!(case(5, &["a", "x"]), ["c", "x"]);
    assert_eq!(case(2, &["a"]), ["a", "b"], "deprecated: all of them when one is there");
    assert_eq!(case(2, &["x"]), ["x"]);
    assert_eq!(case(0, &["a"]), ["a"], "present: only what was seen");
    assert_eq!(case(8, &["a"]), ["a"], "reinstalled changes no set");
}

#[test]
fn present_brings_back_what_was_there_on_the_way() {
    let events = [event(1, 1, EL7, EL8, &["a"], &[]), event(2, 0, EL8, (8, 1), &["a", "b"], &[])];
    assert_eq!(names(&events, &["a"]), ["a"]);
    let outcome = read(&events).transition(&WAY, [Installed::from("a")]);
    let ids: Vec<u64> = outcome.traces["a"].said.iter().map(|said| said.event).collect();
    assert_eq!((outcome.traces["a"].becomes.contains("a"), ids), (true, vec![1, 2]));
}

#[test]
fn events_are_judged_by_the_set_at_the_start_of_their_release_and_add_up_in_file_order() {
    let replaced = event(1, 3, EL7, EL8, &["a"], &["b"]);
    let removed = event(2, 1, (7, 8), EL8, &["a"], &[]);
    assert_eq!(names(&[replaced.clone(), removed], &["a"]), ["b"], "both take the package; one gives something");
    let onward = event(3, 3, EL7, EL8, &["b"], &["c"]);
    assert_eq!(names(&[replaced.clone(), onward.clone()], &["a"]), ["b"], "b was not there when 8.0 began");
    assert_eq!(names(&[replaced.clone(), onward.clone()], &["a", "b"]), ["c"], "the later one takes b away");
    assert_eq!(names(&[onward, replaced.clone()], &["a", "b"]), ["b", "c"], "the later one gives b again");
    let next_release = event(4, 3, EL8, EL9, &["b"], &["c"]);
    assert_eq!(names(&[next_release, replaced], &["a"]), ["c"], "releases come in their own order");
}

#[test]
fn of_equal_beginnings_only_the_latest_release_counts() {
    let early = event(1, 3, EL7, (8, 6), &["a"], &["early"]);
    let late = event(2, 3, EL7, (8, 7), &["a"], &["late"]);
    assert_eq!(names(&[early.clone(), late], &["a"]), ["late"]);
    let same = event(3, 3, EL7, (8, 6), &["a"], &["too"]);
    assert_eq!(names(&[early, same], &["a"]), ["early", "too"]);
}

#[test]
fn only_releases_behind_the_source_and_up_to_the_target_count() {
    let old = event(1, 1, (7, 4), (7, 6), &["a"], &[]);
    let late = event(2, 1, EL9, (10, 0), &["b"], &[]);
    let never = json!({"id": 3, "action": 1, "in_packageset": packages(&["c"])});
    assert_eq!(names(&[old, late, never], &["a", "b", "c"]), ["a", "b", "c"]);
}

#[test]
fn events_about_leapp_and_other_architectures_do_not_count() {
    let leapp = event(1, 1, EL7, EL8, &["leapp-upgrade-el7toel8", "a"], &[]);
    let mut arm = event(2, 1, EL7, EL8, &["b"], &[]);
    arm["architectures"] = json!(["aarch64"]);
    let mut all = event(3, 1, EL7, EL8, &["c"], &[]);
    all["architectures"] = json!([]);
    let mut old = event(4, 1, EL7, EL8, &["d"], &[]);
    old.as_object_mut().expect("an event").remove("architectures");
    old["arches"] = json!(["s390x"]);
    let mut no_host = event(5, 1, EL7, EL8, &["e"], &[]);
    no_host["architectures"] = json!(["noarch"]);
    let installed = ["leapp-upgrade-el7toel8", "a", "b", "c", "d", "e"];
    assert_eq!(names(&[leapp, arm, all, old, no_host], &installed), ["a", "b", "d", "e", "leapp-upgrade-el7toel8"]);
}

#[test]
fn an_event_stands_for_each_stream_that_it_maps() {
    let mut moved = event(1, 6, EL7, EL8, &["a@m:1|m:2"], &["b@n:1|n:2"]);
    moved["modulestream_maps"] = json!([
        {"in_modulestream": stream_of("m:1"), "out_modulestream": stream_of("n:1")},
        {"in_modulestream": stream_of("m:2"), "out_modulestream": stream_of("n:2")},
    ]);
    let two = Stream { module: "m".into(), stream: "2".into() };
    let installed = [Installed { name: "a", stream: Some(&two) }];
    let outcome = read(&[moved.clone()]).transition(&WAY, installed);
    assert_eq!(outcome.enable.iter().map(ToString::to_string).collect::<Vec<_>>(), ["n:2"]);
    assert_eq!(names(&[moved], &["a"]), ["a"], "outside of modules it is another package");
}

#[test]
fn without_a_map_what_comes_out_in_modules_only_is_lost() {
    let split = event(1, 4, EL7, EL8, &["a"], &["b", "c@m:1"]);
    assert_eq!(names(&[split], &["a"]), ["b"]);
}

#[test]
fn packages_in_modules_leave_them_unless_an_event_takes_them() {
    let taken = event(1, 1, EL7, EL8, &["b@m:1"], &[]);
    let mut given = event(2, 6, EL7, EL8, &["x"], &["a@m:1"]);
    given["modulestream_maps"] = json!([{"in_modulestream": null, "out_modulestream": stream_of("m:1")}]);
    let one = Stream { module: "m".into(), stream: "1".into() };
    let modular = [Installed { name: "a", stream: Some(&one) }];
    let outcome = read(&[taken.clone(), given.clone()]).transition(&WAY, modular);
    assert_eq!(outcome.names().into_iter().collect::<Vec<_>>(), ["a"]);
    assert!(outcome.enable.is_empty(), "no event took it: it goes on outside of its module");
    let moved = read(&[given]).transition(&WAY, [Installed::from("x")]);
    assert_eq!(moved.enable.len(), 1);
}

/// The three spellings of a package's stream.
#[test]
fn streams_in_every_spelling() {
    for (key, value) in [
        ("modulestreams", json!([{"name": "m", "stream": "1"}])),
        ("modulestream", json!({"name": "m", "stream": "1"})),
        ("module_stream", json!({"name": "m", "stream": "1"})),
    ] {
        let mut removed = event(1, 1, EL7, EL8, &[], &[]);
        removed["in_packageset"] = json!({"packages": [{"name": "a", "repository": "r", key: value}]});
        let one = Stream { module: "m".into(), stream: "1".into() };
        let outcome = read(&[removed]).transition(&WAY, [Installed { name: "a", stream: Some(&one) }]);
        assert!(outcome.remove.contains("a"), "{key}");
    }
}

#[test]
fn the_traces_name_the_events() {
    let events = [event(1, 5, EL7, EL8, &["a", "b"], &["c"]), event(2, 6, EL8, EL9, &["c"], &["c", "d"])];
    let outcome = read(&events).transition(&WAY, ["a", "x"].map(Installed::from));
    let a = &outcome.traces["a"];
    assert_eq!(a.becomes.iter().map(String::as_str).collect::<Vec<_>>(), ["c", "d"]);
    assert_eq!(
        a.said.iter().map(|said| (said.event, said.release)).collect::<Vec<_>>(),
        [(1, Release::new(8, 0)), (2, Release::new(9, 0))]
    );
    assert!(outcome.traces["x"].said.is_empty() && outcome.traces["x"].becomes.contains("x"), "silence");
    assert_eq!(outcome.repositories["r8"].len(), 2);
}

#[test]
fn a_vendors_file_adds_its_events_behind() {
    let mut events = read(&[event(1, 3, EL7, EL8, &["a"], &["b"])]);
    events.add_vendor("empty_pes.json", br#"{"packageinfo": []}"#).expect("an empty file of a vendor");
    let more = file(&[event(1, 1, EL8, EL9, &["b"], &[])]);
    events.add_vendor("v_pes.json", &more).expect("a vendor's events");
    let outcome = events.transition(&WAY, [Installed::from("a")]);
    assert_eq!(outcome.remove.len(), 1);
    let files: Vec<&str> = outcome.traces["a"].said.iter().map(|said| said.file.as_str()).collect();
    assert_eq!(files, ["pes-events.json", "v_pes.json"]);
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let with = |key: &str, value: Value| {
        let mut bad = event(2234, 1, EL7, EL8, &["a", "b"], &[]);
        bad[key] = value;
        file(&[event(1, 1, EL7, EL8, &["z"], &[]), bad])
    };
    let nameless = json!({"package": [{"name": "a", "repository": "r"}, {"repository": "r"}]});
    let numbered = json!({"package": [{"name": 7, "repository": "r"}]});
    let place = "p: packageinfo[2] (id 2234): ";
    for (bytes, key, args) in [
        (with("action", json!(9)), "pes-unknown-action", format!("place={place}action, code=9")),
        (with("action", json!(-1)), "pes-unknown-action", format!("place={place}action, code=-1")),
        (
            with("architectures", json!(["x86_64", "i286"])),
            "pes-unknown-architecture",
            format!("place={place}architectures, name=i286"),
        ),
        (with("action", json!("1")), "pes-shape", format!("place={place}action, ")),
        (
            with("release", json!({"major_version": 8})),
            "pes-shape",
            format!("place={place}release, why=missing field `minor_version`"),
        ),
        (
            with("in_packageset", nameless),
            "pes-shape",
            format!("place={place}in_packageset.package[2], why=missing field `name`"),
        ),
        (with("in_packageset", numbered), "pes-shape", format!("place={place}in_packageset.package[1].name, ")),
        (with("in_packageset", json!("a")), "pes-shape", format!("place={place}in_packageset, why=not an object")),
        (file(&[]), "pes-no-events", "place=p: packageinfo".to_owned()),
        (b"{}".to_vec(), "pes-shape", "place=p, why=missing field".to_owned()),
        (b"[1]".to_vec(), "pes-shape", "place=p, ".to_owned()),
        (b"\xff{}".to_vec(), "pes-not-utf8", "place=p, byte=0".to_owned()),
        (b"{\n\"packageinfo\": [".to_vec(), "pes-not-json", "place=p, line=2, column=16, why=EOF".to_owned()),
    ] {
        let said = Events::read("p", &bytes).expect_err("a fault").message().to_string();
        assert!(said.starts_with(&format!("{key}({args}")), "{said} is not {key}({args}");
    }
}

#[test]
fn nothing_is_half_loaded() {
    let mut events = read(&[event(1, 1, EL7, EL8, &["a"], &[])]);
    let mut bad = event(3, 1, EL7, EL8, &["c"], &[]);
    bad["action"] = json!(77);
    events.add_vendor("v", &file(&[event(2, 1, EL7, EL8, &["b"], &[]), bad])).expect_err("a fault");
    assert_eq!(events.len(), 1);
    assert!(events.transition(&WAY, [Installed::from("b")]).remove.is_empty());
}

/// Twice-nested objects below the limit of the reader are refused, not followed to the end of the stack.
#[test]
fn depth_is_bounded() {
    let deep = format!("{{\"packageinfo\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(Events::read("p", deep.as_bytes()).expect_err("a fault").wrong, Wrong::NotJson { .. }));
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Events::read("p", &bytes);
        }

        /// A sound file with a piece cut out, doubled or overwritten.
        #[test]
        fn mutated_files_never_panic(at in 0usize..900, len in 0usize..40, with in any::<Vec<u8>>()) {
            let mut bytes = file(&[event(1, 5, EL7, EL8, &["a", "b@m:1|m:2"], &["c"]), event(2, 0, EL8, EL9, &["c"], &[])]);
            let at = at.min(bytes.len());
            let end = (at + len).min(bytes.len());
            bytes.splice(at..end, with);
            if let Ok(events) = Events::read("p", &bytes) {
                events.transition(&WAY, ["a", "b", "c"].map(Installed::from));
            }
        }

        /// Whatever the events: what is named as there was there or is given, and no name is lost from the traces.
        #[test]
        fn outcomes_add_up(
            events in proptest::collection::vec(
                (0u64..9, 0usize..3, proptest::collection::vec(0usize..6, 0..3), proptest::collection::vec(0usize..6, 0..3)),
                0..12,
            ),
            installed in proptest::collection::btree_set(0usize..6, 0..6),
        ) {
            const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
            let pick = |places: &[usize]| places.iter().map(|p| NAMES[*p]).collect::<Vec<_>>();
            let written = events.iter().enumerate().map(|(id, (action, to, takes, gives))| {
                event(id as u64, *action, EL7, [EL8, (8, 5), EL9][*to], &pick(takes), &pick(gives))
            });
            let written: Vec<Value> = written.collect();
            prop_assume!(!written.is_empty());
            let before: Vec<&str> = installed.iter().map(|p| NAMES[*p]).collect();
            let outcome = read(&written).transition(&WAY, before.iter().map(|name| Installed::from(*name)));
            prop_assert!(before.iter().all(|name| outcome.traces.contains_key(*name)));
            let after = outcome.names();
            for (name, trace) in &outcome.traces {
                prop_assert!(trace.becomes.iter().all(|name| after.contains(name.as_str())), "{name}");
                prop_assert!(!trace.said.is_empty() || trace.becomes.len() == 1 || outcome.remove.contains(name));
                prop_assert_eq!(trace.becomes.contains(name), after.contains(name.as_str()), "{}", name);
            }
        }
    }
}

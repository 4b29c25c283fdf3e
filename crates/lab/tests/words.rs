//! Every sentence that the lab asks the catalogue for is there, in both languages.

use rockhop_i18n::{Catalogue, Lang};

#[test]
fn every_key_has_a_sentence() {
    let sources = ["error", "event", "up", "down", "disk", "image", "prerequisites", "hook"];
    let mut keys = Vec::new();
    for source in sources {
        let path = format!("{}/src/{source}.rs", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("a source file");
        keys.extend(text.split("Message::new(\"").skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)));
    }
    assert!(keys.len() > 25, "the sources were read: {}", keys.len());
    for lang in Lang::ALL {
        let catalogue = Catalogue::new(lang);
        let missing: Vec<_> = keys.iter().filter(|key| !catalogue.has(key)).collect();
        assert!(missing.is_empty(), "{lang}: {missing:?}");
    }
}

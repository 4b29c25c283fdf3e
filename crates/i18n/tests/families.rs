//! Every family of packages has its sentence in both languages, and no sentence is of a family that is not there.

use rockhop_i18n::{AREAS, Catalogue, Lang};

#[test]
fn every_family_has_its_sentence() {
    let ids: Vec<String> =
        rockhop_domain::packages::families().iter().map(|family| format!("family-{}", family.id)).collect();
    assert!(ids.len() > 10, "the families are not read");
    for lang in Lang::ALL {
        let catalogue = Catalogue::new(lang);
        let missing: Vec<&String> = ids.iter().filter(|id| !catalogue.has(id)).collect();
        assert!(missing.is_empty(), "without a sentence in {lang}: {missing:?}");
        let area = AREAS.iter().find(|area| area.name == "packages").expect("the file of packages");
        let keys =
            area.text(lang).lines().filter(|line| line.starts_with("family-")).filter_map(|l| l.split(' ').next());
        let left: Vec<&str> = keys.filter(|key| !ids.iter().any(|id| id == key)).collect();
        assert!(left.is_empty(), "of no family: {left:?}");
    }
}

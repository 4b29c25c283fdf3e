//! Every word of the remedies has its sentence in both languages, and no sentence is of a word that is not there.

use rockhop_domain::remedy::{
    Effect, Hand, Mechanical, STEPS,
    standing::{Afterwards, Standing},
};
use rockhop_i18n::{AREAS, Catalogue, Lang};

#[test]
fn every_word_has_its_sentence() {
    let kinds = Mechanical::ALL.map(|kind| format!("remedy-kind-{}", kind.word())).into_iter();
    let effects = Effect::ALL.map(|effect| format!("remedy-effect-{}", effect.word()));
    let hands = Hand::ALL.map(|hand| format!("remedy-hand-{}", hand.word()));
    let standings = Standing::WORDS.map(|word| format!("remedy-standing-{word}"));
    let afterwards = Afterwards::WORDS.map(|word| format!("remedy-afterwards-{word}"));
    let steps = STEPS.map(|id| format!("step-{}", id.replace('.', "-")));
    let wanted: Vec<String> =
        kinds.chain(effects).chain(hands).chain(standings).chain(afterwards).chain(steps).collect();
    for lang in Lang::ALL {
        let catalogue = Catalogue::new(lang);
        let missing: Vec<&String> = wanted.iter().filter(|key| !catalogue.has(key)).collect();
        assert!(missing.is_empty(), "without a sentence in {lang}: {missing:?}");
        let area = AREAS.iter().find(|area| area.name == "remedy").expect("the file of remedies");
        let families =
            ["remedy-kind-", "remedy-effect-", "remedy-hand-", "remedy-standing-", "remedy-afterwards-", "step-"];
        let keys = area.text(lang).lines().filter_map(|line| line.split(" =").next());
        let of_words = keys.filter(|key| families.iter().any(|family| key.starts_with(family)));
        let left: Vec<&str> = of_words.filter(|key| !wanted.iter().any(|known| known == key)).collect();
        assert!(left.is_empty(), "of no word: {left:?}");
    }
}

//! Both languages say the same things: the same keys, the same values, nothing empty, nothing twice.

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};
use fluent_syntax::parser::parse;
use rockhop_i18n::{AREAS, Area, Catalogue, Lang};
use std::collections::{BTreeMap, BTreeSet};

/// The sentences of one file: key to the values it uses (terms appear as `-term`).
type Sentences = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_file_reads_and_nothing_in_it_is_empty_or_twice() {
    for lang in Lang::ALL {
        let mut owner = BTreeMap::new();
        for area in AREAS {
            for (key, pattern) in entries(&resource(area, lang)) {
                let place = format!("{lang}/{}.ftl: {key}", area.name);
                assert!(pattern.is_some_and(says_something), "{place} is empty");
                if let Some(other) = owner.insert(key, area.name) {
                    panic!("{place} is also in {other}.ftl");
                }
            }
        }
    }
}

#[test]
fn both_languages_have_the_same_keys_and_values() {
    let mut wrong = Vec::new();
    for area in AREAS {
        let (en, zh) = (sentences(area, Lang::En), sentences(area, Lang::Zh));
        for key in en.keys().chain(zh.keys()).collect::<BTreeSet<_>>() {
            match (en.get(key), zh.get(key)) {
                (Some(en), Some(zh)) if en == zh => {}
                (Some(en), Some(zh)) => {
                    wrong.push(format!("{}.ftl: {key}: en uses {en:?}, zh-CN uses {zh:?}", area.name))
                }
                (Some(_), None) => wrong.push(format!("zh-CN/{}.ftl lacks {key}", area.name)),
                (None, _) => wrong.push(format!("en/{}.ftl lacks {key}", area.name)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Formatting each sentence with each of its values given must not leave a mark of a failure.
#[test]
fn every_sentence_can_be_said() {
    for lang in Lang::ALL {
        let catalogue = Catalogue::new(lang);
        for area in AREAS {
            for (key, values) in sentences(area, lang).iter().filter(|(key, _)| !key.starts_with('-')) {
                for sample in ["1", "2", "web-1"] {
                    let args: Vec<(&str, String)> = values.iter().map(|v| (v.as_str(), sample.to_owned())).collect();
                    let said = catalogue.say_key(key, &args);
                    let broken = said.is_empty()
                        || said.starts_with(&format!("[{key}"))
                        || said.contains("{$")
                        || said.contains("{-");
                    assert!(!broken, "{lang}/{}.ftl: {key} says {said:?}", area.name);
                    assert!(!said.contains(['\u{2068}', '\u{2069}']), "{key} has direction marks");
                }
            }
        }
    }
}

#[test]
fn no_locale_file_is_forgotten() {
    let listed: BTreeSet<String> = AREAS.iter().map(|area| format!("{}.ftl", area.name)).collect();
    for lang in Lang::ALL {
        let folder = format!("{}/locales/{}", env!("CARGO_MANIFEST_DIR"), lang.tag());
        let found = std::fs::read_dir(&folder).expect("the locale folder is readable").map(|file| {
            file.expect("the locale folder is readable")
                .file_name()
                .into_string()
                .expect("locale files have plain names")
        });
        assert_eq!(found.collect::<BTreeSet<_>>(), listed, "{folder} and the list in src/sources.rs differ");
    }
}

fn resource(area: &Area, lang: Lang) -> Resource<&'static str> {
    parse(area.text(lang)).unwrap_or_else(|(_, errors)| panic!("{lang}/{}.ftl does not read: {errors:?}", area.name))
}

fn entries<'a>(
    resource: &'a Resource<&'static str>,
) -> impl Iterator<Item = (String, Option<&'a Pattern<&'static str>>)> {
    resource.body.iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some((message.id.name.to_owned(), message.value.as_ref())),
        Entry::Term(term) => Some((format!("-{}", term.id.name), Some(&term.value))),
        _ => None,
    })
}

fn sentences(area: &Area, lang: Lang) -> Sentences {
    let resource = resource(area, lang);
    entries(&resource).map(|(key, pattern)| (key, pattern.map(values).unwrap_or_default())).collect()
}

fn says_something(pattern: &Pattern<&str>) -> bool {
    pattern.elements.iter().any(|element| match element {
        PatternElement::TextElement { value } => !value.trim().is_empty(),
        PatternElement::Placeable { .. } => true,
    })
}

fn values(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(pattern, &mut found);
    found
}

fn collect(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect_expression(expression, found);
        }
    }
}

fn collect_expression(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => collect_inline(inline, found),
        Expression::Select { selector, variants } => {
            collect_inline(selector, found);
            variants.iter().for_each(|variant| collect(&variant.value, found));
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => collect_arguments(arguments, found),
        InlineExpression::TermReference { arguments: Some(arguments), .. } => collect_arguments(arguments, found),
        InlineExpression::Placeable { expression } => collect_expression(expression, found),
        _ => {}
    }
}

fn collect_arguments(arguments: &CallArguments<&str>, found: &mut BTreeSet<String>) {
    arguments.positional.iter().for_each(|argument| collect_inline(argument, found));
    arguments.named.iter().for_each(|argument| collect_inline(&argument.value, found));
}

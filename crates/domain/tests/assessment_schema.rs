//! `docs/assessment.schema.json` is what the types say. After a change of the types:
//! `UPDATE=1 cargo test -p rockhop-domain --test assessment_schema`.
#![expect(clippy::disallowed_methods, reason = "the test compares a file; the crate itself reads none")]

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/assessment.schema.json");

#[test]
fn the_schema_file_is_what_the_types_say() {
    let mut schema = serde_json::to_string_pretty(&rockhop_domain::assess::summary::schema()).expect("JSON");
    schema.push('\n');
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(FILE, &schema).expect("the schema file can be written");
    }
    let kept = std::fs::read_to_string(FILE).expect("docs/assessment.schema.json can be read");
    assert!(
        kept == schema,
        "docs/assessment.schema.json is old; run UPDATE=1 cargo test -p rockhop-domain --test assessment_schema"
    );
}

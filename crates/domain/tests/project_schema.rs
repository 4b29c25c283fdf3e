//! `docs/rockhop.schema.json` is what the types say. After a change of the types:
//! `UPDATE=1 cargo test -p rockhop-domain --test project_schema`.
#![expect(clippy::disallowed_methods, reason = "the test compares a file; the crate itself reads none")]

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rockhop.schema.json");

#[test]
fn the_schema_file_is_what_the_types_say() {
    let mut schema = serde_json::to_string_pretty(&rockhop_domain::project::schema()).expect("JSON");
    schema.push('\n');
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(FILE, &schema).expect("the schema file can be written");
    }
    let kept = std::fs::read_to_string(FILE).expect("docs/rockhop.schema.json can be read");
    assert!(
        kept == schema,
        "docs/rockhop.schema.json is old; run UPDATE=1 cargo test -p rockhop-domain --test project_schema"
    );
}

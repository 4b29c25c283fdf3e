use super::*;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn read(files: &[(&str, &str)]) -> Result<Inventory, InventoryError> {
    let sources: Vec<Source<'_>> = files.iter().map(|(path, text)| Source { path, text }).collect();
    Inventory::read(&sources)
}

fn good(files: &[(&str, &str)]) -> Inventory {
    read(files).unwrap_or_else(|error| panic!("{error}"))
}

/// One inventory of each form, read to the same fleet.
const INI: &str = r#"
# The shop.
lonely ansible_host=10.0.0.9   # nothing but a host

[web]
web-[1:2] ansible_port=2222
[db]
db-a:2200 ansible_host=10.0.0.20 ansible_user='ops'   # primary
db-b      ansible_host=10.0.0.21
[shop:children]
web
db
[shop:vars]
ansible_user = deploy
ansible_ssh_common_args = -o ProxyJump=jump@bastion:2022 -o StrictHostKeyChecking=no
tier = ['gold', 2]
"#;

const YAML: &str = r#"
all:
  hosts:
    lonely: {ansible_host: 10.0.0.9}
  children:
    shop:
      vars:
        ansible_user: deploy
        ansible_ssh_common_args: -o ProxyJump=jump@bastion:2022 -o StrictHostKeyChecking=no
        tier: [gold, 2]
      children:
        web:
          hosts:
            web-[1:2]: {ansible_port: 2222}
        db:
          hosts:
            db-a:
              ansible_host: 10.0.0.20
              ansible_port: 2200
              ansible_user: ops
            db-b: {ansible_host: 10.0.0.21}
"#;

#[test]
fn the_same_fleet_in_ini_and_yaml() {
    for (path, text) in [("hosts", INI), ("inventory.yml", YAML)] {
        let inventory = good(&[(path, text)]);
        let told: Vec<String> = inventory
            .hosts
            .values()
            .map(|entry| {
                let c = &entry.connection;
                let jumps: Vec<String> = c.jumps.iter().map(ToString::to_string).collect();
                format!(
                    "{} {} {:?} {:?} {} {}",
                    entry.id,
                    c.address,
                    c.port,
                    c.user,
                    jumps.join(","),
                    entry.groups.join(",")
                )
            })
            .collect();
        let want = [
            "lonely 10.0.0.9 None None  all,ungrouped",
            r#"web-1 web-1 Some(2222) Some("deploy") jump@bastion:2022 all,shop,web"#,
            r#"web-2 web-2 Some(2222) Some("deploy") jump@bastion:2022 all,shop,web"#,
            r#"db-a 10.0.0.20 Some(2200) Some("ops") jump@bastion:2022 all,shop,db"#,
            r#"db-b 10.0.0.21 None Some("deploy") jump@bastion:2022 all,shop,db"#,
        ];
        assert_eq!(told, want, "{path}");
        assert_eq!(value(&inventory, "web-1", "tier"), json!(["gold", 2]), "{path}");
        assert_eq!(inventory.group("shop").len(), 4, "{path}");
        assert_eq!(inventory.notes.len(), 1, "one note for an argument that four hosts share: {:?}", inventory.notes);
    }
}

fn value(inventory: &Inventory, host: &str, name: &str) -> Json {
    let id = HostId::parse(host).expect("a host name");
    match inventory.hosts.get(&id).and_then(|entry| entry.vars.get(name)).map(|var| &var.value) {
        Some(Value::Plain(value)) => value.clone(),
        other => json!(format!("{other:?}")),
    }
}

/// Each layer sets `v1` up to its own number; the highest layer that sets a variable wins.
#[test]
fn precedence_is_ansibles() {
    let ini = "[all:vars]\na=1\nb=1\nc=1\nd=1\ne=1\nf=1\ng=1\n\
               [parent:children]\nkid\nother\n[parent:vars]\nb=2\nc=2\nd=2\ne=2\nf=2\ng=2\n\
               [kid:vars]\nc=3\nd=3\ne=3\nf=3\ng=3\nsame=kid\n[other:vars]\nsame=other\nansible_group_priority=10\n\
               [kid]\nhost f=6 g=6\n[other]\nhost\n";
    let inventory = good(&[
        ("inv/hosts", ini),
        ("inv/host_vars/host.yml", "g: 7\n"),
        ("inv/group_vars/kid.yml", "e: 5\nf: 5\ng: 5\n"),
        ("inv/group_vars/all.yml", "d: 4\ne: 4\nf: 4\ng: 4\n"),
    ]);
    for (name, want) in [("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 5), ("f", 6), ("g", 7)] {
        assert_eq!(value(&inventory, "host", name), json!(want), "{name}");
    }
    assert_eq!(value(&inventory, "host", "same"), json!("other"), "ansible_group_priority decides among equals");
}

#[test]
fn variable_files_are_chosen_as_ansible_chooses_them() {
    let inventory = good(&[
        ("hosts", "[web]\nweb-1.example.com\n"),
        ("group_vars/web.yml", "v: file\n"),
        ("group_vars/web/20-late.yml", "v: late\n"),
        ("group_vars/web/10-early.yml", "v: early\nonly: early\n"),
        ("group_vars/web/.hidden.yml", "v: hidden\n"),
        ("host_vars/web-1.example.com.yml", "own: 'yes'\n"),
        ("group_vars/nobody.yml", "x: 1\n"),
        ("host_vars/nobody", "x: 1\n"),
    ]);
    let host = "web-1.example.com";
    assert_eq!(value(&inventory, host, "v"), json!("late"), "a folder wins over a file, its files go by name");
    assert_eq!(value(&inventory, host, "only"), json!("early"));
    assert_eq!(value(&inventory, host, "own"), json!("yes"));
    let notes: Vec<&str> = inventory.notes.iter().map(|note| note.key.as_str()).collect();
    assert_eq!(notes, ["inventory-note-group-vars-unused", "inventory-note-host-vars-unused"]);
}

#[test]
fn yaml_is_read_as_ansible_reads_it() {
    let text = "a: yes\nb: 'yes'\nc: 0644\nd: 0x1f\nj: -1_000\nk: 0b11\nl: 08\nm: 1e3\nn: 1.5e+3\ne: ~\nf: 1.5\ng: 10.0.0.1\nh: !unsafe '{{ x }}'\nbase: &base {p: 1, q: 1}\n\
                merged: {<<: *base, q: 2}\nagain: *base\n\"i\": |\n  two\n  lines\n1: one\n";
    let inventory = good(&[("hosts", "h\n"), ("host_vars/h.yml", text)]);
    for (name, want) in [
        ("a", json!(true)),
        ("b", json!("yes")),
        ("c", json!(0o644)),
        ("d", json!(31)),
        ("j", json!(-1000)),
        ("k", json!(3)),
        ("l", json!("08")),
        ("m", json!("1e3")),
        ("n", json!(1500.0)),
        ("e", json!(null)),
        ("f", json!(1.5)),
        ("g", json!("10.0.0.1")),
        ("h", json!("{{ x }}")),
        ("merged", json!({"p": 1, "q": 2})),
        ("again", json!({"p": 1, "q": 1})),
        ("i", json!("two\nlines\n")),
        ("1", json!("one")),
    ] {
        assert_eq!(value(&inventory, "h", name), want, "{name}");
    }
}

#[test]
fn what_is_encrypted_stays_closed_and_passwords_are_dropped() {
    let inventory = good(&[
        ("hosts", "web-1 ansible_password=hunter2\n"),
        ("group_vars/all/vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n6162\n"),
        (
            "group_vars/all/main.yml",
            "key: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\ndb_password: hunter2\nlist: [1, !vault 'x']\n",
        ),
    ]);
    let all = format!("{inventory:?}");
    assert!(!all.contains("hunter2") && !all.contains("6162"), "{all}");
    for (name, want) in [
        ("key", Value::Vaulted),
        ("list", Value::Vaulted),
        ("db_password", Value::Withheld),
        ("ansible_password", Value::Withheld),
    ] {
        assert_eq!(inventory.hosts[0].vars.get(name).map(|var| &var.value), Some(&want), "{name}");
    }
    let notes: Vec<&str> = inventory.notes.iter().map(|note| note.key.as_str()).collect();
    assert_eq!(notes, ["inventory-note-vault-file", "inventory-note-vault-value", "inventory-note-vault-value"]);
}

#[test]
fn a_table_of_hosts() {
    let csv = "\u{feff}Host,Address,Role,Site,Groups,Jump,Rack\r\n\
               web-1,10.0.0.1,web,north,web;blue,ops@bastion,\"A \"\"1\"\", left\"\r\n\
               # a comment\r\n\r\n\
               db-1,10.0.0.2,database,,,,\r\n";
    let inventory = good(&[("fleet.csv", csv)]);
    let [web, db] = [&inventory.hosts[0], &inventory.hosts[1]];
    assert_eq!(web.connection.address, "10.0.0.1");
    assert_eq!(web.connection.jumps[0].to_string(), "ops@bastion");
    assert_eq!(web.role.as_ref().map(RoleId::as_str), Some("web"));
    assert_eq!(web.site.as_ref().map(SiteId::as_str), Some("north"));
    assert_eq!(web.groups.join(","), "all,blue,web");
    assert_eq!(web.vars.text("rack"), Some("A \"1\", left"));
    assert_eq!((db.site.as_ref(), db.groups.join(",")), (None, "all,ungrouped".to_owned()));
}

#[test]
fn connections_are_read_from_the_variables() {
    type Look = fn(&Connection) -> String;
    let cases: [(&str, Look, &str); 10] = [
        ("", |c| c.address.clone(), "h.example.com"),
        ("ansible_host={{inventory_hostname_short}}.lan", |c| c.address.clone(), "h.lan"),
        ("ip=10.0.0.1 ansible_host={{ip}}", |c| c.address.clone(), "10.0.0.1"),
        ("ansible_host=a ansible_ssh_host=b", |c| c.address.clone(), "b"),
        ("ansible_user=root", |c| format!("{:?}", c.elevation), "None"),
        ("ansible_user=ops", |c| format!("{:?}", c.elevation), "Sudo"),
        ("ansible_user=ops ansible_become=no", |c| format!("{:?}", c.elevation), "None"),
        (
            "ansible_ssh_extra_args='-p 22 -i /k -l ops'",
            |c| format!("{:?} {:?} {:?}", c.port, c.key_file, c.user),
            r#"Some(22) Some("/k") Some("ops")"#,
        ),
        ("ansible_port=2222 ansible_ssh_extra_args='-p 22'", |c| format!("{:?}", c.port), "Some(2222)"),
        ("ansible_ssh_common_args='-J a' ansible_ssh_extra_args='-J b'", |c| c.jumps[0].to_string(), "a"),
    ];
    for (vars, look, want) in cases {
        let inventory = good(&[("hosts", &format!("h.example.com {vars}\n"))]);
        assert_eq!(look(&inventory.hosts[0].connection), want, "{vars}");
    }
    let local = good(&[("hosts", "localhost ansible_connection=local\nweb-1\n")]);
    assert_eq!((local.hosts.len(), local.notes[0].key.as_str()), (1, "inventory-note-local"), "left out, and said so");
}

#[test]
fn errors_say_where_and_what() {
    let cases: [(&str, &str, &str); 32] = [
        ("hosts", "[web\n", "hosts:1:1: inventory-bad-section(text=[web)"),
        ("hosts", "[web:kids]\n", "hosts:1:1: inventory-bad-section(text=[web:kids])"),
        ("hosts", "\n  [web:vars]\nx=1\n", "hosts:2:3: inventory-undefined-group(group=web)"),
        ("hosts", "[a:children]\nb\n", "hosts:2:1: inventory-undefined-group(group=b)"),
        ("hosts", "[a:children]\nb\n[b:children]\na\n", "hosts:2:1: inventory-group-cycle(group=b)"),
        ("hosts", "web-1 x=1 oops\n", "hosts:1:11: inventory-not-a-variable(text=oops)"),
        ("hosts", "[a]\nh\n[a:vars]\nsecret words\n", "hosts:4:1: inventory-not-a-variable(text=secret)"),
        ("hosts", "web-1 x='1\n", "hosts:1:9: inventory-open-quote"),
        ("hosts", "web-[3:1]\n", "hosts:1:1: inventory-bad-range(text=3:1)"),
        ("hosts", "web-[1:9999999]\n", "hosts:1:1: inventory-too-many-hosts(limit=1000000)"),
        (
            "hosts",
            "web/1\n",
            "hosts:1:1: inventory-bad-host-name(name=web/1, why=only letters, digits, '.', '-' and '_' are allowed)",
        ),
        ("hosts", "w ansible_connection=winrm\n", "hosts:1:3: inventory-unknown-connection(host=w, connection=winrm)"),
        (
            "hosts",
            "w ansible_port=ssh\n",
            "hosts:1:3: inventory-bad-value(host=w, variable=ansible_port, value=ssh, wanted=1 - 65535)",
        ),
        (
            "hosts",
            "w ansible_port=0\n",
            "hosts:1:3: inventory-bad-value(host=w, variable=ansible_port, value=0, wanted=1 - 65535)",
        ),
        (
            "hosts",
            "w ansible_become=maybe\n",
            "hosts:1:3: inventory-bad-value(host=w, variable=ansible_become, value=maybe, wanted=true, false)",
        ),
        ("hosts", "w ansible_become_method=su\n", "hosts:1:3: inventory-unknown-elevation(host=w, method=su)"),
        (
            "hosts",
            "w ansible_become_user=app\n",
            "hosts:1:3: inventory-bad-value(host=w, variable=ansible_become_user, value=app, wanted=root)",
        ),
        (
            "hosts",
            "w ansible_host='{{ a | default(1) }}'\n",
            "hosts:1:3: inventory-bad-template(host=w, variable=ansible_host, value={{ a | default(1) }})",
        ),
        ("hosts", "w a='{{b}}' b='{{a}}' ansible_host='{{a}}'\n", "inventory-bad-template(host=w, variable="),
        (
            "hosts",
            "w ansible_ssh_common_args='-o ProxyCommand=\"nc %h\"'\n",
            "hosts:1:3: inventory-unknown-proxy(host=w, value=nc %h)",
        ),
        ("hosts", "w rockhop_role='a b'\n", "hosts:1:3: inventory-bad-name(host=w, variable=rockhop_role, value=a b)"),
        ("i.yml", "all:\n  host:\n    a:\n", "i.yml:2:3: inventory-unknown-key-nearest(key=host, nearest=hosts)"),
        ("i.yml", "all:\n  zzz: 1\n", "i.yml:2:3: inventory-unknown-key(key=zzz)"),
        ("i.yml", "all:\n  hosts: [a]\n", "i.yml:2:10: inventory-wrong-shape(key=hosts, wanted=mapping)"),
        ("i.yml", "- a\n", "i.yml:1:1: inventory-wrong-shape(key=inventory, wanted=mapping)"),
        ("i.yml", "a: [\n", "i.yml:1:4: inventory-bad-yaml(why="),
        ("i.yml", "a: *b\n", "i.yml:1:4: inventory-bad-yaml(why="),
        (
            "i.yml",
            "all:\n  hosts:\n    w:\n      ansible_host: !vault |\n        x\n",
            "i.yml:4:7: inventory-sealed-value(host=w, variable=ansible_host)",
        ),
        ("f.csv", "name2,address\n", "f.csv:1:1: inventory-no-host-column"),
        ("f.csv", "host\na,b\n", "f.csv:2:1: inventory-too-many-cells(cells=2, columns=1)"),
        ("f.csv", "host,site\na,x\na,y\n", "f.csv:3:1: inventory-host-twice(host=a)"),
        ("f.csv", "host,site\na,\"x\n", "f.csv:2:3: inventory-open-quote"),
    ];
    for (path, text, want) in cases {
        let got = read(&[(path, text)]).map(|inventory| inventory.hosts.len()).map_err(|error| error.to_string());
        assert!(
            got.as_ref().is_err_and(|error| error == want || (want.ends_with('=') && error.contains(want))),
            "{text:?}\n got {got:?}\nwant {want:?}"
        );
    }
}

#[test]
fn bombs_fizzle() {
    let nested = format!("a: {}{}\n", "[".repeat(200), "]".repeat(200));
    let mut aliases = String::from("l0: &l0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let item = format!("*l{}", level - 1);
        aliases.push_str(&format!("l{level}: &l{level} [{}]\n", vec![item; 9].join(", ")));
    }
    for text in [nested, aliases] {
        assert!(
            read(&[("hosts", "h\n"), ("host_vars/h.yml", &text)])
                .is_err_and(|e| matches!(e.trouble, Trouble::BadYaml { .. }))
        );
    }
}

#[test]
fn a_hundred_thousand_hosts() {
    let ini = "[web]\nweb-[00001:50000].example.com\n[db]\ndb-[00001:50000].example.com ansible_port=2222\n\
               [fleet:children]\nweb\ndb\n[fleet:vars]\nansible_user=ops\nansible_ssh_common_args=-J bastion\n";
    let inventory = good(&[("hosts", ini), ("group_vars/web.yml", "a: 1\nb: [2, 3]\n")]);
    assert_eq!(inventory.hosts.len(), 100_000);
    assert_eq!(inventory.group("fleet").len(), 100_000);
    let last = inventory.hosts.values().next_back().map(|entry| (entry.id.to_string(), entry.connection.port));
    assert_eq!(last, Some(("db-50000.example.com".to_owned(), Some(2222))));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,300}", path in "(hosts|a\\.yml|a\\.csv|group_vars/all\\.yml|host_vars/x)") {
        let _ = read(&[("hosts", "x\n"), (&path, &text)]);
    }

    #[test]
    fn no_lines_of_an_inventory_make_it_panic(
        lines in prop::collection::vec("(\\[[a-c]{0,2}(:(vars|children|x))?\\]?|[a-c]\\[[0-9a-c]{0,2}:[0-9a-c]{0,3}\\]?( [a-d]=['\"{\\[(]?[a-z0-9]{0,3}){0,2}|ansible_[a-z_]{3,9}=.{0,9})", 0..9)
    ) {
        let _ = read(&[("hosts", &lines.join("\n"))]);
    }

    #[test]
    fn no_yaml_makes_it_panic(lines in prop::collection::vec(" {0,6}(- |[a-c]: |hosts:|vars:|children:|<<: |[*&][ab] |!vault |\\|)?[a-c0-9'\"\\[\\]{}]{0,4}", 0..12)) {
        let text = lines.join("\n");
        let _ = read(&[("a.yml", &text)]);
        let _ = read(&[("hosts", "x\n"), ("host_vars/x.yml", &text)]);
    }
}

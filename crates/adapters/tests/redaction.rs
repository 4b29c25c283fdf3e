//! The survey's filter, run by the machine's own sh and awk: no secret passes, and what is none stays as it is.

use rockhop_domain::facts::{archive::Redactor, survey::SCRIPT};
use std::{
    io::Write,
    process::{Command, Stdio},
};

/// Runs lines through the filter of the script as it is sent to hosts.
fn filter(text: &str, salt: &str) -> String {
    filter_then(text, salt, "")
}

/// The same, and then what a host says of its secrets' digests.
fn digests(text: &str, salt: &str) -> Vec<String> {
    let got = filter_then(text, salt, "sha256sum \"$T\".secret.*");
    let lines = got.lines().skip(text.lines().count());
    lines.map(|line| line.split("  ").next().unwrap_or_default().to_owned()).collect()
}

fn filter_then(text: &str, salt: &str, then: &str) -> String {
    let start = SCRIPT.find("redact() {").expect("the filter");
    let end = SCRIPT[start..].find("\n}\n").expect("its end") + start + 3;
    let dir = tempfile::tempdir().expect("a folder");
    let script = format!("N=0123-abc; T={}/t; {}\nredact\n{then}", dir.path().display(), &SCRIPT[start..end]);
    let mut sh = Command::new("sh")
        .args(["-c", &script])
        .env("ROCKHOP_SALT", salt)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("sh");
    sh.stdin.take().expect("its input").write_all(text.as_bytes()).expect("the lines");
    let output = sh.wait_with_output().expect("its output");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("text")
}

/// `SECRET` is replaced wherever these forms hold one; `~` stands for a replaced value.
const HELD: &[(&str, &str)] = &[
    ("requirepass SECRET", "requirepass ~"),
    ("ldap_default_authtok = SECRET", "ldap_default_authtok = ~"),
    ("masterauth \"SEC\\\"RET\"", "masterauth \"~\""),
    ("sentinel auth-pass main SECRET", "sentinel auth-pass main ~"),
    ("user app on >SECRET ~* +@all", "user app on >~ ~* +@all"),
    ("db_password = SECRET with blanks", "db_password = ~"),
    ("  password: 'SECRET'  # comment", "  password: '~'  # comment"),
    ("- smtp_auth_password: SECRET", "- smtp_auth_password: ~"),
    ("Environment=\"DB_PASS=SECRET\" \"PORT=1\"", "Environment=\"DB_PASS=~\" \"PORT=1\""),
    ("DATABASE_URL=postgres://app:SECRET@db:5432/shop", "DATABASE_URL=postgres://app:~@db:5432/shop"),
    (
        "primary_conninfo = 'host=a user=r password=SECRET port=1'",
        "primary_conninfo = 'host=a user=r password=~ port=1'",
    ),
    ("root 1 mysqldump -uroot -pSECRET shop", "root 1 mysqldump -uroot -p~ shop"),
    ("app 1 redis-cli --pass x -a y token=SECRET", "app 1 redis-cli --pass x -a y token=~"),
    ("5 * * * * root curl -u bob:SECRET http://x/", "5 * * * * root curl -u bob:~ http://x/"),
    ("stats auth admin:SECRET", "stats auth admin:~"),
    ("auth_pass SECRET", "auth_pass ~"),
    ("Authorization: Bearer SECRET", "Authorization: Bearer ~"),
    ("proxy_set_header Authorization \"Basic SECRET\";", "proxy_set_header Authorization \"Basic ~\";"),
    ("//nas/x /mnt cifs username=a,password=SECRET,uid=1 0 0", "//nas/x /mnt cifs username=a,password=~,uid=1 0 0"),
    ("rocommunity SECRET", "rocommunity ~"),
    ("CREATE USER a IDENTIFIED BY 'SECRET';", "CREATE USER a IDENTIFIED BY '~';"),
    ("\"secret_key\": \"SECRET\", \"x\": 1", "\"secret_key\": \"~\", \"x\": 1"),
    ("key \"rndc\" { algorithm hmac-md5; secret \"SECRET\"; };", "key \"rndc\" { algorithm hmac-md5; secret \"~\"; };"),
    ("createUser bob MD5 SECRET AES \"SECRET 2\"", "createUser bob MD5 ~ AES \"~\""),
    ("Driver=x;Pwd=SECRET;Uid=q", "Driver=x;Pwd=~;Uid=q"),
];

/// Looks like a secret and is none.
const CLEAR: &[&str] = &[
    "passwordauthentication yes",
    "password_encryption = md5",
    "old_passwords=1",
    "ops ALL=(ALL) NOPASSWD: ALL",
    "proxy_pass http://backend:8080;",
    "fastcgi_pass unix:/run/php.sock;",
    "bearer_token_file: /etc/prometheus/token",
    "token=${TOKEN}",
    "password required pam_unix.so",
    "mysql -u root -P 3306",
    "ssl_certificate_key /etc/nginx/ssl/a.key;",
    "key_buffer_size=16M",
    "server 10.0.0.1:6379",
];

#[test]
fn no_secret_passes() {
    let held: String = HELD.iter().map(|(line, _)| format!("{line}\n")).collect();
    let got = filter(&held, "salt");
    for (line, (from, want)) in got.lines().zip(HELD) {
        let shape = masked(line);
        assert_eq!(&shape, want, "from {from:?}");
    }
    assert!(!got.contains("SECRET"));
    assert_eq!(got.lines().count(), HELD.len());
}

#[test]
fn what_is_no_secret_stays() {
    let clear: String = CLEAR.iter().map(|line| format!("{line}\n")).collect();
    assert_eq!(filter(&clear, "salt"), clear);
}

#[test]
fn private_keys_go_and_their_frames_stay() {
    let text = "a\n-----BEGIN RSA PRIVATE KEY-----\nSECRET\nSECRET2\n-----END RSA PRIVATE KEY-----\nb\n-----BEGIN PRIVATE KEY-----\nSECRET\n===0123-abc - files 0 \n";
    let got = filter(text, "salt");
    assert!(!got.contains("SECRET"), "{got}");
    assert!(got.contains("\nb\n") && got.ends_with("===0123-abc - files 0 \n"), "{got}");
}

#[test]
fn equal_secrets_look_equal_under_one_salt_only() {
    let both = digests("requirepass SECRET\nmasterauth SECRET\n", "a");
    assert_eq!(both.len(), 1, "one number for one secret: {both:?}");
    assert_eq!(both, digests("token=SECRET\n", "a"));
    assert_ne!(both, digests("requirepass SECRET\n", "b"));
    assert_ne!(both, digests("requirepass OTHER\n", "a"));
    assert!(both[0].len() == 64 && both[0] != digests("requirepass SECRET\n", "")[0], "salted: {both:?}");
}

/// Texts of archives pass a filter that is not the script's: under one salt both say the same.
#[test]
fn the_filter_for_archives_says_the_same() {
    let key = "-----BEGIN RSA PRIVATE KEY-----\nSECRET\nSECRET2\n-----END RSA PRIVATE KEY-----\nb\n";
    let more = [
        "password=\"SEC\\\"RET\" token: 'SECRET' pwd=SECRET,uid=1",
        "a=http://u:SECRET@h/?token=SECRET&x=1 http://:SECRET@h",
        "password=<redacted:01234567> secret=${SECRET_FILE} secret=${1}",
        "user app >SECRET ~* +@all >SECRET2 #SECRET3",
        "secret \"SECRET\" in a sentence about a secret",
        "requirepass \"SECRET",
        "Password required; password:",
        "über password = SECRETü ; ",
        "mysql -u root -pSECRET -e 'x' ; mariadb --user=x -pSECRET",
    ];
    let lines = HELD.iter().map(|(line, _)| *line).chain(CLEAR.iter().copied()).chain(more);
    let text: String = lines.map(|line| format!("{line}\n")).collect::<String>() + key;
    let (shown, filtered) = (Redactor::new("salt").text(&text), named(&text, "salt"));
    for (ours, theirs) in shown.lines().zip(filtered.lines()) {
        assert_eq!(ours, theirs);
    }
    assert_eq!(shown, filtered);
}

/// What the script's filter says, with the digests in the place of the numbers.
fn named(text: &str, salt: &str) -> String {
    let got = filter_then(text, salt, "echo =digests; sha256sum \"$T\".secret.*");
    let (mut filtered, digests) = got.split_once("=digests\n").map(|(a, b)| (a.to_owned(), b)).expect("digests");
    for line in digests.lines() {
        let (digest, path) = line.split_once("  ").expect("a digest");
        let number = path.rsplit('.').next().expect("a number");
        filtered = filtered.replace(&format!("<redacted:@{number}>"), &format!("<redacted:{}>", &digest[..8]));
    }
    filtered
}

/// Every `<redacted:HASH>` as `~`.
fn masked(line: &str) -> String {
    let mut parts = line.split("<redacted:");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "~" + part.split_once('>').expect("the end of a hash").1)
}

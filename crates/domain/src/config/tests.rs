use super::*;
use proptest::prelude::*;

/// What a translator makes of a text: the new text, or the key of its refusal.
fn outcome(translator: &Translator, source: &str) -> Result<String, String> {
    match translator.translate(source.as_bytes()) {
        Ok(bytes) => Ok(String::from_utf8(bytes).expect("text stays text")),
        Err(no) => Err(no.why.key),
    }
}

fn expect(translator: Translator, cases: &[(&str, Result<&str, &str>)]) {
    for (source, wanted) in cases {
        let wanted = wanted.map(str::to_owned).map_err(str::to_owned);
        assert_eq!(outcome(&translator, source), wanted, "{translator:?}: {source:?}");
    }
}

#[test]
fn redis_of_3_2_becomes_6_2() {
    expect(
        Translator::RedisConf,
        &[
            (
                "# slave-read-only yes\nport 6379\nrequirepass s3cret\n",
                Ok("# slave-read-only yes\nport 6379\nrequirepass s3cret\n"),
            ),
            ("slave-read-only yes\n", Ok("replica-read-only yes\n")),
            ("  SLAVEOF 10.0.0.1 6379", Ok("  replicaof 10.0.0.1 6379")),
            ("hash-max-zipmap-entries 64\n", Ok("# not on EL 9: hash-max-zipmap-entries 64\n")),
            ("daemonize yes\nsupervised no\n", Ok("daemonize no\nsupervised systemd\n")),
            ("client-output-buffer-limit slave 1 1 1\n", Ok("client-output-buffer-limit replica 1 1 1\n")),
            ("bind 10.0.0.1\n", Ok("bind 10.0.0.1 127.0.0.1\n")),
            ("bind 10.0.0.1 -127.0.0.1\n", Ok("bind 10.0.0.1 -127.0.0.1\n")),
            ("loadmodule /usr/lib64/redis/x.so\n", Err("config-redis-module")),
        ],
    );
}

#[test]
fn an_interface_becomes_a_keyfile() {
    let companions = Companions {
        gateway: Some("10.77.0.1".into()),
        dns: vec!["10.77.0.1".into()],
        search: vec!["example.net".into()],
        routes: vec!["10.9.0.0/16 via 10.77.0.2 dev eth0".into(), "10.8.0.0/16 via 10.77.0.3 metric 7".into()],
    };
    let source = "TYPE=\"Ethernet\"\nDEVICE=eth0\nBOOTPROTO=none\nONBOOT=yes\nIPADDR=10.77.0.11\nPREFIX=24\nUUID=6cd50e51-cfc6-40b9-9ec5-f32fa2e4ff02\nHWADDR=52:54:00:00:00:01\nIPADDR1=10.77.1.11\nNETMASK1=255.255.0.0\n";
    let made = Translator::IfcfgToKeyfile(companions).translation(source.as_bytes()).expect("it is plain Ethernet");
    insta::assert_snapshot!(String::from_utf8(made.bytes).expect("text"));
    assert_eq!(made.notes.iter().map(|n| n.key.as_str()).collect::<Vec<_>>(), ["config-ifcfg-other-card"]);
}

#[test]
fn interfaces_that_are_more_than_a_card_are_refused() {
    let base = "DEVICE=eth0\nIPADDR=10.0.0.1\n";
    expect(
        Translator::IfcfgToKeyfile(Companions::default()),
        &[
            (&format!("{base}TYPE=Bond\n"), Err("config-ifcfg-kind")),
            (&format!("{base}BOOTPROTO=dhcp\n"), Err("config-ifcfg-dhcp")),
            (&format!("{base}BRIDGE=br0\n"), Err("config-unknown-setting")),
            (&format!("{base}ETHTOOL_OPTS=-K\n"), Err("config-unknown-setting")),
            (&format!("{base}NETMASK=255.0.255.0\n"), Err("config-bad-netmask")),
            ("DEVICE=eth0\n", Err("config-ifcfg-no-address")),
            ("IPADDR=10.0.0.1\n", Err("config-ifcfg-no-device")),
            ("DEVICE=eth0\nIPADDR=10.0.0\n", Err("config-bad-address")),
            ("nonsense\n", Err("config-no-assignment")),
        ],
    );
}

#[test]
fn ntp_becomes_chrony() {
    let tail = "driftfile /var/lib/chrony/drift\nmakestep 1.0 3\nrtcsync\nlogdir /var/log/chrony\n";
    let carried = |lines: &str| format!("# Carried over from ntp.conf.\n{lines}{tail}");
    expect(
        Translator::NtpToChrony,
        &[
            ("# x\ndriftfile /d\nserver a iburst minpoll 4\n", Ok(&carried("server a iburst minpoll 4\n"))),
            ("server 127.127.1.0\nfudge 127.127.1.0 stratum 10\n", Ok(&carried("local stratum 10\n"))),
            ("restrict 10.0.0.0 mask 255.255.0.0 nomodify\n", Ok(&carried("allow 10.0.0.0/16\n"))),
            ("restrict 10.0.0.9 ignore\n", Ok(&carried("deny 10.0.0.9/32\n"))),
            ("restrict default nomodify\npeer b\n", Ok(&carried("peer b\n"))),
            ("server 127.127.20.0\n", Err("config-ntp-reference-clock")),
            ("broadcast 10.0.0.255\n", Err("config-ntp-no-counterpart")),
            ("mystery 1\n", Err("config-unknown-setting")),
            ("restrict 10.0.0.0 mask 255.0.255.0\n", Err("config-bad-netmask")),
            ("server\n", Err("config-no-value")),
        ],
    );
}

#[test]
fn packet_filters_are_carried_whole_or_refused() {
    let usual = "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n:ops - [0:0]\n-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT\n-A INPUT -p icmp -j ACCEPT\n-A INPUT -i lo -j ACCEPT\n-A INPUT -s 10.0.0.0/8 -p tcp -m multiport --dports 80,443 -j ops\n-A INPUT -p tcp -m state --state NEW -m tcp --dport 22 -m comment --comment \"let us in\" -j ACCEPT\n-A INPUT ! -s 10.0.0.1 -p udp --sport 100:200 -m limit --limit 5/min --limit-burst 9 -j LOG --log-prefix \"odd: \"\n-A INPUT -j REJECT --reject-with icmp-host-prohibited\nCOMMIT\n*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -o eth1 -j SNAT --to-source 10.0.0.1\nCOMMIT\n";
    insta::assert_snapshot!(outcome(&Translator::IptablesToNft, usual).expect("every rule has a counterpart"));
    let rule = |r: &str| format!("*filter\n:INPUT ACCEPT [0:0]\n-A INPUT {r}\nCOMMIT\n");
    expect(
        Translator::IptablesToNft,
        &[
            (&rule("-m recent --set -j ACCEPT"), Err("config-iptables-match")),
            (&rule("-j TARPIT"), Err("config-iptables-target")),
            (&rule("--dport 22 -j ACCEPT"), Err("config-iptables-word")),
            (&rule("-s \"1; drop\" -j ACCEPT"), Err("config-iptables-quote")),
            (&rule("! -j ACCEPT"), Err("config-iptables-word")),
            (&rule("-s"), Err("config-iptables-word")),
            ("-A INPUT -j ACCEPT\n", Err("config-iptables-no-table")),
            ("*security\n", Err("config-iptables-table")),
            ("*filter\n-A NOWHERE -j ACCEPT\n", Err("config-iptables-chain")),
        ],
    );
}

#[test]
fn sshd_keeps_the_door_open() {
    let include = "Include /etc/ssh/sshd_config.d/*.conf\n";
    expect(
        Translator::SshdConfig,
        &[
            ("PermitRootLogin no\n", Ok(&format!("{include}PermitRootLogin no\n"))),
            (&format!("{include}PermitRootLogin no\n"), Ok(&format!("{include}PermitRootLogin no\n"))),
            ("Protocol 2\n", Ok(&format!("{include}# not on EL 9: Protocol 2\n"))),
            ("Ciphers aes128-ctr,arcfour\n", Ok(&format!("{include}Ciphers aes128-ctr\n"))),
            ("Ciphers +arcfour\n", Ok(&format!("{include}# not on EL 9: Ciphers +arcfour\n"))),
            ("AuthorizedKeysCommandRunAs x\n", Ok(&format!("{include}AuthorizedKeysCommandUser x\n"))),
            (
                "HostKey /etc/ssh/ssh_host_dsa_key\n",
                Ok(&format!("{include}# not on EL 9: HostKey /etc/ssh/ssh_host_dsa_key\n")),
            ),
            ("HostKey /etc/ssh/ssh_host_ecdsa_key\n", Ok(&format!("{include}HostKey /etc/ssh/ssh_host_ecdsa_key\n"))),
            ("MACs hmac-md5\n", Err("config-sshd-no-algorithm-left")),
            ("ListenAddress 10.0.0.1\n", Err("config-sshd-listens-on-address")),
        ],
    );
    let silent = Translator::SshdConfig.translation(b"Match User x\nPermitRootLogin no\n").expect("it is carried");
    assert_eq!(silent.notes, [Message::new("config-sshd-root-login")]);
}

#[test]
fn nginx_mycnf_and_postgresql() {
    expect(
        Translator::NginxConf,
        &[
            ("listen 443 ssl spdy;\n", Ok("listen 443 ssl http2;\n")),
            ("  ssl_protocols TLSv1 TLSv1.2;\n", Ok("  ssl_protocols TLSv1.2;\n")),
            ("ssl_protocols SSLv3;\n", Ok("ssl_protocols TLSv1.2;\n")),
            ("proxy_pass http://x;\n", Ok("proxy_pass http://x;\n")),
            ("geoip_country /x.dat;\n", Err("config-nginx-no-module")),
        ],
    );
    expect(
        Translator::MyCnf,
        &[
            ("[mysqld]\nbind-address=10.0.0.1\n", Ok("[mysqld]\nbind-address=10.0.0.1\n")),
            ("[mysqld]\nthread_concurrency = 8\n", Ok("[mysqld]\n# not on EL 9: thread_concurrency = 8\n")),
            ("[mysqld]\ndefault-character-set=utf8\n", Ok("[mysqld]\ncharacter_set_server=utf8\n")),
            ("[client]\ndefault-character-set=utf8\n", Ok("[client]\ndefault-character-set=utf8\n")),
            ("!includedir /etc/my.cnf.d\n", Ok("# not on EL 9: !includedir /etc/my.cnf.d\n")),
            ("!include /opt/x.cnf\n", Err("config-mycnf-includes")),
            ("[mysqld]\nlog=/x\n", Err("config-mycnf-ambiguous")),
        ],
    );
    expect(
        Translator::PostgresConf,
        &[
            ("shared_buffers = 1GB # x\n", Ok("shared_buffers = 1GB # x\n")),
            ("checkpoint_segments = 3\n", Ok("max_wal_size = 160MB\n")),
            ("wal_keep_segments 8\n", Ok("wal_keep_size = 128MB\n")),
            ("unix_socket_directory = '/tmp'\n", Ok("unix_socket_directories = '/tmp'\n")),
            ("default_with_oids = off\n", Ok("# not on EL 9: default_with_oids = off\n")),
            ("checkpoint_segments = many\n", Err("config-not-a-number")),
        ],
    );
    expect(
        Translator::PostgresHba,
        &[
            ("local all all peer\n", Ok("local all all peer\n")),
            ("host all all 10.0.0.0/8 crypt\n", Ok("host all all 10.0.0.0/8 md5\n")),
            ("host all all 10.0.0.0/8 ident sameuser\n", Ok("host all all 10.0.0.0/8 ident\n")),
        ],
    );
}

#[test]
fn the_system_files() {
    expect(
        Translator::Sysctl,
        &[
            ("net.core.somaxconn = 1024\n", Ok("net.core.somaxconn = 1024\n")),
            ("net.ipv4.tcp_tw_recycle=1\n", Ok("# not on EL 9: net.ipv4.tcp_tw_recycle=1\n")),
            ("net/ipv4/tcp_tw_recycle=1\n", Ok("# not on EL 9: net/ipv4/tcp_tw_recycle=1\n")),
            ("net.ipv4.ip_conntrack_max = 9\n", Ok("net.netfilter.nf_conntrack_max = 9\n")),
            ("what\n", Err("config-no-assignment")),
        ],
    );
    expect(
        Translator::Environment,
        &[
            ("A=1\n; x\n", Ok("A=1\n; x\n")),
            ("export A=1\n", Ok("A=1\n")),
            ("A=$(hostname)\n", Err("config-environment-runs-command")),
            ("A\n", Err("config-no-assignment")),
        ],
    );
    expect(
        Translator::SystemdUnit,
        &[
            ("[Service]\nMemoryLimit=1G\n", Ok("[Service]\nMemoryMax=1G\n")),
            ("CPUShares=2048\n", Ok("CPUWeight=200\n")),
            ("BlockIOWeight=500\n", Ok("IOWeight=100\n")),
            ("StandardOutput=syslog\n", Ok("StandardOutput=journal\n")),
            ("TCPWrapName=x\n", Ok("# not on EL 9: TCPWrapName=x\n")),
            ("ExecStart=/opt/shop/app\n", Ok("ExecStart=/opt/shop/app\n")),
            ("CPUShares=lots\n", Err("config-not-a-number")),
        ],
    );
}

#[test]
fn what_a_person_should_look_at_is_noted() {
    let notes = |t: Translator, source: &str| -> Vec<String> {
        t.translation(source.as_bytes()).expect("it is carried").notes.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        notes(Translator::Crontab, "0 2 * * * root /usr/bin/python /x.py\n# ntpq\n"),
        ["config-command-gone(line=1, setting=python)"]
    );
    assert_eq!(
        notes(Translator::AlertRules, "expr: rate(node_cpu{x=\"1\"}[5m]) > 1\nexpr: node_cpu_seconds_total\n"),
        ["config-metric-renamed(line=1, setting=node_cpu, new=node_cpu_seconds_total)"]
    );
    assert_eq!(
        notes(Translator::SystemdUnit, "ExecStart=/usr/bin/python /opt/x\n"),
        ["config-bare-python(line=1, setting=ExecStart)"]
    );
}

#[test]
fn no_error_repeats_a_value() {
    for (translator, source) in [
        (Translator::Environment, "PASSWORD=$(cat hunter2)\n"),
        (Translator::MyCnf, "!include hunter2\n"),
        (Translator::PostgresConf, "checkpoint_segments = hunter2\n"),
        (Translator::RedisConf, "loadmodule hunter2\n"),
    ] {
        let error = translator.translate(source.as_bytes()).expect_err("it is refused");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

fn any_translator() -> impl Strategy<Value = Translator> {
    use Translator::*;
    prop::sample::select(vec![
        Verbatim,
        IfcfgToKeyfile(Companions::default()),
        NtpToChrony,
        IptablesToNft,
        RedisConf,
        PostgresConf,
        PostgresHba,
        MyCnf,
        NginxConf,
        SshdConfig,
        PrometheusYml,
        AlertRules,
        Environment,
        Sysctl,
        Crontab,
        SystemdUnit,
    ])
}

/// Words that the translators look for, between which anything may stand.
fn odd_text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "*filter",
        ":INPUT",
        "-A",
        "INPUT",
        "ACCEPT",
        "--dports",
        "-p",
        "tcp",
        "!",
        "server",
        "restrict",
        "mask",
        "Ciphers",
        "+",
        ",",
        "=",
        "\n",
        " ",
        "\"",
        "IPADDR",
        "DEVICE=eth0",
        "[mysqld]",
        "CPUShares",
        "listen",
        "ssl_protocols",
        "'",
        "#",
    ]);
    prop::collection::vec(prop_oneof![word.prop_map(str::to_owned), ".{0,6}"], 0..24).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn no_text_makes_a_translator_panic(translator in any_translator(), text in odd_text()) {
        let _ = translator.translate(text.as_bytes());
    }

    #[test]
    fn no_bytes_make_a_translator_panic(translator in any_translator(), bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = translator.translate(&bytes);
    }

    /// A file that was carried is an EL9 file: carrying it again changes nothing.
    #[test]
    fn line_translators_are_idempotent(text in odd_text()) {
        use Translator::*;
        for translator in [RedisConf, PostgresConf, MyCnf, NginxConf, SshdConfig, Environment, Sysctl, SystemdUnit] {
            if let Ok(once) = translator.translate(text.as_bytes()) {
                prop_assert_eq!(translator.translate(&once), Ok(once), "{:?}", translator);
            }
        }
    }
}

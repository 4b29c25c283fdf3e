//! A host made of a folder: a plan's scripts run on it for real, by a real shell, with its root put before their paths.
//! And a ledger in memory, with a controller that dies at any write or in the middle of a job.

use rockhop_domain::{
    Digest, Fault, FaultClass, HostId, Message, RuleId, RunId,
    assess::assess_one,
    event::{Event, Kind},
    facts::{ConfigFile, Facts, FstabRow, Mount, Read, Sysctl, Why},
    plan::{Environment, Scenery, Tree},
    project::Policy,
    remedy::{REMEDY_FORMAT, RemedyPlan, compile},
    rules::{
        Aim,
        fixtures::{add_package, clean_el7_web, known},
    },
};
use rockhop_engine::ports::{
    Answer, Ask, Clock, FileOut, JobFound, JobId, Ledger, LedgerFailed, Question, Seat, Target,
};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    fs,
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

pub const FSTAB: &str = "# made by anaconda\nUUID=1 / xfs defaults 0 0\n/dev/sdb1\t/data xfs noatime,nobarrier 0 0 # orders\n\
                         /dev/sdb2 swap swap defaults 0 0\n";
pub const FSTAB_AFTER: &str = "# made by anaconda\nUUID=1 / xfs defaults 0 0\n# orders\nUUID=b1-b1\t/data xfs noatime 0 0\n\
                               UUID=b2-b2 swap swap defaults 0 0\n";
pub const SYSCTL: &str = "net.ipv4.tcp_tw_recycle = 1\nvm.swappiness = 10";
pub const SYSCTL_AFTER: &str = "# rockhop kernel.sysctl-removed: net.ipv4.tcp_tw_recycle = 1\nvm.swappiness = 10\n";
pub const SSHD: &str = "Ciphers aes256-ctr,blowfish-cbc\nUsePrivilegeSeparation sandbox\nPermitRootLogin no\n\
                        Subsystem sftp internal-sftp\n";
pub const SSHD_AFTER: &str = "Ciphers aes256-ctr\n# rockhop security.ssh-obsolete-options: UsePrivilegeSeparation sandbox\n\
                              PermitRootLogin no\nSubsystem sftp internal-sftp\n";
pub const MODULES: &str = "ip_vs\nip_conntrack_ftp\n";
pub const MODULES_AFTER: &str = "ip_vs\nnf_conntrack_ftp\n";

/// Every file that is remedied, as it was and as it shall be.
pub const FILES: [(&str, &str, &str); 4] = [
    ("/etc/fstab", FSTAB, FSTAB_AFTER),
    ("/etc/modules-load.d/lvs.conf", MODULES, MODULES_AFTER),
    ("/etc/ssh/sshd_config", SSHD, SSHD_AFTER),
    ("/etc/sysctl.d/site.conf", SYSCTL, SYSCTL_AFTER),
];

/// A host's root folder.
#[derive(Clone)]
pub struct Made {
    root: Arc<tempfile::TempDir>,
}

impl Made {
    /// EL 7 with every file as it was, its owner's mode and an old time.
    pub fn el7() -> Self {
        let made = Self { root: Arc::new(tempfile::tempdir().expect("a folder")) };
        for folder in ["etc/ssh", "etc/sysctl.d", "etc/modules-load.d", "var/lib", "proc/self", "bin"] {
            fs::create_dir_all(made.at(folder)).expect("a folder");
        }
        made.write("/etc/os-release", "ID=centos\nVERSION_ID=7\n");
        made.write("/proc/self/mounts", "rootfs / rootfs rw 0 0\n/dev/sda1 / xfs rw 0 0\n/dev/sdb1 /data xfs rw 0 0\n");
        made.write("/proc/swaps", "Filename Type Size Used Priority\n/dev/sdb2 partition 1 0 -2\n");
        made.program(
            "blkid",
            "case $* in *'-s UUID /dev/sdb1') echo b1-b1 ;; *'-s UUID /dev/sdb2') echo b2-b2 ;; *UUID=b1-b1) echo /dev/sdb1 ;; \
             *UUID=b2-b2) echo /dev/sdb2 ;; *) exit 2 ;; esac",
        );
        made.program("modprobe", "[ \"$*\" = '-R ip_conntrack_ftp' ] && echo nf_conntrack_ftp");
        made.program("sshd", "[ \"$1 $2\" = '-t -f' ] && ! grep -q blowfish \"$3\"");
        for (path, before, _) in FILES {
            made.write(path, before);
            fs::set_permissions(made.at(path), fs::Permissions::from_mode(0o640)).expect("a mode");
            let file = fs::File::options().write(true).open(made.at(path)).expect("the file");
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000)).expect("a time");
        }
        made
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.root.path().join(path.trim_start_matches('/'))
    }

    pub fn write(&self, path: &str, text: &str) {
        fs::write(self.at(path), text).expect("written");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).expect("read")
    }

    pub fn program(&self, name: &str, body: &str) {
        let path = self.at(&format!("bin/{name}"));
        fs::write(&path, format!("#!/bin/sh\n{body}\n")).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a mode");
    }

    /// Mode and time of a file.
    pub fn marks(&self, path: &str) -> (u32, SystemTime) {
        let found = fs::metadata(self.at(path)).expect("the file");
        (found.permissions().mode(), found.modified().expect("a time"))
    }

    /// Which files are as they were, and which as they shall be; panics for one that is neither.
    pub fn stands(&self) -> Vec<bool> {
        let one = |(path, before, after): (&str, &str, &str)| {
            let now = self.read(path);
            assert!(now == before || now == after, "{path} is neither: {now}");
            now == after
        };
        FILES.map(one).to_vec()
    }

    /// What lies in a folder beside the files of this test.
    pub fn strays(&self) -> Vec<PathBuf> {
        let folders = ["etc", "etc/ssh", "etc/sysctl.d", "etc/modules-load.d"];
        let all = folders.iter().flat_map(|folder| fs::read_dir(self.at(folder)).expect("a folder"));
        all.map(|entry| entry.expect("an entry").path())
            .filter(|path| path.to_string_lossy().contains("draft"))
            .collect()
    }

    /// The script on this root: what it names there is below it, and its programs come first.
    fn run(&self, script: &str) -> Answer {
        let root = self.root.path().display().to_string();
        let mut script = script.replace("PATH=/usr/sbin", &format!("PATH={root}/bin:/usr/sbin"));
        for place in ["/etc/", "/proc/", "/var/lib/"] {
            script = script.replace(place, &format!("{root}{place}"));
        }
        let mut shell = Command::new("/bin/sh")
            .args(["-s"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a shell");
        shell.stdin.take().expect("piped").write_all(script.as_bytes()).expect("written");
        let end = shell.wait_with_output().expect("ended");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Answer { status: end.status.code().expect("a status"), stdout: text(&end.stdout), stderr: text(&end.stderr) }
    }

    /// What a survey would have read.
    pub fn facts(&self, host: &str) -> Facts {
        let mut facts = clean_el7_web();
        facts.host = HostId::parse(host).expect("a host");
        known(&mut facts.config_files).retain(|file| !FILES.iter().any(|(path, ..)| file.path == *path));
        for (path, ..) in FILES {
            known(&mut facts.config_files).push(config_file(path, &self.read(path)));
        }
        let row = |source: &str, path: &str, fstype: &str, options: &str| FstabRow {
            source: source.into(),
            path: path.into(),
            fstype: fstype.into(),
            options: options.split(',').map(str::to_owned).collect(),
            dump: 0,
            pass: 0,
        };
        *known(&mut facts.fstab) = vec![
            row("UUID=1", "/", "xfs", "defaults"),
            row("/dev/sdb1", "/data", "xfs", "noatime,nobarrier"),
            row("/dev/sdb2", "swap", "swap", "defaults"),
        ];
        let (source, fstype, space) = ("/dev/sdb1".into(), "xfs".into(), Read::Unknown(Why::NotAsked));
        known(&mut facts.mounts).push(Mount { path: "/data".into(), source, fstype, options: Vec::new(), space });
        let (key, value) = ("net.ipv4.tcp_tw_recycle".into(), "1".into());
        known(&mut facts.sysctl_set).push(Sysctl { key, value, file: Some("/etc/sysctl.d/site.conf".into()) });
        known(&mut facts.packages).retain(|package| package.name != "openssh-server");
        add_package(&mut facts, "openssh-server", "7.4p1", "23.el7_9");
        facts
    }
}

fn config_file(path: &str, content: &str) -> ConfigFile {
    let sum: String = Sha256::digest(content.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    ConfigFile {
        path: path.into(),
        mode: "0640".into(),
        owner: "root".into(),
        group: "root".into(),
        size: content.len() as u64,
        sha256: Read::Known(sum),
        owned_by_rpm: None,
        changed_from_rpm: None,
        content: Read::Known(content.into()),
    }
}

/// The plan for these hosts, as their facts ask for it.
pub fn plan(hosts: &[(&str, &Made)], failure_budget: u32) -> Arc<RemedyPlan> {
    plan_of(hosts, failure_budget, |_| true)
}

/// The same for the files that pass: fewer for what is tried a hundred times.
pub fn plan_of(hosts: &[(&str, &Made)], failure_budget: u32, wanted: fn(&str) -> bool) -> Arc<RemedyPlan> {
    let remedied = hosts.iter().map(|(name, made)| {
        let facts = made.facts(name);
        let found = assess_one(&facts, &Aim::default(), &[], &Policy::default(), jiff::Timestamp::UNIX_EPOCH);
        let mechanical = |rule: &RuleId| rockhop_domain::rules::mechanical(rule.as_str()).is_some();
        let mut remedies = compile(&facts, &Digest::of(b"facts"), &found, mechanical);
        remedies.steps.retain(|step| wanted(&step.file));
        (facts.host.clone(), remedies)
    });
    Arc::new(RemedyPlan {
        remedy_format: REMEDY_FORMAT,
        project: "shop".into(),
        environment: Environment::Production,
        scenery: Scenery::Real,
        made_at: jiff::Timestamp::UNIX_EPOCH,
        hosts_in_parallel: 2,
        failure_budget,
        hosts: remedied.collect(),
    })
}

/// When the controller dies.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Death {
    #[default]
    Never,
    /// The write of that number fails, and everything after it.
    BeforeWrite(usize),
    /// That write is on the disk, and nothing follows.
    AfterWrite(usize),
    /// The job of that number was started on the host and runs to its end, and nobody hears of it.
    DuringJob(usize),
}

#[derive(Default)]
struct Memory {
    events: Vec<Event>,
    jobs: HashMap<String, Answer>,
    started: usize,
    /// How often the apply script of a job ran.
    runs: HashMap<String, u32>,
    death: Death,
    dead: bool,
}

/// The whole world: hosts, what they remember of jobs, and the ledger.
#[derive(Clone)]
pub struct World {
    hosts: Arc<HashMap<HostId, Made>>,
    memory: Arc<Mutex<Memory>>,
}

impl World {
    pub fn of(hosts: &[(&str, &Made)]) -> Self {
        let hosts = hosts.iter().map(|(name, made)| (HostId::parse(name).expect("a host"), (*made).clone()));
        Self { hosts: Arc::new(hosts.collect()), memory: Arc::default() }
    }

    /// A controller that lives until then, in the world as it is.
    pub fn dies(&self, death: Death) {
        let mut memory = self.memory.lock().expect("a lock");
        (memory.death, memory.dead, memory.started) = (death, false, 0);
    }

    pub fn is_dead(&self) -> bool {
        self.memory.lock().expect("a lock").dead
    }

    pub fn events(&self) -> Vec<Event> {
        self.memory.lock().expect("a lock").events.clone()
    }

    /// The kinds of what was written about hosts, for reading.
    pub fn kinds(&self) -> Vec<String> {
        let name = |event: &Event| {
            let value = serde_json::to_value(&event.kind).expect("JSON");
            value["kind"].as_str().expect("a kind").to_owned()
        };
        self.events().iter().map(name).collect()
    }

    /// No job took effect twice.
    pub fn ran_once(&self) {
        let memory = self.memory.lock().expect("a lock");
        assert!(memory.runs.values().all(|runs| *runs == 1), "a job ran twice");
    }

    fn alive(&self) -> Result<(), Fault> {
        if self.is_dead() { Err(Fault::new(FaultClass::Unreachable, Message::new("dead"))) } else { Ok(()) }
    }

    fn made(&self, seat: &Seat) -> &Made {
        let Seat::Host(host) = seat else { panic!("remedies know no new machine") };
        self.hosts.get(host).expect("a host of this world")
    }

    /// What the law asks: a host is changed only after the ledger says so.
    fn announced(&self, job: &JobId) {
        let mut of_step = self.events();
        of_step.retain(|event| event.host.as_ref() == Some(&job.host));
        let last = of_step.into_iter().rfind(|event| match &event.kind {
            Kind::StepStarted { step, .. } | Kind::StepAdopted { step, .. } | Kind::StepFinished { step, .. } => {
                *step == job.step
            }
            Kind::StepFailed { step, .. } | Kind::UndoStarted { step, .. } | Kind::UndoFinished { step, .. } => {
                *step == job.step
            }
            _ => false,
        });
        let open = matches!(
            last.map(|event| event.kind),
            Some(Kind::StepStarted { .. } | Kind::StepAdopted { .. } | Kind::UndoStarted { .. })
        );
        assert!(open, "{job} touches a host that the ledger knows nothing of");
    }
}

impl Target for World {
    async fn ask(&self, seat: &Seat, ask: Ask) -> Result<Answer, Fault> {
        self.alive()?;
        if ask.question == Question::Undo {
            self.announced(&ask.job);
        }
        Ok(self.made(seat).run(&ask.script))
    }

    async fn find_job(&self, _seat: &Seat, job: &JobId) -> Result<JobFound, Fault> {
        self.alive()?;
        let memory = self.memory.lock().expect("a lock");
        Ok(memory.jobs.get(&job.to_string()).map_or(JobFound::Absent, |end| JobFound::Ended(end.clone())))
    }

    async fn job(&self, seat: &Seat, ask: Ask) -> Result<Answer, Fault> {
        self.alive()?;
        self.announced(&ask.job);
        let name = ask.job.to_string();
        let known = self.memory.lock().expect("a lock").jobs.get(&name).cloned();
        let end = known.unwrap_or_else(|| self.made(seat).run(&ask.script));
        let mut memory = self.memory.lock().expect("a lock");
        if memory.jobs.insert(name.clone(), end.clone()).is_none() {
            *memory.runs.entry(name).or_default() += 1;
            memory.started += 1;
            memory.dead |= memory.death == Death::DuringJob(memory.started);
        }
        drop(memory);
        self.alive()?;
        Ok(end)
    }

    async fn read_file(&self, _: &Seat, path: &str) -> Result<Vec<u8>, Fault> {
        panic!("{path} is read by nobody")
    }

    async fn write_file(&self, _: &Seat, file: FileOut) -> Result<String, Fault> {
        panic!("{} is written by nobody", file.path)
    }

    async fn copy_trees(&self, _: &Seat, _: &Seat, _: &[Tree], job: JobId) -> Result<u64, Fault> {
        panic!("{job} copies nothing")
    }
}

impl Ledger for World {
    fn append(
        &self,
        run: Option<&RunId>,
        host: Option<&HostId>,
        kind: &Kind,
        at: jiff::Timestamp,
    ) -> Result<Event, LedgerFailed> {
        let mut memory = self.memory.lock().expect("a lock");
        let number = memory.events.len() + 1;
        memory.dead |= memory.death == Death::BeforeWrite(number);
        if memory.dead {
            return Err(LedgerFailed("dead".into()));
        }
        let event = Event { seq: number as u64, at, run: run.cloned(), host: host.cloned(), kind: kind.clone() };
        memory.events.push(event.clone());
        memory.dead = memory.death == Death::AfterWrite(number);
        Ok(event)
    }

    fn read(&self) -> Result<Vec<Event>, LedgerFailed> {
        Ok(self.events())
    }
}

impl Clock for World {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH
    }
}

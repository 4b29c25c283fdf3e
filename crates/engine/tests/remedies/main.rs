//! Remedies for real on made trees: applied, applied again, taken back, refused where somebody else was at the file, and
//! taken up after the controller died at every single write.

mod made;

use made::{Death, FILES, Made, World, plan, plan_of};
use rockhop_domain::{
    FaultClass, HostId, RunId,
    event::{Kind, Outcome},
    journey::Heading::{self, Back, Forward},
    remedy::{RemedyPlan, standing::Standing},
};
use rockhop_engine::{Remedies, RemedyError, RemedyTally};
use std::{fs, os::unix::fs::MetadataExt as _, sync::Arc};

async fn go(world: &World, plan: &Arc<RemedyPlan>, way: Heading) -> Result<RemedyTally, RemedyError> {
    let run = RunId::parse("remedy-1").expect("a run");
    let remedies = Remedies::open((world.clone(), world.clone(), world.clone()), Arc::clone(plan), run, Vec::new())?;
    let hosts: Vec<HostId> = plan.hosts.keys().cloned().collect();
    remedies.go(way, &hosts, "ann").await
}

fn standing(world: &World, plan: &Arc<RemedyPlan>, host: &str) -> Vec<Standing> {
    let run = RunId::parse("remedy-1").expect("a run");
    let state = rockhop_domain::remedy::standing::RemedyState::fold(plan, &run, &world.events()).expect("a state");
    let host = HostId::parse(host).expect("a host");
    state.hosts[&host].iter().map(|step| step.standing.clone()).collect()
}

fn well(done: u32) -> RemedyTally {
    RemedyTally { done, failed: 0, left: 0 }
}

#[tokio::test]
async fn every_file_is_changed_once_and_comes_back_to_the_last_byte() {
    let host = Made::el7();
    let marks = FILES.map(|(path, ..)| host.marks(path));
    let inode = |host: &Made, path: &str| fs::metadata(host.at(path)).expect("the file").ino();
    let inodes = FILES.map(|(path, ..)| inode(&host, path));
    let (world, plan) = (World::of(&[("web-1", &host)]), plan(&[("web-1", &host)], 0));
    assert_eq!(go(&world, &plan, Forward).await.expect("applied"), well(4));
    assert_eq!(host.stands(), [true; 4]);
    assert!(FILES.iter().zip(inodes).all(|((path, ..), was)| inode(&host, path) != was), "in one step, by a rename");
    let modes = FILES.map(|(path, ..)| host.marks(path).0);
    assert_eq!(modes, marks.map(|(mode, _)| mode), "modes stay");

    let after = FILES.map(|(path, ..)| host.marks(path));
    assert_eq!(go(&world, &plan, Forward).await.expect("looked at again"), well(4));
    assert_eq!(FILES.map(|(path, ..)| host.marks(path)), after, "nothing was written a second time");
    let last: Vec<_> = world.events().into_iter().rev().take(5).map(|event| event.kind).collect();
    let so = |kind: &Kind| matches!(kind, Kind::StepFinished { outcome: Outcome::AlreadySo, .. });
    assert!(last[1..].iter().all(so), "{last:?}");

    assert_eq!(go(&world, &plan, Back).await.expect("taken back"), well(4));
    assert_eq!(host.stands(), [false; 4]);
    assert_eq!(FILES.map(|(path, ..)| host.marks(path)), marks, "modes and times are the old ones");
    let written = world.events().len();
    assert_eq!(go(&world, &plan, Back).await.expect("nothing left"), well(4));
    assert_eq!(world.events().len(), written + 2, "begun and ended, and no host was touched");

    assert_eq!(go(&world, &plan, Forward).await.expect("applied anew"), well(4));
    assert_eq!((host.stands(), host.strays()), (vec![true; 4], vec![]));
    world.ran_once();
}

#[tokio::test]
async fn the_copies_stay_on_the_host() {
    let host = Made::el7();
    let (world, plan) = (World::of(&[("web-1", &host)]), plan(&[("web-1", &host)], 0));
    go(&world, &plan, Forward).await.expect("applied");
    go(&world, &plan, Back).await.expect("taken back");
    let kept = fs::read_dir(host.at("/var/lib/rockhop/remedies")).expect("the folder of copies");
    let mut copies: Vec<String> =
        kept.map(|entry| fs::read_to_string(entry.expect("an entry").path().join("copy")).expect("a copy")).collect();
    let mut before = FILES.map(|(_, before, _)| before.to_owned()).to_vec();
    copies.sort();
    before.sort();
    assert_eq!(copies, before);
}

#[tokio::test]
async fn a_file_that_was_changed_since_the_survey_is_left_alone() {
    let host = Made::el7();
    let (world, plan) = (World::of(&[("web-1", &host)]), plan(&[("web-1", &host)], 0));
    host.write("/etc/ssh/sshd_config", "Port 22\n");
    let tally = go(&world, &plan, Forward).await.expect("tried");
    assert_eq!(tally, RemedyTally { done: 3, failed: 1, left: 0 });
    assert_eq!(host.read("/etc/ssh/sshd_config"), "Port 22\n");
    let announced = world.kinds().iter().filter(|kind| *kind == "step-started").count();
    assert_eq!(announced, 3, "what is refused is not even begun");
    let at = standing(&world, &plan, "web-1");
    assert_eq!(
        at[2].fault().map(|fault| (fault.class, fault.message.key.as_str())),
        Some((FaultClass::Stale, "fault-remedy-changed"))
    );
}

#[tokio::test]
async fn an_undo_never_goes_over_somebodys_work() {
    let host = Made::el7();
    let (world, plan) = (World::of(&[("web-1", &host)]), plan(&[("web-1", &host)], 0));
    go(&world, &plan, Forward).await.expect("applied");
    host.write("/etc/fstab", "mine\n");
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(host.at("/etc/sysctl.d/site.conf"), fs::Permissions::from_mode(0o600)).expect("a mode");
    let tally = go(&world, &plan, Back).await.expect("tried");
    assert_eq!(tally, RemedyTally { done: 2, failed: 2, left: 0 });
    assert_eq!(
        (host.read("/etc/fstab"), host.read("/etc/sysctl.d/site.conf")),
        ("mine\n".into(), made::SYSCTL_AFTER.into())
    );
    let classes: Vec<_> = standing(&world, &plan, "web-1").iter().filter_map(|at| Some(at.fault()?.class)).collect();
    assert_eq!(classes, [FaultClass::Stale; 2]);
}

/// What each spoils, and the file that must not be changed for it.
type Spoil = (&'static str, fn(&Made));

#[tokio::test]
async fn what_the_host_does_not_confirm_is_not_done() {
    let spoils: [Spoil; 8] = [
        ("/etc/fstab", |host| host.write("/proc/self/mounts", "/dev/sdc1 /data xfs rw 0 0\n")),
        ("/etc/fstab", |host| host.write("/proc/swaps", "Filename\n")),
        ("/etc/fstab", |host| {
            host.program("blkid", "case $* in *-s*) echo u-1 ;; *) echo /dev/sdb1; echo /dev/sdc1 ;; esac")
        }),
        ("/etc/fstab", |host| host.program("blkid", "exit 2")),
        ("/etc/ssh/sshd_config", |host| host.program("sshd", "exit 255")),
        ("/etc/modules-load.d/lvs.conf", |host| host.program("modprobe", "echo another")),
        ("/etc/sysctl.d/site.conf", |host| {
            fs::hard_link(host.at("/etc/sysctl.d/site.conf"), host.at("/etc/second")).expect("a link");
        }),
        ("/etc/sysctl.d/site.conf", |host| {
            fs::rename(host.at("/etc/sysctl.d/site.conf"), host.at("/etc/real")).expect("moved");
            std::os::unix::fs::symlink(host.at("/etc/real"), host.at("/etc/sysctl.d/site.conf")).expect("a link");
        }),
    ];
    for (n, (spoiled, spoil)) in spoils.into_iter().enumerate() {
        let host = Made::el7();
        let (world, plan) = (World::of(&[("web-1", &host)]), plan(&[("web-1", &host)], 0));
        spoil(&host);
        let tally = go(&world, &plan, Forward).await.expect("tried");
        assert_eq!(tally, RemedyTally { done: 3, failed: 1, left: 0 }, "{n}");
        let stands: Vec<bool> = FILES.iter().map(|(path, ..)| *path != spoiled).collect();
        assert_eq!((host.stands(), host.strays()), (stands, vec![]), "{n}");
        let faults = standing(&world, &plan, "web-1");
        let class = faults.iter().find_map(|at| Some(at.fault()?.class));
        assert!(matches!(class, Some(FaultClass::Unknown | FaultClass::Failed)), "{n}: {class:?}");
        assert_eq!(go(&world, &plan, Back).await.expect("taken back"), well(4), "{n}");
        assert_eq!(host.stands(), [false; 4], "{n}");
    }
}

#[tokio::test]
async fn the_new_machine_is_never_remedied() {
    let host = Made::el7();
    let (world, plan) = (World::of(&[("web-1", &host)]), plan(&[("web-1", &host)], 0));
    host.write("/etc/os-release", "ID=rocky\nVERSION_ID=9.4\n");
    assert_eq!(go(&world, &plan, Forward).await.expect("tried"), RemedyTally { done: 0, failed: 4, left: 0 });
    assert_eq!(host.stands(), [false; 4]);
}

#[tokio::test]
async fn the_first_host_goes_alone_and_too_many_failures_stop_the_others() {
    let hosts = [Made::el7(), Made::el7(), Made::el7()];
    let named = [("web-1", &hosts[0]), ("web-2", &hosts[1]), ("web-3", &hosts[2])];
    let (world, plan) = (World::of(&named), plan(&named, 0));
    hosts[0].write("/etc/fstab", "mine\n");
    assert_eq!(go(&world, &plan, Forward).await.expect("tried"), RemedyTally { done: 3, failed: 1, left: 8 });
    assert_eq!((hosts[1].stands(), hosts[2].stands()), (vec![false; 4], vec![false; 4]));
    hosts[0].write("/etc/fstab", made::FSTAB);
    assert_eq!(go(&world, &plan, Forward).await.expect("taken up"), well(12));
}

/// Dies there on the way, and the next controller comes to the same end; so does one that is asked to go back instead.
async fn survives(death: Death, way: Heading, then: Heading) -> bool {
    let host = Made::el7();
    let two = |file: &str| matches!(file, "/etc/fstab" | "/etc/sysctl.d/site.conf");
    let (world, plan) = (World::of(&[("web-1", &host)]), plan_of(&[("web-1", &host)], 0, two));
    if way == Back {
        go(&world, &plan, Forward).await.expect("applied");
    }
    world.dies(death);
    let end = go(&world, &plan, way).await;
    let died = world.is_dead();
    assert!(died || end.is_ok(), "it lived and failed");
    host.stands();
    world.dies(Death::Never);
    assert_eq!(go(&world, &plan, then).await.expect("taken up"), well(2));
    let want: Vec<bool> = FILES.iter().map(|(path, ..)| then == Forward && two(path)).collect();
    assert_eq!((host.stands(), host.strays()), (want, vec![]));
    world.ran_once();
    died
}

#[tokio::test]
async fn a_controller_may_die_at_every_write() {
    for (way, then) in [(Forward, Forward), (Forward, Back), (Back, Back), (Back, Forward)] {
        let first = if way == Back { 6 } else { 0 };
        let mut at = first + 1;
        while survives(Death::AfterWrite(at), way, then).await {
            assert!(survives(Death::BeforeWrite(at), way, then).await);
            at += 1;
        }
        assert_eq!(at - 1 - first, 6, "begun, two events a file, ended");
    }
}

#[tokio::test]
async fn a_job_that_outlived_the_controller_is_taken_over() {
    for then in [Forward, Back] {
        for job in 1..=2 {
            assert!(survives(Death::DuringJob(job), Forward, then).await);
        }
    }
    let host = Made::el7();
    let (world, plan) = (World::of(&[("web-1", &host)]), plan(&[("web-1", &host)], 0));
    world.dies(Death::DuringJob(1));
    assert!(go(&world, &plan, Forward).await.is_err());
    world.dies(Death::Never);
    go(&world, &plan, Forward).await.expect("taken up");
    assert!(world.kinds().contains(&"step-adopted".to_owned()));
}

//! Properties of the journey: any order of events, any policy, any number of them.

use jiff::Timestamp;
use proptest::prelude::*;
use rockhop_domain::{
    BackupProof, Digest, Fault, FaultClass, HostId, Message, RoleId, StepId, StepNo, VerifiedBackup,
    journey::{Effect, Phase, Seen, next},
    plan::{
        Action, BackUp, Forecast, HostPlan, OnFailure, Outage, Place, RollbackPlan, Scripts, Stage, Step,
        Strategy as Way, Undo,
    },
};

const STEPS: u32 = 6;
const PROOF: u32 = 2;

fn job(retries: u8) -> HostPlan {
    let script = || Action::Script(Scripts { check: None, apply: "true".into(), verify: "true".into() });
    let what = BackUp { paths: vec!["/etc".into()], exclude: vec![], volatile: vec![], dumps: vec![] };
    let step = |no: u32| Step {
        id: StepId::parse(&format!("step-{no}")).expect("an id"),
        stage: if no <= PROOF { Stage::Secure } else { Stage::Cutover },
        place: Place::Old,
        action: if no == PROOF { Action::ProveBackUp(what.clone()) } else { script() },
        undo: Undo::Nothing,
        timeout_s: 1,
        retries,
        outage: Outage::None,
        point_of_no_return: false,
    };
    HostPlan {
        host: HostId::parse("web-1").expect("a name"),
        role: RoleId::parse("web").expect("a name"),
        site: None,
        strategy: Way::Replace,
        address: "10.0.0.1".into(),
        facts: Digest::of(b"facts"),
        facts_taken_at: Timestamp::UNIX_EPOCH,
        apart_from: vec![],
        only_after: vec![],
        steps: (0..STEPS).map(step).collect(),
        rollback: RollbackPlan { salvage: None, check: "true".into(), loses: Message::new("plan-loses-nothing") },
        forecast: Forecast::Unmeasured,
        notes: vec![],
        packages: Vec::new(),
    }
}

fn proof() -> VerifiedBackup {
    let proof = BackupProof {
        snapshot: "s".into(),
        files: 1,
        bytes: 1,
        read_back_bytes: 1,
        compared: 1,
        volatile: vec![],
        differences: vec![],
    };
    proof.accept().expect("a proof without differences")
}

fn fault(class: FaultClass) -> Fault {
    Fault::new(class, Message::new("fault-step-failed"))
}

fn any_seen() -> impl proptest::strategy::Strategy<Value = Seen> {
    let step = || (0..STEPS + 1).prop_map(StepNo);
    let class = || {
        prop::sample::select(vec![
            FaultClass::Failed,
            FaultClass::Unreachable,
            FaultClass::Unknown,
            FaultClass::TimedOut,
            FaultClass::Stale,
            FaultClass::Untrusted,
        ])
    };
    prop_oneof![
        Just(Seen::Begun),
        step().prop_map(Seen::StepDone),
        step().prop_map(|n| Seen::BackupProven(n, proof())),
        (step(), class()).prop_map(|(n, c)| Seen::StepFailed(n, fault(c))),
        step().prop_map(Seen::UndoDone),
        (step(), class()).prop_map(|(n, c)| Seen::UndoFailed(n, fault(c))),
        Just(Seen::Woke),
        class().prop_map(|c| Seen::RollbackAsked(fault(c))),
        Just(Seen::RetryAsked),
    ]
}

/// The phase after these events; what cannot happen changes nothing.
fn fold(job: &HostPlan, policy: OnFailure, seen: &[Seen]) -> Vec<(Phase, Option<Effect>)> {
    let mut phase = Phase::Waiting;
    let mut history = Vec::new();
    for one in seen {
        if let Ok((after, effect)) = next(job, policy, phase.clone(), one.clone()) {
            history.push((after.clone(), effect));
            phase = after;
        }
    }
    history
}

/// The events that an engine would see: it answers what the journey asks, now well, now badly.
fn obedient(job: &HostPlan, policy: OnFailure, luck: &[u8]) -> Phase {
    let (mut phase, mut effect) = next(job, policy, Phase::Waiting, Seen::Begun).expect("a waiting host may begin");
    for roll in luck {
        let Some(asked) = effect else { break };
        let seen = match (asked, roll % 4) {
            (Effect::Undo { step }, 0) => Seen::UndoFailed(step, fault(FaultClass::Failed)),
            (Effect::Undo { step }, _) => Seen::UndoDone(step),
            (Effect::Run { step, .. } | Effect::Resume { step, .. }, 0) => {
                Seen::StepFailed(step, fault(FaultClass::Failed))
            }
            (Effect::Run { .. } | Effect::Resume { .. }, 1) => Seen::Woke,
            (Effect::Run { step, .. } | Effect::Resume { step, .. }, _) if step == StepNo(PROOF) => {
                Seen::BackupProven(step, proof())
            }
            (Effect::Run { step, .. } | Effect::Resume { step, .. }, _) => Seen::StepDone(step),
        };
        (phase, effect) = next(job, policy, phase, seen).expect("the journey allows the answer to its own question");
    }
    phase
}

proptest! {
    /// Any event order: no panic; and replaying the same events gives the same phases.
    #[test]
    fn replaying_gives_the_same_phase(seen in prop::collection::vec(any_seen(), 0..60), retries in 0_u8..3, hold: bool) {
        let policy = if hold { OnFailure::Hold } else { OnFailure::Rollback };
        let job = job(retries);
        prop_assert_eq!(fold(&job, policy, &seen), fold(&job, policy, &seen));
    }

    /// No host moves, and none is accepted, before its backup was proven.
    #[test]
    fn nothing_moves_without_a_proof(seen in prop::collection::vec(any_seen(), 0..60), retries in 0_u8..3) {
        let without: Vec<Seen> = seen.into_iter().filter(|s| !matches!(s, Seen::BackupProven(..))).collect();
        for (phase, _) in fold(&job(retries), OnFailure::Rollback, &without) {
            let moved = matches!(phase, Phase::Moving { .. } | Phase::Accepted { .. });
            prop_assert!(!moved, "{phase:?}");
        }
    }

    /// A host in motion always has something to do next, and one that is settled has nothing.
    #[test]
    fn motion_and_effects_go_together(seen in prop::collection::vec(any_seen(), 0..60), retries in 0_u8..3) {
        for (phase, effect) in fold(&job(retries), OnFailure::Rollback, &seen) {
            prop_assert_eq!(phase.in_motion(), effect.is_some(), "{:?} {:?}", phase, effect);
            prop_assert_eq!(phase.woken().is_some(), phase.in_motion());
        }
    }

    /// An engine that answers every question comes to an end, whatever its luck.
    #[test]
    fn every_journey_ends(luck in prop::collection::vec(any::<u8>(), 400..401), retries in 0_u8..3, hold: bool) {
        let policy = if hold { OnFailure::Hold } else { OnFailure::Rollback };
        let phase = obedient(&job(retries), policy, &luck);
        prop_assert!(phase.settled(), "{phase:?}");
    }
}

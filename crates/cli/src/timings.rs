//! How long the hosts of rehearsals took, folded from their events: what the next plan's forecast is made of.

use indexmap::IndexMap;
use jiff::Timestamp;
use rockhop_domain::{
    HostId, RunId, StepNo,
    event::{Event, Kind},
    plan::{HostPlan, Outage, Plan, compile::Timing},
};

/// The times of every host that went to its end in this run. A rollback drill afterwards changes none of them.
pub fn of_run(run: &RunId, plan: &Plan, events: &[Event]) -> IndexMap<HostId, Timing> {
    let of_run: Vec<&Event> = events.iter().filter(|e| e.run.as_ref() == Some(run)).collect();
    let timing = |job: &HostPlan| {
        let of_host = || of_run.iter().copied().filter(|e| e.host.as_ref() == Some(&job.host));
        let begun = of_host().find(|e| matches!(e.kind, Kind::Begun { .. }))?.at;
        let last = StepNo(u32::try_from(job.steps.len().checked_sub(1)?).ok()?);
        let ended = of_host().find_map(|e| finished(e, last))?;
        Some(Timing { run: run.clone(), duration_ms: millis(begun, ended), outage_ms: outage_ms(job, of_host()) })
    };
    plan.hosts.values().filter_map(|job| Some((job.host.clone(), timing(job)?))).collect()
}

/// From the first try of the step that takes the service away to the end of the one that brings it back.
fn outage_ms<'e>(job: &HostPlan, events: impl Iterator<Item = &'e Event> + Clone) -> u64 {
    let place = |wanted: Outage| {
        job.steps.iter().position(|s| s.outage == wanted).and_then(|n| u32::try_from(n).ok()).map(StepNo)
    };
    let (Some(begins), Some(ends)) = (place(Outage::Begins), place(Outage::Ends)) else { return 0 };
    let gone =
        events.clone().find(|e| matches!(&e.kind, Kind::StepStarted { step, .. } if *step == begins)).map(|e| e.at);
    let back = events.clone().find_map(|e| finished(e, ends));
    gone.zip(back).map_or(0, |(gone, back)| millis(gone, back))
}

fn finished(event: &Event, wanted: StepNo) -> Option<Timestamp> {
    match &event.kind {
        Kind::StepFinished { step, .. } | Kind::BackupProven { step, .. } if *step == wanted => Some(event.at),
        _ => None,
    }
}

fn millis(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.as_millisecond() - from.as_millisecond()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rockhop_domain::event::Outcome;
    use rockhop_sim::plans;

    #[test]
    fn a_host_lasts_from_its_begin_to_its_last_step_and_its_outage_from_step_to_step() {
        let plan = plans::plan(&[&["web-1", "web-2"]], Timestamp::UNIX_EPOCH);
        let (run, host) = (RunId::parse("run-1").expect("a run"), plans::host("web-1"));
        let steps = &plan.hosts[&host].steps;
        let mut events = Vec::new();
        let mut tell = |second: i64, kind| {
            let at = Timestamp::from_second(second).expect("a time");
            events.push(Event {
                seq: events.len() as u64 + 1,
                at,
                run: Some(run.clone()),
                host: Some(host.clone()),
                kind,
            });
        };
        tell(100, Kind::Begun { wave: rockhop_domain::WaveNo(1) });
        for (n, step) in (0..).zip(steps) {
            let (no, id) = (StepNo(n), step.id.to_string());
            let at = 100 + i64::from(n) * 10;
            tell(at, Kind::StepStarted { step: no, id: id.clone(), attempt: 1, before: String::new() });
            let done =
                Kind::StepFinished { step: no, id, outcome: Outcome::Applied, proof: String::new(), took_ms: 5_000 };
            tell(at + 5, done);
        }
        let timings = of_run(&run, &plan, &events);
        assert_eq!(timings.len(), 1, "web-2 never began");
        let last = i64::try_from(steps.len()).expect("few steps") - 1;
        assert_eq!(timings[&host].duration_ms, u64::try_from(last * 10 + 5).expect("positive") * 1_000);
        // `cutover.quiesce` is step 6 and `cutover.verify` step 9.
        assert_eq!(timings[&host].outage_ms, 35_000);
    }
}

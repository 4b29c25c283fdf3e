//! Asks the plan's gates, for the whole campaign together: however many hosts wait for a gate, it is asked once
//! every few seconds. Each opening and closing goes into the ledger before anybody acts on it.
//!
//! What could not be asked in time is unknown, and unknown is never open.

use crate::{
    book::{Book, EngineError},
    ports::{Gates, Glimpse, Ports, Prober},
};
use rockhop_domain::{
    HostId, Message, RoleId, ServiceId,
    event::Kind,
    plan::{Gate, GateAnswer, GateQuestion, GateTime},
    run::{ClosedGate, in_outage},
};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::{
    sync::Mutex,
    task::JoinSet,
    time::{Instant, timeout},
};

/// An answer is good for so long.
pub const GATE_PACE: Duration = Duration::from_secs(5);
/// A gate that has not answered by then is unknown: longer than any single question behind it may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Answers of the plan's gates.
pub struct Gatekeeper<P: Ports> {
    book: Arc<Book<P>>,
    newest: HashMap<String, Mutex<Option<(Instant, GateAnswer)>>>,
}

/// A gate that is not open, and what it said.
pub struct Shut {
    /// Which.
    pub gate: ClosedGate,
    /// What it said.
    pub answer: GateAnswer,
}

impl<P: Ports> Gatekeeper<P> {
    /// Nothing is asked yet.
    pub fn new(book: Arc<Book<P>>) -> Arc<Self> {
        let newest = book.plan.gates.iter().map(|g| (g.name.clone(), Mutex::new(None))).collect();
        Arc::new(Self { book, newest })
    }

    /// The gates of this time that are not open now, in the plan's order; all of them are asked at once.
    ///
    /// # Errors
    /// When the ledger cannot keep a change.
    pub async fn shut(self: &Arc<Self>, when: GateTime, role: Option<&RoleId>) -> Result<Vec<Shut>, EngineError> {
        let wanted = |g: &&Gate| g.is_asked(when) && role.is_none_or(|role| g.is_for(role));
        let mut asked = JoinSet::new();
        for (no, gate) in self.book.plan.gates.iter().filter(wanted).cloned().enumerate() {
            let this = Arc::clone(self);
            asked.spawn(async move { (no, this.answer(&gate).await.map(|answer| (gate, answer))) });
        }
        let mut shut = Vec::new();
        while let Some(end) = asked.join_next().await {
            // A question that panicked has no answer; its gate is asked anew the next time.
            let (no, answer) = end.map_err(|_| EngineError::Gate)?;
            let (gate, answer) = answer?;
            if answer != GateAnswer::Open {
                shut.push((no, Shut { gate: ClosedGate { gate: gate.name, roles: gate.roles }, answer }));
            }
        }
        shut.sort_by_key(|(no, _)| *no);
        Ok(shut.into_iter().map(|(_, shut)| shut).collect())
    }

    async fn answer(&self, gate: &Gate) -> Result<GateAnswer, EngineError> {
        let Some(newest) = self.newest.get(&gate.name) else { return Err(EngineError::Gate) };
        let mut newest = newest.lock().await;
        if let Some((at, answer)) = &*newest
            && at.elapsed() < GATE_PACE
        {
            return Ok(answer.clone());
        }
        let silent = |_| GateAnswer::Unknown { why: Message::new("gate-silent").with("seconds", PATIENCE.as_secs()) };
        let answer = timeout(PATIENCE, self.ask(gate)).await.unwrap_or_else(silent);
        self.keep(gate, &answer)?;
        *newest = Some((Instant::now(), answer.clone()));
        Ok(answer)
    }

    fn keep(&self, gate: &Gate, answer: &GateAnswer) -> Result<(), EngineError> {
        let state = answer.state();
        if self.book.state().gates.get(&gate.name) == Some(&state) {
            return Ok(());
        }
        self.book.note(Kind::GateChanged { gate: gate.name.clone(), state, why: answer.why().cloned() })
    }

    async fn ask(&self, gate: &Gate) -> GateAnswer {
        match &gate.question {
            GateQuestion::Outside(question) => self.book.ports.gates().ask(&gate.name, question).await,
            GateQuestion::Service { services } => self.ask_services(services).await,
        }
    }

    /// All must answer but those that are away because all their hosts are in their own outage: of those nothing
    /// else is to be expected. With none left there is nothing that could say that all is well.
    async fn ask_services(&self, ids: &[ServiceId]) -> GateAnswer {
        let plan = &self.book.plan;
        let expected = plan.services.iter().filter(|s| ids.contains(&s.id) && !self.all_in_outage(&s.hosts));
        let (mut down, mut unknown, mut up) = (Vec::new(), Vec::new(), 0_usize);
        for service in expected {
            match self.book.ports.prober().glimpse(service).await {
                Glimpse::Up { .. } => up += 1,
                Glimpse::Down => down.push(service.id.as_str()),
                Glimpse::Unknown => unknown.push(service.id.as_str()),
            }
        }
        match (down.as_slice(), unknown.as_slice()) {
            ([], []) if up > 0 => GateAnswer::Open,
            ([], []) => GateAnswer::Closed { why: Message::new("gate-services-moving") },
            ([], _) => {
                GateAnswer::Unknown { why: Message::new("gate-services-unknown").with("services", unknown.join(", ")) }
            }
            _ => GateAnswer::Closed { why: Message::new("gate-services-down").with("services", down.join(", ")) },
        }
    }

    fn all_in_outage(&self, hosts: &[HostId]) -> bool {
        let state = self.book.state();
        let away = |host: &HostId| {
            let (Some(now), Some(job)) = (state.hosts.get(host), self.book.plan.hosts.get(host)) else { return false };
            now.phase.in_motion() && now.phase.step().is_some_and(|at| in_outage(job, at))
        };
        !hosts.is_empty() && hosts.iter().all(away)
    }
}

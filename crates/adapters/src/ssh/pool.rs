//! One connection a host, kept and shared; few handshakes at a time; patience with jitter.

use super::connect::{self, Guard};
use super::endpoint::{Endpoint, Limits, pause_before};
use super::error::{Next, SshError};
use super::session::Session;
use russh::client::Handle;
use std::{collections::HashMap, future::Future, pin::Pin, sync::Arc, time::Duration};
use tokio::{
    sync::{Mutex, Semaphore},
    time::{Instant, sleep},
};

/// Connections to all hosts of a run. Cheap to clone; every clone shares them.
#[derive(Clone)]
pub struct Pool {
    inner: Arc<Inner>,
}

struct Inner {
    limits: Limits,
    seed: u64,
    dialing: Semaphore,
    /// One place for each host: who holds its lock connects, the others wait for the result.
    places: std::sync::Mutex<HashMap<Endpoint, Arc<Place>>>,
}

#[derive(Default)]
struct Place {
    session: Mutex<Option<Session>>,
}

impl Pool {
    /// A pool without connections. The seed decides the jitter.
    pub fn new(limits: Limits, seed: u64) -> Self {
        let dialing = Semaphore::new(limits.dialing);
        Self { inner: Arc::new(Inner { limits, seed, dialing, places: std::sync::Mutex::default() }) }
    }

    /// The connection to this host: the kept one, or a new one after at most [`Limits::attempts`] tries.
    pub async fn session(&self, endpoint: &Endpoint) -> Result<Session, SshError> {
        let mut attempt = 1;
        loop {
            match self.once(endpoint).await {
                Err(error) if error.next() == Next::Retry && attempt < self.inner.limits.attempts => {
                    sleep(pause_before(attempt, self.inner.seed, &endpoint.host)).await;
                    attempt += 1;
                }
                result => return result,
            }
        }
    }

    /// The same for a host that is expected back, after a reboot or a lost connection: tries until `patience` is over.
    pub async fn await_session(&self, endpoint: &Endpoint, patience: Duration) -> Result<Session, SshError> {
        let end = Instant::now() + patience;
        for attempt in 1.. {
            let pause = pause_before(attempt, self.inner.seed, &endpoint.host);
            match self.once(endpoint).await {
                Err(error) if error.next() == Next::Retry && Instant::now() + pause < end => sleep(pause).await,
                result => return result,
            }
        }
        Err(SshError::Silent { host: endpoint.host.clone(), after: patience })
    }

    /// Forgets the connection to this host, if there is one; the next use connects anew.
    pub async fn forget(&self, endpoint: &Endpoint) {
        self.place(endpoint).session.lock().await.take();
    }

    fn place(&self, endpoint: &Endpoint) -> Arc<Place> {
        let mut places = self.inner.places.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(places.entry(endpoint.clone()).or_default())
    }

    /// Boxed, for a bastion may itself be behind a bastion.
    fn once<'a>(
        &'a self,
        endpoint: &'a Endpoint,
    ) -> Pin<Box<dyn Future<Output = Result<Session, SshError>> + Send + 'a>> {
        Box::pin(async move {
            let place = self.place(endpoint);
            let mut kept = place.session.lock().await;
            if let Some(session) = kept.as_ref().filter(|session| !session.is_closed()) {
                return Ok(session.clone());
            }
            let session = self.dial(endpoint).await?;
            *kept = Some(session.clone());
            Ok(session)
        })
    }

    async fn dial(&self, endpoint: &Endpoint) -> Result<Session, SshError> {
        let limits = &self.inner.limits;
        let Some(jump) = endpoint.jump.as_deref() else {
            let _turn = self.inner.dialing.acquire().await;
            let socket = connect::socket(endpoint, limits).await?;
            let handle = connect::log_in(endpoint, limits, socket).await?;
            return Ok(self.opened(endpoint, handle));
        };
        let bastion = self.once(jump).await?;
        let _door = bastion.door().acquire().await;
        let _turn = self.inner.dialing.acquire().await;
        let tunnel = bastion.tunnel(&endpoint.host, &endpoint.address, endpoint.port, limits.connect).await?;
        let handle = connect::log_in(endpoint, limits, tunnel).await?;
        Ok(self.opened(endpoint, handle))
    }

    fn opened(&self, endpoint: &Endpoint, handle: Handle<Guard>) -> Session {
        Session::new(&endpoint.host, &endpoint.user, handle, &self.inner.limits)
    }
}

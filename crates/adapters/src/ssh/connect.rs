//! One connection: the socket, the handshake, the host key, the login. Decides nothing about when or how often.

use super::endpoint::{Algorithms, Endpoint, Limits};
use super::error::SshError;
use super::known_hosts::{Record, Verdict, fingerprint};
use russh::client::{self, Handle};
use russh::keys::{Algorithm, HashAlg, PrivateKeyWithHashAlg, PublicKey, PublicKeyOrCertificate, agent};
use russh::{Preferred, cipher, compression, kex, mac};
use std::{borrow::Cow, path::Path, sync::Arc};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};

/// The handler of one connection: it judges the host's key and nothing else.
pub struct Guard {
    record: Record,
}

/// Why a handshake ended.
#[derive(Debug)]
pub enum Broken {
    Ssh(russh::Error),
    HostKey(Verdict, String),
}

impl From<russh::Error> for Broken {
    fn from(error: russh::Error) -> Self {
        Self::Ssh(error)
    }
}

impl client::Handler for Guard {
    type Error = Broken;

    async fn check_server_key(&mut self, shown: &PublicKeyOrCertificate) -> Result<bool, Broken> {
        let PublicKeyOrCertificate::PublicKey { key, .. } = shown else { return Ok(false) };
        match self.record.judge(key) {
            Verdict::Known => Ok(true),
            verdict => Err(Broken::HostKey(verdict, fingerprint(key))),
        }
    }
}

/// Opens the socket, in the endpoint's network namespace if it names one.
pub async fn socket(endpoint: &Endpoint, limits: &Limits) -> Result<TcpStream, SshError> {
    let unreachable = |said: String| SshError::Unreachable {
        host: endpoint.host.clone(),
        address: format!("{}:{}", endpoint.address, endpoint.port),
        said,
    };
    let connecting = async {
        match &endpoint.netns {
            None => TcpStream::connect((endpoint.address.as_str(), endpoint.port)).await,
            Some(netns) => super::netns::connect(netns, &endpoint.address, endpoint.port, limits.connect).await,
        }
    };
    let socket = timeout(limits.connect, connecting).await.map_err(|_| unreachable("no answer in time".into()))?;
    let socket = socket.map_err(|error| unreachable(error.to_string()))?;
    socket.set_nodelay(true).map_err(|error| unreachable(error.to_string()))?;
    Ok(socket)
}

/// Shakes hands and logs in over an open stream.
pub async fn log_in<S>(endpoint: &Endpoint, limits: &Limits, stream: S) -> Result<Handle<Guard>, SshError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let record = Record::load(&endpoint.host_keys, &endpoint.address, endpoint.port)?;
    let config = Arc::new(config(endpoint, limits, &record));
    let both = async {
        let handle =
            client::connect_stream(config, stream, Guard { record }).await.map_err(|broken| say(endpoint, broken))?;
        authenticate(endpoint, handle).await
    };
    let silent = || SshError::Silent { host: endpoint.host.clone(), after: limits.handshake };
    timeout(limits.handshake, both).await.map_err(|_| silent())?
}

fn config(endpoint: &Endpoint, limits: &Limits, record: &Record) -> client::Config {
    let mut preferred = Preferred { compression: Cow::Borrowed(&[compression::NONE]), ..Preferred::DEFAULT };
    if endpoint.algorithms == Algorithms::Legacy {
        preferred.kex = with(&preferred.kex, &LEGACY_KEX);
        preferred.cipher = with(&preferred.cipher, &LEGACY_CIPHERS);
        preferred.mac = with(&preferred.mac, &LEGACY_MACS);
    }
    preferred.key = Cow::Owned(record.order(&preferred.key));
    client::Config {
        preferred,
        nodelay: true,
        keepalive_interval: Some(limits.keepalive),
        window_size: 4 << 20, // a few round trips' worth of a tree that is streamed
        ..client::Config::default()
    }
}

const LEGACY_KEX: [kex::Name; 6] = [
    kex::ECDH_SHA2_NISTP256,
    kex::ECDH_SHA2_NISTP384,
    kex::ECDH_SHA2_NISTP521,
    kex::DH_G14_SHA1,
    kex::DH_GEX_SHA1,
    kex::DH_G1_SHA1,
];
const LEGACY_CIPHERS: [cipher::Name; 3] = [cipher::AES_256_CBC, cipher::AES_192_CBC, cipher::AES_128_CBC];
const LEGACY_MACS: [mac::Name; 2] = [mac::HMAC_SHA1_ETM, mac::HMAC_SHA1];

/// The further names at the end of the list, those already in it left where they are.
fn with<T: Clone + PartialEq>(list: &[T], further: &[T]) -> Cow<'static, [T]> {
    let new = further.iter().filter(|name| !list.contains(name));
    Cow::Owned(list.iter().chain(new).cloned().collect())
}

fn say(endpoint: &Endpoint, broken: Broken) -> SshError {
    let host = endpoint.host.clone();
    match broken {
        Broken::HostKey(Verdict::Changed, fingerprint) => SshError::HostKeyChanged { host, fingerprint },
        Broken::HostKey(Verdict::Revoked, fingerprint) => SshError::HostKeyRevoked { host, fingerprint },
        Broken::HostKey(Verdict::Unknown | Verdict::Known, fingerprint) => {
            SshError::HostKeyUnknown { host, fingerprint }
        }
        Broken::Ssh(russh::Error::NoCommonAlgo { kind, theirs, .. }) => {
            SshError::NoCommonAlgorithm { host, kind: format!("{kind:?}"), theirs: theirs.join(" ") }
        }
        Broken::Ssh(error) => SshError::Unreachable {
            host,
            address: format!("{}:{}", endpoint.address, endpoint.port),
            said: error.to_string(),
        },
    }
}

async fn authenticate(endpoint: &Endpoint, mut handle: Handle<Guard>) -> Result<Handle<Guard>, SshError> {
    let mut tried = Vec::new();
    if let Some(socket) = &endpoint.auth.agent
        && with_agent(endpoint, &mut handle, socket, &mut tried).await?
    {
        return Ok(handle);
    }
    for path in &endpoint.auth.keys {
        if with_file(endpoint, &mut handle, path).await? {
            return Ok(handle);
        }
        tried.push(path.display().to_string());
    }
    let tried = if tried.is_empty() { "no key at all".to_owned() } else { tried.join(", ") };
    Err(SshError::KeyRefused { host: endpoint.host.clone(), user: endpoint.user.clone(), tried })
}

async fn with_file(endpoint: &Endpoint, handle: &mut Handle<Guard>, path: &Path) -> Result<bool, SshError> {
    let unusable = |error: russh::keys::Error| SshError::KeyUnusable { key: path.to_owned(), said: error.to_string() };
    let key = Arc::new(russh::keys::load_secret_key(path, None).map_err(unusable)?);
    for hash in hashes(&key.algorithm(), endpoint.algorithms) {
        let key = PrivateKeyWithHashAlg::new(Arc::clone(&key), hash);
        let result = handle.authenticate_publickey(endpoint.user.as_str(), key).await;
        if result.map_err(|error| say(endpoint, error.into()))?.success() {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn with_agent(
    endpoint: &Endpoint,
    handle: &mut Handle<Guard>,
    socket: &Path,
    tried: &mut Vec<String>,
) -> Result<bool, SshError> {
    let unusable = |said: String| SshError::KeyUnusable { key: socket.to_owned(), said };
    let mut agent =
        agent::client::AgentClient::connect_uds(socket).await.map_err(|error| unusable(error.to_string()))?;
    let identities = agent.request_identities().await.map_err(|error| unusable(error.to_string()))?;
    let keys = identities.into_iter().filter_map(|identity| match identity {
        agent::AgentIdentity::PublicKey { key, .. } => Some(key),
        agent::AgentIdentity::Certificate { .. } => None,
    });
    for key in keys.take(AGENT_KEYS) {
        tried.push(format!("agent {}", fingerprint(&key)));
        if sign_with(endpoint, handle, &mut agent, &key).await.map_err(unusable)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// sshd ends the connection after six refused keys (`MaxAuthTries 6`); the files want a try as well.
const AGENT_KEYS: usize = 4;

async fn sign_with<S: agent::client::AgentStream + Unpin + Send + 'static>(
    endpoint: &Endpoint,
    handle: &mut Handle<Guard>,
    agent: &mut agent::client::AgentClient<S>,
    key: &PublicKey,
) -> Result<bool, String> {
    for hash in hashes(&key.algorithm(), endpoint.algorithms) {
        let result = handle.authenticate_publickey_with(endpoint.user.as_str(), key.clone(), hash, agent).await;
        if result.map_err(|error| error.to_string())?.success() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// An RSA key is tried with each hash: some servers advertise one that they then reject.
fn hashes(algorithm: &Algorithm, algorithms: Algorithms) -> Vec<Option<HashAlg>> {
    match (algorithm, algorithms) {
        (Algorithm::Rsa { .. }, Algorithms::Modern) => vec![Some(HashAlg::Sha512), Some(HashAlg::Sha256)],
        (Algorithm::Rsa { .. }, Algorithms::Legacy) => vec![Some(HashAlg::Sha512), Some(HashAlg::Sha256), None],
        _ => vec![None],
    }
}

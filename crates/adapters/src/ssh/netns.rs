//! Opens a socket in another network namespace. A socket belongs to the namespace that it was made in, and a thread
//! that enters one stays there: so a thread of its own is started, connects, and ends.

use nix::sched::{CloneFlags, setns};
use std::{fs::File, io, net::ToSocketAddrs, path::Path, time::Duration};
use tokio::{net::TcpStream, sync::oneshot};

/// Connects from inside the namespace.
pub async fn connect(netns: &Path, address: &str, port: u16, within: Duration) -> io::Result<TcpStream> {
    let (netns, address) = (netns.to_owned(), address.to_owned());
    let (tell, told) = oneshot::channel();
    std::thread::Builder::new().name("netns-connect".into()).spawn(move || {
        // A caller that gave up no longer listens; the socket is then closed here.
        let _ = tell.send(connect_here(&netns, &address, port, within));
    })?;
    let socket = told.await.map_err(|_| io::Error::other("the connecting thread ended"))??;
    socket.set_nonblocking(true)?;
    TcpStream::from_std(socket)
}

fn connect_here(netns: &Path, address: &str, port: u16, within: Duration) -> io::Result<std::net::TcpStream> {
    setns(File::open(netns)?, CloneFlags::CLONE_NEWNET)?;
    let to = (address, port).to_socket_addrs()?.next().ok_or_else(|| io::Error::other("the name has no address"))?;
    std::net::TcpStream::connect_timeout(&to, within)
}

//! Libraries of EL 7 that EL 9 has not, or not by that name. A program that nobody rebuilt asks for them and does not start.
//!
//! The names of EL 9 are those of its own packages (glibc 2.34, OpenSSL 3, readline 8, ncurses 6, ...). A library that is not
//! here is not known to go; whether it comes is a matter for the packages that bring it.

/// What EL 9 has in the place of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnEl9 {
    /// Nothing of that name; the nearest there is.
    Gone(&'static str),
    /// The same name, from a package that has to be asked for.
    Asked(&'static str),
}

/// By soname; `*` at the end stands for any end.
const CHANGED: &[(&str, OnEl9)] = &[
    ("libssl.so.10", OnEl9::Gone("libssl.so.3")),
    ("libcrypto.so.10", OnEl9::Gone("libcrypto.so.3")),
    ("libssl.so.1.1", OnEl9::Asked("compat-openssl11")),
    ("libcrypto.so.1.1", OnEl9::Asked("compat-openssl11")),
    ("libcrypt.so.1", OnEl9::Asked("libxcrypt-compat")),
    ("libnsl.so.1", OnEl9::Asked("libnsl")),
    ("libldap-2.4.so.2", OnEl9::Asked("openldap-compat")),
    ("libldap_r-2.4.so.2", OnEl9::Asked("openldap-compat")),
    ("liblber-2.4.so.2", OnEl9::Asked("openldap-compat")),
    ("libpng15.so.15", OnEl9::Asked("libpng15")),
    ("libpng12.so.0", OnEl9::Gone("libpng16.so.16")),
    ("libgfortran.so.3", OnEl9::Asked("compat-libgfortran-48")),
    ("libreadline.so.6", OnEl9::Gone("libreadline.so.8")),
    ("libhistory.so.6", OnEl9::Gone("libhistory.so.8")),
    ("libncurses.so.5", OnEl9::Gone("libncurses.so.6")),
    ("libncursesw.so.5", OnEl9::Gone("libncursesw.so.6")),
    ("libtinfo.so.5", OnEl9::Gone("libtinfo.so.6")),
    ("libform.so.5", OnEl9::Gone("libform.so.6")),
    ("libmenu.so.5", OnEl9::Gone("libmenu.so.6")),
    ("libpanel.so.5", OnEl9::Gone("libpanel.so.6")),
    ("libpython2.7.so.1.0", OnEl9::Gone("libpython3.9.so.1.0")),
    ("libpython3.6m.so.1.0", OnEl9::Gone("libpython3.9.so.1.0")),
    ("libmysqlclient.so.18", OnEl9::Gone("libmariadb.so.3")),
    ("libmysqlclient_r.so.18", OnEl9::Gone("libmariadb.so.3")),
    ("libicudata.so.50", OnEl9::Gone("libicudata.so.67")),
    ("libicui18n.so.50", OnEl9::Gone("libicui18n.so.67")),
    ("libicuuc.so.50", OnEl9::Gone("libicuuc.so.67")),
    ("libffi.so.6", OnEl9::Gone("libffi.so.8")),
    ("libgdbm.so.4", OnEl9::Gone("libgdbm.so.6")),
    ("libprocps.so.4", OnEl9::Gone("libprocps.so.8")),
    ("libboost_*", OnEl9::Gone("libboost_*.so.1.75.0")),
    ("libevent-2.0.so.5", OnEl9::Gone("libevent-2.1.so.7")),
    ("libgnutls.so.28", OnEl9::Gone("libgnutls.so.30")),
    ("libnettle.so.4", OnEl9::Gone("libnettle.so.8")),
    ("libhogweed.so.2", OnEl9::Gone("libhogweed.so.6")),
    ("libjson-c.so.2", OnEl9::Gone("libjson-c.so.5")),
    ("libgcrypt.so.11", OnEl9::Gone("libgcrypt.so.20")),
    ("libunistring.so.0", OnEl9::Gone("libunistring.so.2")),
    ("libtcl8.5.so", OnEl9::Gone("libtcl8.6.so")),
    ("libtk8.5.so", OnEl9::Gone("libtk8.6.so")),
    ("libwrap.so.0", OnEl9::Gone("-")),
    ("libsystemd-daemon.so.0", OnEl9::Gone("libsystemd.so.0")),
    ("libsystemd-journal.so.0", OnEl9::Gone("libsystemd.so.0")),
    ("libsystemd-login.so.0", OnEl9::Gone("libsystemd.so.0")),
    ("libsystemd-id128.so.0", OnEl9::Gone("libsystemd.so.0")),
    ("libnetsnmp.so.31", OnEl9::Gone("libnetsnmp.so.40")),
    ("libGeoIP.so.1", OnEl9::Gone("libmaxminddb.so.0")),
    ("librpm.so.3", OnEl9::Gone("librpm.so.9")),
    ("librpmio.so.3", OnEl9::Gone("librpmio.so.9")),
];

/// What becomes of a library; none when it is not known to change.
pub fn on_el9(soname: &str) -> Option<OnEl9> {
    let same = |written: &str| written.strip_suffix('*').map_or(written == soname, |start| soname.starts_with(start));
    let boost_of_el9 = soname.starts_with("libboost_") && soname.ends_with(".so.1.75.0");
    CHANGED.iter().find(|(written, _)| same(written) && !boost_of_el9).map(|(_, fate)| *fate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_whole_names() {
        assert_eq!(on_el9("libssl.so.10"), Some(OnEl9::Gone("libssl.so.3")));
        assert_eq!(on_el9("libssl.so.1.1"), Some(OnEl9::Asked("compat-openssl11")));
        assert_eq!(on_el9("libboost_system.so.1.53.0"), Some(OnEl9::Gone("libboost_*.so.1.75.0")));
        for stays in ["libssl.so.3", "libssl.so.100", "libc.so.6", "libboost_system.so.1.75.0", "libstdc++.so.6"] {
            assert_eq!(on_el9(stays), None, "{stays}");
        }
    }

    #[test]
    fn no_library_stands_twice() {
        let names: std::collections::BTreeSet<&str> = CHANGED.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), CHANGED.len());
    }
}

//! Compiles the shim over libsolv. The headers come from Debian's libsolv-dev or EL9's libsolv-devel; the library itself is
//! opened by the running program (shim.c says why), and nothing is linked.

fn main() {
    println!("cargo:rerun-if-changed=shim.c");
    cc::Build::new().file("shim.c").extra_warnings(true).compile("rockhop_solv");
}

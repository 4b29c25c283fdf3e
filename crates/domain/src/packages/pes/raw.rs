//! The file's own shape, before anything is judged. Keys that no vintage gives a meaning are passed over.

use serde::Deserialize;
use std::borrow::Cow;

#[derive(Debug, Deserialize)]
pub(super) struct RawFile<'a> {
    #[serde(borrow)]
    pub packageinfo: Vec<RawEvent<'a>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RawEvent<'a> {
    #[serde(default)]
    pub id: Option<u64>,
    pub action: i64,
    #[serde(default, borrow)]
    pub architectures: Option<Vec<Cow<'a, str>>>,
    /// What `architectures` was called until 2024.
    #[serde(default, borrow)]
    pub arches: Option<Vec<Cow<'a, str>>>,
    #[serde(default)]
    pub initial_release: Option<RawRelease>,
    #[serde(default)]
    pub release: Option<RawRelease>,
    #[serde(default, borrow)]
    pub in_packageset: Option<RawSet<'a>>,
    #[serde(default, borrow)]
    pub out_packageset: Option<RawSet<'a>>,
    #[serde(default, borrow)]
    pub modulestream_maps: Option<Vec<RawMap<'a>>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RawRelease {
    pub major_version: u16,
    pub minor_version: u16,
}

#[derive(Debug, Deserialize)]
pub(super) struct RawSet<'a> {
    #[serde(default, borrow)]
    pub package: Option<Vec<RawPackage<'a>>>,
    /// Another spelling of `package`.
    #[serde(default, borrow)]
    pub packages: Option<Vec<RawPackage<'a>>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RawPackage<'a> {
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    #[serde(borrow)]
    pub repository: Cow<'a, str>,
    #[serde(default, borrow)]
    pub modulestreams: Option<Vec<Option<RawStream<'a>>>>,
    #[serde(default, borrow)]
    pub modulestream: Option<RawStream<'a>>,
    /// The oldest spelling.
    #[serde(default, borrow)]
    pub module_stream: Option<RawStream<'a>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct RawStream<'a> {
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    #[serde(borrow)]
    pub stream: Cow<'a, str>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RawMap<'a> {
    #[serde(default, borrow)]
    pub in_modulestream: Option<RawStream<'a>>,
    #[serde(default, borrow)]
    pub out_modulestream: Option<RawStream<'a>>,
}

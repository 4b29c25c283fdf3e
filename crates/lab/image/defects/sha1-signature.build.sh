#!/bin/sh
# Builds and signs, with a key of its own and SHA-1, as vendors did in CentOS 7's days: sha1-signature.build.sh RPM
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GNUPGHOME="$work/gpg"
mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --passphrase '' --quick-generate-key 'Old Vendor <old@vendor.example>' rsa2048 sign never 2>/dev/null
cat >"$work/oldtool.spec" <<'SPEC'
Name: oldtool
Version: 1.4
Release: 2.el7
Summary: A tool of a vendor who has not signed anew since 2016
License: Proprietary
Vendor: Old Vendor
BuildArch: noarch
%description
%{summary}.
%files
SPEC
rpmbuild --quiet --define "_topdir $work" --define "_rpmdir $work" -bb "$work/oldtool.spec" >/dev/null
rpm --define "__gpg $(command -v gpg)" --define "_gpg_name old@vendor.example" --define "_gpg_digest_algo sha1" \
    --addsign "$work"/noarch/oldtool-1.4-2.el7.noarch.rpm >/dev/null
cp "$work"/noarch/oldtool-1.4-2.el7.noarch.rpm "$1"
gpgconf --kill all 2>/dev/null || :

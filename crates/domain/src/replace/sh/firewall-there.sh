systemctl -q is-active nftables.service || die "nftables does not run"
say "$(nft list ruleset | grep -c .) lines of rules"

[ "$(info master_link_status)" = up ] || die "redis lost its master"

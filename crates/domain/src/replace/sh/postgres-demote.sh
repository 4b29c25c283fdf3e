# Nobody writes here any more; the old server fetches from here what was written.
answers || exit 0
writable || exit 0
sql "alter system set default_transaction_read_only = on"
case "$(sql 'show listen_addresses')" in
    *'*'* | *0.0.0.0*) sql 'select pg_reload_conf()' >/dev/null ;;
    *) sql "alter system set listen_addresses = '*'"; systemctl restart "$UNIT"; wait_until 60 answers ;;
esac
sql "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()" >/dev/null
sql checkpoint

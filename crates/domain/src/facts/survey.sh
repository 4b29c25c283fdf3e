# Rockhop survey: reads one host and changes nothing. POSIX sh; needs awk; uses what else it finds.
#
# Run by root or through sudo: everything. Run by anybody else: what they may see, the rest says so.
# All output passes one filter that replaces secrets; without awk there is no filter and no output.
# Each section stands between two frame lines that carry a random word, so no content can forge one.

PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin
LC_ALL=C
export PATH LC_ALL
unset IFS POSIXLY_CORRECT
umask 077

# section NAME COMMAND...: runs it between frames; status 77 says "needs root", 127 "no such tool".
section() {
  name=$1
  shift
  printf '===%s + %s\n' "$N" "$name"
  "$@" 2>"$T.err"
  rc=$?
  said=
  [ "$rc" = 0 ] || IFS= read -r said <"$T.err"
  printf '\n===%s - %s %s %s\n' "$N" "$name" "$rc" "$said"
}

missing() { printf '%s\n' "$1" >&2; return 127; }
has() { command -v "$1" >/dev/null 2>&1; }
tool() { has "$1" || { missing "$1"; return 127; }; "$@"; }

kernel() {
  printf 'privilege=%s\n' "$AS"
  IFS= read -r line </proc/sys/kernel/hostname && printf 'hostname=%s\n' "$line"
  IFS= read -r line </proc/sys/kernel/osrelease && printf 'kernel=%s\n' "$line"
  IFS= read -r line </proc/sys/kernel/random/boot_id && printf 'boot_id=%s\n' "$line"
  read -r line rest </proc/uptime && printf 'uptime=%s\n' "${line%.*}"
  if [ -r /proc/sys/kernel/arch ]; then read -r line </proc/sys/kernel/arch; else line=$(uname -m); fi
  printf 'arch=%s\n' "$line"
  if [ -r /sys/fs/selinux/enforce ]; then
    read -r line </sys/fs/selinux/enforce
    printf 'selinux=%s\n' "$line"
  else
    printf 'selinux=off\n'
  fi
}

block() {
  for d in /sys/class/block/*; do
    [ -r "$d/size" ] || continue
    read -r size <"$d/size"
    [ "$size" != 0 ] || continue
    printf 'size %s %s\n' "${d##*/}" "$size"
    target "$d"
    [ ! -e "$d/device/driver" ] || target "$d/device/driver"
  done
  cd / # sysfs is left again
}

# Where a link to a folder leads: the shell itself can tell, without a process.
target() { cd -P "$1" && printf 'link %s\n%s\n' "$1" "$PWD"; }

space() { df -k -l --output=size,avail,itotal,iavail,target; }

# One scan of the rpm database: a P line for each package, then its configuration files. What the database says is
# read, not checked again: its headers were verified when they were installed.
packages() {
  tool rpm -qa --nodigest --nosignature -c --dump --qf 'P %{NAME} %{EPOCHNUM} %{VERSION} %{RELEASE} %{ARCH}\t%{VENDOR}\t%{SOURCERPM}\t%|DSAHEADER?{%{DSAHEADER:pgpsig}}:{%|RSAHEADER?{%{RSAHEADER:pgpsig}}:{%|SIGGPG?{%{SIGGPG:pgpsig}}:{%|SIGPGP?{%{SIGPGP:pgpsig}}:{(none)}|}|}|}|\n'
}

# One walk for four questions, for processes are what a survey costs:
# - systemd's unit folders: "entry PATH TARGET" and the [Install] lines. systemctl list-unit-files makes systemd compare
#   every unit with every folder, a fifth of a second of its time; the links and these lines say the same;
# - folders where people put scripts: the first line of those that call python;
# - the files that are dumped below: their metadata. They are named with two slashes, so that the walk knows them;
# - stores of certificate authorities, named with "/./": when they were written. Those that are made together and were not
#   written together have been edited.
tree() {
  set --
  for d in /etc/systemd/system /run/systemd/system /run/systemd/generator /run/systemd/generator.late \
    /usr/lib/systemd/system /lib/systemd/system; do
    [ -d "$d" ] && [ ! -L "${d%%/systemd/*}" ] && set -- "$@" "$d"
  done
  [ $# != 0 ] || echo 'without systemd'
  for d in /usr/local/bin /usr/local/sbin /usr/local/lib /usr/local/share /usr/local/libexec /opt /srv /etc/cron.d \
    /etc/cron.hourly /etc/cron.daily /etc/cron.weekly /etc/cron.monthly /root/bin; do
    [ ! -d "$d" ] || set -- "$@" "$d"
  done
  listed
  for f in $LIST; do set -- "$@" "/$f"; done
  unlisted
  for f in /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem /etc/pki/ca-trust/extracted/pem/email-ca-bundle.pem \
    /etc/pki/ca-trust/extracted/openssl/ca-bundle.trust.crt /etc/pki/ca-trust/extracted/java/cacerts \
    /etc/pki/tls/certs/ca-bundle.crt /etc/pki/java/cacerts /usr/lib/jvm/*/lib/security/cacerts \
    /usr/lib/jvm/*/jre/lib/security/cacerts /usr/java/*/lib/security/cacerts /usr/java/*/jre/lib/security/cacerts \
    /opt/*/lib/security/cacerts /opt/*/jre/lib/security/cacerts; do
    [ -f "$f" ] && [ ! -L "$f" ] || continue # a link leads to one of the first
    java=${f%/lib/security/cacerts}
    [ ! -L "$java" ] && [ ! -L "${java%/jre}" ] || continue
    set -- "$@" "/.$f"
    [ ! -f "${java%/jre}/release" ] || set -- "$@" "/.${java%/jre}/release"
  done
  find -H "$@" -xdev -path '//*' -printf "===$N m %m %u %g %s %p\n" -o -path '/./*' -printf "===$N s %T@ %p\n" -o \( \
    \( -path '*/systemd/system/*' -o -path '*/systemd/generator*' \) \( -type f -o -type l \) -printf 'entry %p %l\n' -type f -o \
    -type f -size -256k \( -perm /111 -o -name '*.py' \) \) \
    -exec grep -sIHE '^((WantedBy|RequiredBy|UpheldBy|Alias|Also|DefaultInstance)=|#! *[^ ]*(python| python))' {} +
  rc=$?
  [ "$rc" = 1 ] && [ ! -s "$T.err" ] && rc=0 # grep found nothing
  return "$rc"
}

# Between these two, an unquoted list splits at line ends only, and its words are no patterns.
listed() { set -f; IFS=$NL; }
unlisted() { set +f; unset IFS; }

firewall() {
  [ "$AS" = root ] || return 77
  found=
  if has iptables-save; then
    found=1
    echo 'tool iptables-save'
    iptables-save 2>/dev/null || echo 'failed iptables-save'
  fi
  if has nft; then
    found=1
    echo 'tool nft'
    nft list ruleset || return
  fi
  [ -n "$found" ] || missing 'nft, iptables-save'
}

certificates() {
  set --
  for f in /etc/nginx/*.crt /etc/nginx/*.pem /etc/nginx/*/*.crt /etc/nginx/*/*.pem /etc/pki/tls/certs/*.crt \
    /etc/pki/nginx/*.crt /var/lib/pgsql/data/server.crt /var/lib/pgsql/*/data/server.crt /etc/ssl/rockhop/*.crt; do
    case $f in *ca-bundle*) continue ;; esac
    [ -f "$f" ] && [ -r "$f" ] && [ $# -lt 20 ] && set -- "$@" "$f"
  done
  dump "$@"
}

# The files that carry meaning, into LIST; those that are known to be absent or shut are told at once.
list_files() {
  LIST=
  for f in /etc/rockhop-lab-host /etc/fstab /etc/resolv.conf /etc/passwd /etc/group /etc/hosts.allow /etc/hosts.deny \
    /etc/sysctl.conf /etc/crontab /etc/sudoers; do
    [ -e "$f" ] || printf '===%s a %s\n' "$N" "$f"
  done
  for f in /etc/os-release /etc/rockhop-lab-host /etc/fstab /etc/resolv.conf /etc/passwd /etc/group /etc/hosts \
    /etc/hostname /etc/locale.conf /etc/hosts.allow /etc/hosts.deny /etc/host.conf /etc/nsswitch.conf /etc/krb5.conf \
    /etc/sysctl.conf /etc/sysctl.d/*.conf /usr/lib/sysctl.d/*.conf /etc/crontab /etc/cron.d/* /etc/cron.hourly/* \
    /etc/cron.daily/* /etc/cron.weekly/* /etc/cron.monthly/* /etc/anacrontab /var/spool/cron/* \
    /var/spool/cron/crontabs/* /etc/sudoers /etc/sudoers.d/* /etc/ntp.conf /etc/chrony.conf /etc/chrony/chrony.conf \
    /etc/systemd/timesyncd.conf /etc/systemd/timesyncd.conf.d/*.conf /etc/systemd/system/* /etc/systemd/system/*.d/* \
    /etc/systemd/journald.conf /etc/systemd/system.conf /etc/rc.d/rc.local /etc/rc.local /etc/rc.d/init.d/* \
    /etc/xinetd.conf /etc/xinetd.d/* /etc/yum.conf /etc/dnf/dnf.conf /etc/yum.repos.d/*.repo \
    /etc/yum/vars/* /etc/yum/pluginconf.d/versionlock.list \
    /etc/sysconfig/* /etc/sysconfig/network-scripts/ifcfg-* /etc/sysconfig/network-scripts/route-* \
    /etc/sysconfig/network-scripts/rule-* /etc/NetworkManager/system-connections/* /etc/systemd/network/*.network \
    /etc/sysconfig/network-scripts/route6-* /etc/sysconfig/network-scripts/rule6-* \
    /sbin/ifup-local /sbin/ifup-pre-local /sbin/ifdown-local /sbin/ifdown-pre-local \
    /etc/dhclient*.conf /etc/dhcp/dhclient*.conf /etc/dhcp/dhclient-*-hooks /etc/dhcp/dhclient-*-hooks.d/* \
    /etc/udev/rules.d/*.rules /etc/sysconfig/modules/*.modules /etc/tuned/*/tuned.conf /etc/grub.d/40_custom \
    /etc/crypttab /etc/vdoconf.yml /etc/multipath/conf.d/*.conf \
    /etc/ld.so.conf /etc/ld.so.conf.d/*.conf /etc/ld.so.preload \
    /etc/firewalld/direct.xml /etc/firewalld/ipsets/*.xml /etc/firewalld/policies/*.xml /etc/named/*.conf \
    /etc/pki/tls/openssl.cnf /etc/pki/ca-trust/source/anchors/* /etc/pki/ca-trust/source/blacklist/* \
    /etc/krb5.conf.d/* /etc/sssd/conf.d/*.conf /etc/openldap/ldap.conf /etc/login.defs /etc/security/pwquality.conf \
    /etc/polkit-1/localauthority/*/*.pkla /etc/audisp/plugins.d/*.conf \
    /etc/selinux/targeted/active/*.local /etc/selinux/targeted/active/modules/400/*/lang_ext \
    /root/.ssh/authorized_keys /home/*/.ssh/authorized_keys \
    /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf /etc/ssh/ssh_config /etc/selinux/config \
    /etc/default/* /etc/security/limits.conf /etc/security/limits.d/*.conf /etc/profile.d/*.sh /etc/logrotate.conf \
    /etc/logrotate.d/* /etc/rsyslog.conf /etc/rsyslog.d/*.conf /etc/firewalld/*.conf /etc/firewalld/zones/*.xml \
    /etc/nftables.conf /etc/sysconfig/nftables.conf /etc/nftables/*.nft /etc/tuned/active_profile /etc/modprobe.d/*.conf \
    /etc/modules-load.d/*.conf /etc/tmpfiles.d/*.conf /etc/crypto-policies/config /etc/crypto-policies/state/current \
    /etc/nginx/*.conf /etc/nginx/*.types /etc/nginx/*_params /etc/nginx/*/*.conf /etc/nginx/*/*/*.conf /etc/nginx/sites-enabled/* \
    /usr/share/nginx/modules/*.conf \
    /etc/httpd/conf/*.conf /etc/httpd/conf.d/*.conf /etc/httpd/conf.modules.d/*.conf /etc/php.ini /etc/php.d/*.ini /etc/php-fpm.conf /etc/php-fpm.d/*.conf \
    /etc/redis.conf /etc/redis-sentinel.conf /etc/redis/*.conf /var/lib/pgsql/data/*.conf /var/lib/pgsql/*/data/*.conf \
    /etc/postgresql/*/*/*.conf /etc/my.cnf /etc/my.cnf.d/*.cnf /etc/mysql/my.cnf /etc/mysql/*/*.cnf \
    /etc/prometheus/*.y*ml /etc/prometheus/*/*.y*ml /etc/prometheus/*.rules /etc/prometheus/*/*.json \
    /etc/alertmanager/*.y*ml /etc/alertmanager/*/*.tmpl /etc/haproxy/*.cfg /etc/haproxy/conf.d/*.cfg \
    /etc/keepalived/*.conf /etc/varnish/* /etc/memcached.conf /etc/squid/squid.conf /etc/named.conf /etc/snmp/snmpd.conf \
    /etc/zabbix/*.conf /etc/postfix/main.cf /etc/postfix/master.cf /etc/exports /etc/exports.d/*.exports \
    /etc/samba/smb.conf /etc/vsftpd/*.conf /etc/sssd/sssd.conf /etc/audit/auditd.conf /etc/audit/rules.d/*.rules \
    /etc/pam.d/* /etc/multipath.conf /etc/lvm/lvm.conf /etc/supervisord.conf \
    /etc/dovecot/*.conf /etc/dovecot/conf.d/*.conf /etc/mail/*.mc /etc/mail/access /etc/mail/*table /etc/mail/*-domains \
    /etc/mail/local-host-names /etc/mail/spamassassin/spamc.conf /etc/cups/cupsd.conf /etc/cups/interfaces/* /etc/aide.conf \
    /etc/nslcd.conf \
    /etc/supervisord.d/*.ini /opt/*/etc/* /opt/*/conf/* /opt/*/config/* /srv/*/etc/* /srv/*/config/* $EXTRA; do
    [ -f "$f" ] || continue
    case $f in
      /etc/systemd/system/dbus-org.* | /etc/systemd/system/*.target) [ ! -L "$f" ] || continue ;;
      /etc/systemd/system/*) # A link to a vendor's unit is an alias that "enable" made, and no file of the host's own.
        if [ -L "$f" ]; then
          case $(readlink -f "$f") in /usr/lib/systemd/system/* | /lib/systemd/system/*) continue ;; esac
        fi ;;
    esac
    case $f in *"$NL"* | *.rpmsave | *.rpmnew | *.rpmorig | *~ | *.key | *ssl.pem | /etc/pam.d/*-ac) continue ;; esac
    if [ -r "$f" ]; then LIST=$LIST$NL$f; else printf '===%s u %s\n' "$N" "$f"; fi
  done
}

# Dumps them. Their metadata come with the walk, their digests at the end with those of the secrets.
files() {
  listed
  dump $LIST
  unlisted
}

# What a local unit file reads: EnvironmentFile, and configuration named on its command line.
extra_files() {
  set -f # words of a unit file are words, and no patterns
  for f; do
    while read -r line; do
      case $line in
        EnvironmentFile=*)
          line=${line#EnvironmentFile=}
          extra "${line#-}" ;;
        Exec*=*)
          for word in ${line#*=}; do named "$word" "${word#*=}"; done ;;
      esac
    done <"$f"
  done
  set +f
}

named() {
  for word; do
    case $word in /etc/* | /opt/* | /srv/*) ;; *) continue ;; esac
    case $word in *.conf | *.cfg | *.ini | *.yml | *.yaml | *.json | *.toml | *.env | *.properties) extra "$word" ;; esac
  done
}

extra() {
  case $1 in *[!A-Za-z0-9_./-]*) ;; /*) EXTRA="$EXTRA $1" ;; esac
}

local_units() {
  set --
  for f in /etc/systemd/system/*.service /etc/systemd/system/*.service.d/*.conf; do
    [ -f "$f" ] && [ ! -L "$f" ] && [ -r "$f" ] && set -- "$@" "$f"
  done
  EXTRA=
  extra_files "$@"
}

# The filter reads the files that are named to it; so their content passes one process and not two.
dump() { for f; do printf '===%s < %s\n' "$N" "$f"; done; }

kernel_files() {
  set --
  [ -e /proc/modules ] || printf '===%s a /proc/modules\n' "$N" # a kernel without modules
  for f in /proc/self/mounts /proc/cmdline /proc/modules /proc/net/route /proc/net/ipv6_route; do [ -r "$f" ] && set -- "$@" "$f"; done
  for key in net/ipv4/ip_forward net/core/somaxconn net/core/rmem_max net/core/wmem_max net/core/default_qdisc \
    net/core/netdev_max_backlog net/ipv4/tcp_tw_recycle net/ipv4/tcp_tw_reuse net/ipv4/tcp_max_syn_backlog \
    net/ipv4/ip_local_port_range net/ipv4/tcp_keepalive_time net/ipv4/tcp_fin_timeout net/ipv4/tcp_congestion_control \
    net/ipv4/conf/all/rp_filter net/ipv4/conf/default/rp_filter net/ipv4/ip_nonlocal_bind net/ipv6/conf/all/disable_ipv6 \
    net/netfilter/nf_conntrack_max vm/swappiness vm/overcommit_memory vm/overcommit_ratio vm/max_map_count vm/dirty_ratio \
    vm/dirty_background_ratio vm/nr_hugepages kernel/shmmax kernel/shmall kernel/sem kernel/pid_max kernel/threads-max \
    kernel/randomize_va_space kernel/panic fs/file-max fs/nr_open fs/aio-max-nr fs/inotify/max_user_watches \
    fs/inotify/max_user_instances crypto/fips_enabled; do
    [ -r "/proc/sys/$key" ] && set -- "$@" "/proc/sys/$key"
  done
  dump "$@"
}

# What the filter itself reads: bytes, many small files, and files of which only a little may leave.
ask() { printf '===%s %s\n' "$N" "$*"; }

pci() { for f in /sys/bus/pci/devices/*/uevent; do [ ! -r "$f" ] || ask pci "$f"; done; }

# Volumes of which the old disk would tell in its first bytes: XFS as it was made, LUKS that is open. Only where there are
# such volumes does the filter start a process for them, one "head" for all.
volumes() {
  [ "$AS" = root ] || return 77
  ask xfs /proc/self/mounts
  for f in /sys/class/block/dm-*/dm/uuid; do
    read -r id 2>/dev/null <"$f" || continue
    name=${f#/sys/class/block/}
    name=${name%%/*}
    case $id in
      CRYPT-LUKS1-*) printf 'luks %s 1\n' "$name" ;;
      CRYPT-LUKS2-*) for d in "/sys/class/block/$name"/slaves/*; do ask luks2 "$name" "/dev/${d##*/}"; done ;;
    esac
  done
}

# Files of which it is told that they are there, and nothing of what they hold. The names say enough: the backend of a
# database of OpenLDAP, zone and algorithm of a key that signs a zone.
present() {
  [ "$AS" = root ] || return 77
  for f in /root/.my.cnf /root/.mylogin.cnf /etc/openldap/slapd.d/cn=config/olcDatabase=*.ldif \
    /var/named/K*.key /var/named/*/K*.key /var/named/chroot/var/named/K*.key /etc/named/K*.key; do
    case $f in *"$NL"*) continue ;; esac
    [ ! -f "$f" ] || printf '%s\n' "$f"
  done
}

# Files of which only those lines leave that "wanted" in the filter names.
excerpts() {
  [ "$AS" = root ] || return 77
  lines openvpn /etc/openvpn/*.conf /etc/openvpn/*/*.conf
  lines stunnel /etc/stunnel/*.conf
  lines ipsec /etc/ipsec.conf /etc/ipsec.d/*.conf
  lines slapd /etc/openldap/slapd.conf
  lines dhcpd /etc/dhcp/dhcpd*.conf
  lines collectd /etc/collectd.conf /etc/collectd.d/*.conf
  lines telegraf /etc/telegraf/telegraf.conf /etc/telegraf/telegraf.d/*.conf
  lines channel /etc/mail/spamassassin/channel.d/*.conf
  lines inventory /etc/ansible/hosts /etc/ansible/facts.d/* /etc/facter/facts.d/* /etc/puppetlabs/facter/facts.d/* \
    /opt/puppetlabs/facter/facts.d/* /etc/salt/grains /etc/salt/minion /etc/salt/minion.d/*.conf \
    /etc/zabbix/zabbix_agent*.conf /etc/ocsinventory/*.cfg /etc/fusioninventory/*.cfg /etc/glpi-agent/*.cfg
  lines licence /etc/*.lic /opt/*/*.lic /opt/*/licenses/*.lic /usr/local/*/*.lic /usr/local/flexlm/licenses/*
}

# What Docker notes of its containers, running or not; asking it starts a program that takes longer than this survey.
containers() {
  [ "$AS" = root ] || return 77
  [ ! -d /var/lib/docker/containers ] || echo docker
  for f in /var/lib/docker/containers/*/config.v2.json; do [ ! -f "$f" ] || ask container "$f"; done
}

# Types and owners of the keys in keytabs; the filter passes over the keys themselves.
keytabs() {
  [ "$AS" = root ] || return 77
  for f in /etc/krb5.keytab /etc/named.keytab /etc/httpd/*.keytab /etc/httpd/conf/*.keytab /etc/openldap/*.keytab; do
    [ ! -f "$f" ] || ask keytab "$f"
  done
}

# How many users of SNMP there are, and how many of them with DES.
snmp_users() {
  [ "$AS" = root ] || return 77
  [ ! -f /var/lib/net-snmp/snmpd.conf ] || ask snmp /var/lib/net-snmp/snmpd.conf
}

lines() {
  kind=$1
  shift
  for f; do
    case $f in *"$NL"*) continue ;; esac
    [ ! -f "$f" ] || ask lines "$kind" "$f"
  done
}

# Whether the firmware starts only what is signed: "bios", or the byte of its variable.
firmware() {
  [ -d /sys/firmware/efi ] || { echo bios; return; }
  set -- /sys/firmware/efi/efivars/*
  [ -e "$1" ] || { echo 'efivars is not mounted' >&2; return 1; }
  ask firmware
}

# Finds the processes whose services are asked below. No fork: only /proc is read.
find_services() {
  PG= PROM= ALERT= MYSQL= NGINX=
  for d in /proc/[0-9]*; do
    read -r comm 2>/dev/null <"$d/comm" || continue
    pid=${d#/proc/}
    case $comm in
      postgres | postmaster) [ "$AS" != root ] || is_postmaster "$pid" && PG="$PG $pid" ;;
      mysqld | mariadbd) MYSQL=$pid ;;
      nginx) NGINX=$pid ;;
      prometheus) PROM=$pid ;;
      alertmanager) ALERT=$pid ;;
    esac
  done
}

is_postmaster() { read -r first 2>/dev/null <"/proc/$1/cwd/postmaster.pid" && [ "$first" = "$1" ]; }

redis() {
  for f in /etc/redis.conf /etc/redis/*.conf; do
    [ -f "$f" ] || continue
    case $f in *sentinel*) continue ;; esac
    [ "$AS" = root ] || return 77
    redis_commands "$f" >"$T.redis"
    redis_instance "$f" <"$T.redis"
    : >"$T.redis"
  done
}

redis_instance() {
  read -r host port
  printf 'instance %s %s\n' "$port" "$1"
  has redis-cli || { echo 'failed 127 redis-cli'; return; }
  timeout 5 redis-cli -h "$host" -p "$port" 2>&1 || echo "failed $?"
}

# First line: where to ask; then the commands. The password goes to the client's input, never to a command line.
redis_commands() {
  awk '
    function bare(text) { gsub(/^["'\'']|["'\'']$/, "", text); return text }
    $1 == "bind" { host = bare($2); sub(/^-/, "", host) }
    $1 == "port" { port = $2 }
    $1 == "requirepass" { $1 = ""; sub(/^ /, ""); word = bare($0); gsub(/[\\"]/, "\\\\&", word) }
    END {
      if (host == "" || host == "*" || host == "0.0.0.0" || host == "::") host = "127.0.0.1"
      print host, port == "" ? 6379 : port
      if (word != "") print "AUTH \"" word "\""
      print "INFO"
    }
  ' "$1"
}

postgresql() {
  for d in /var/lib/pgsql/data /var/lib/pgsql/*/data /var/lib/postgresql/*/*; do
    [ -r "$d/PG_VERSION" ] && read -r version <"$d/PG_VERSION" && printf 'data %s %s\n' "$version" "$d"
  done
  for pid in $PG; do
    [ "$AS" = root ] || return 77
    { read -r first; read -r dir; read -r first; read -r port; read -r sock; } <"/proc/$pid/cwd/postmaster.pid"
    printf 'instance %s %s\n' "$port" "$dir"
    owner=$(stat -c '%U %N' "/proc/$pid/exe") # postgres '/proc/7/exe' -> '/usr/bin/postgres'
    client=${owner##*> ?}
    client=${client%/*}/psql
    [ -x "$client" ] || client=psql
    owner=${owner%% *}
    (cd / && timeout 10 runuser -u "$owner" -- "$client" -XAtq -F '	' -h "${sock:-/tmp}" -p "$port" -d postgres -f - <<'SQL'
SELECT 'version', current_setting('server_version');
SELECT 'in_recovery', pg_is_in_recovery();
SELECT 'max_connections', current_setting('max_connections');
SELECT 'wal_level', current_setting('wal_level');
SELECT 'connections', count(*) FROM pg_stat_activity WHERE datname IS NOT NULL;
SELECT 'standby', host(client_addr) FROM pg_stat_replication WHERE client_addr IS NOT NULL;
SELECT 'database', datname, pg_database_size(oid), pg_encoding_to_char(encoding) || '/' || datcollate FROM pg_database WHERE datallowconn;
SELECT 'data_checksums', current_setting('data_checksums');
SELECT 'slot', slot_name FROM pg_replication_slots;
SELECT 'primary_host', substring(current_setting('primary_conninfo') from 'host=''?([^ '']+)');
SELECT 'extension', extname FROM pg_extension WHERE extname <> 'plpgsql';
SQL
    ) 2>"$T.psql" || { echo "failed $?"; read -r line <"$T.psql"; echo "said $line"; }
  done
}

mariadb() {
  [ -n "$MYSQL" ] || return 0
  [ "$AS" = root ] || return 77
  client=mariadb
  has mariadb || client=mysql
  echo 'instance'
  # Without -N: it would leave out the names of the last answer.
  timeout 10 "$client" -B --connect-timeout=5 2>&1 <<'SQL' || echo "failed $?"
SHOW GLOBAL VARIABLES WHERE Variable_name IN ('version','port','datadir','server_id','read_only','max_connections','log_bin','gtid_current_pos','gtid_executed','character_set_server','sql_mode');
SHOW GLOBAL STATUS LIKE 'Threads_connected';
SET @hash = (SELECT column_name FROM information_schema.columns WHERE table_schema = 'mysql' AND table_name = 'user' AND column_name IN ('Password', 'authentication_string') ORDER BY column_name = 'Password' DESC LIMIT 1);
SET @count = IFNULL(CONCAT('SELECT ''old_hashes'' AS name, COUNT(*) FROM mysql.user WHERE LENGTH(', @hash, ') = 16'), 'DO 0');
PREPARE old_hashes FROM @count;
EXECUTE old_hashes;
SELECT 'schema' AS name, table_schema, SUM(data_length + index_length) FROM information_schema.tables WHERE table_schema NOT IN ('information_schema','performance_schema','mysql','sys') GROUP BY table_schema;
SHOW SLAVE STATUS\G
SQL
}

# Its files are dumped with the others. nginx is not asked for them: "nginx -T" opens its logs and makes folders.
# The version of a packaged one is its package's.
nginx_installed() {
  [ -n "$NGINX" ] || [ -x /usr/sbin/nginx ] || return 0
  echo installed
  [ -z "$NGINX" ] || [ "/proc/$NGINX/exe" -ef /usr/sbin/nginx ] || [ "$AS" != root ] || timeout 5 "/proc/$NGINX/exe" -v 2>&1
}

versions() {
  [ -z "$PROM" ] || { echo "prometheus $PROM"; timeout 5 "/proc/$PROM/exe" --version 2>&1; }
  [ -z "$ALERT" ] || { echo "alertmanager $ALERT"; timeout 5 "/proc/$ALERT/exe" --version 2>&1; }
  return 0
}

survey() {
  section kernel kernel
  section hardware printf '===%s hardware\n' "$N"
  section kernel-files kernel_files
  section space space
  section block block
  section pci pci
  section volumes volumes
  section firmware firmware
  section present present
  section excerpts excerpts
  section keytabs keytabs
  section snmp-users snmp_users
  section containers containers
  section addresses tool ip addr
  section packages packages
  local_units
  section listed list_files
  section tree tree
  section units tool systemctl list-units --all --no-legend --no-pager --full
  section sockets tool ss -tunap exclude time-wait
  section processes tool ps -ww -eo pid=,ppid=,user:32=,comm:16=,args=
  section limits ask limits
  section firewall firewall
  section certificates certificates
  section files files
  find_services
  section redis redis
  section postgresql postgresql
  section mariadb mariadb
  section nginx nginx_installed
  section versions versions
}

# The digests of the files and of the salted secrets, "SHA256  PATH".
digests() {
  listed
  set -- $LIST
  unlisted
  for f in "$T".secret.*; do [ ! -e "$f" ] || set -- "$@" "$f"; done
  [ $# = 0 ] || tool sha256sum -- "$@"
}

# Replaces every secret by <redacted:@N>; the digest of the N-th, salted, comes at the end: equal digests mean equal
# secrets. Secrets reach the digest through files that only their owner reads, never through a command line.
# Lines that ask for a file or a summary of it are answered here.
redact() {
  awk -v n="$N" -v tmp="$T.secret." -f /dev/fd/3 3<<'AWK'
    function mask(v) {
      if (v == "" || v ~ /^<redacted:/ || v ~ /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/) return v
      if (!(v in seen)) {
        seen[v] = "<redacted:@" ++secrets ">"
        printf "%s%s", ENVIRON["ROCKHOP_SALT"], v > (tmp secrets)
        close(tmp secrets)
      }
      return seen[v]
    }
    # The value at the start of "text": masks it and sets REST to what follows. "whole" takes an unquoted value to the end.
    function value(text, whole,   q, i, len, v) {
      q = substr(text, 1, 1)
      if (q == "\"" || q == "'") {
        len = length(text)
        for (i = 2; i <= len; i++) { v = substr(text, i, 1); if (v == "\\") i++; else if (v == q) break }
        v = substr(text, 2, i - 2)
        REST = substr(text, i)
        return q mask(v)
      }
      if (whole) { REST = ""; v = text; if (match(v, /[ \t\r;,]+$/)) { REST = substr(v, RSTART); v = substr(v, 1, RSTART - 1) } return mask(v) }
      if (!match(text, /^[^ \t"']+/)) { REST = text; return "" }
      len = RLENGTH
      v = substr(text, 1, len)
      if (match(v, /[,;&][A-Za-z_][A-Za-z0-9_.-]*=/)) { len = RSTART - 1; v = substr(v, 1, len) }
      REST = substr(text, len + 1)
      return mask(v)
    }
    function after(line, regex, whole,   out, end, lead) {
      out = ""
      while (match(tolower(line), regex)) {
        end = RSTART + RLENGTH
        lead = substr(line, 1, RSTART - 1)
        if (RSTART > 2 && tolower(substr(line, RSTART - 2, 8)) == "nopasswd") { out = out substr(line, 1, end - 1); line = substr(line, end); continue }
        whole = whole && out == "" && lead ~ /^[ \t#;-]*[A-Za-z0-9_.-]*$/
        out = out substr(line, 1, end - 1) value(substr(line, end), whole)
        line = REST
      }
      return out line
    }
    function urls(line,   out, cut) {
      out = ""
      while (match(line, /:\/\/[^\/ \t@:"']*:[^\/ \t@"']+@/)) {
        cut = index(substr(line, RSTART + 3), ":") + RSTART + 3
        out = out substr(line, 1, cut - 1) mask(substr(line, cut, RSTART + RLENGTH - 1 - cut)) "@"
        line = substr(line, RSTART + RLENGTH)
      }
      return out line
    }
    BEGIN {
      word = "(password|passwd|passphrase|passwort|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|encryption[_-]?key|signing[_-]?key|credentials|[_.-]pass|[_.-]pwd|bindpw|authtok|psk)"
      assign = word "[\"']?[ \t]*[:=]>?[ \t]*"
      short = "(^|[ \t,;&?\"'])(pass|pwd|pw)[ \t]*=[ \t]*"
      spaced = "(requirepass|masterauth|auth-pass[ \t]+[^ \t]+|auth_pass|identified[ \t]+by|authorization:?[ \t]+\"?(bearer|basic)|authorization:[ \t]+\"?(bearer|basic)|bindpw|rocommunity6?|rwcommunity6?|com2sec[ \t]+[^ \t]+[ \t]+[^ \t]+|sshpass[ \t]+-p)[ \t]+"
      wanted["openvpn"] = "^[ \t]*(cipher|ncp-ciphers|ncp-disable|data-ciphers|data-ciphers-fallback|auth|tls-version-min|tls-cipher|secret|comp-lzo|compress|ns-cert-type|keysize|no-iv|no-replay|key-method|client|server|mode)([ \t]|$)"
      wanted["stunnel"] = "^[ \t]*(\\[|sslversion|options[ \t]*=|ciphers[ \t]*=)"
      wanted["ipsec"] = "^(conn|config)[ \t]|^[ \t]+(ike|esp|ah|phase2alg|phase2|ikev2|keyexchange|authby|also|auto|type)[ \t]*="
      wanted["slapd"] = "^(database|backend)[ \t]"
      wanted["dhcpd"] = "^[ \t]*(failover[ \t]|(peer[ \t]+)?address[ \t]|primary[ \t]*;|secondary[ \t]*;|include[ \t])"
      wanted["collectd"] = "^[ \t]*(loadplugin|<plugin)[ \t]+\"?cgroups|/sys/fs/cgroup"
      wanted["telegraf"] = "^[ \t]*\\[\\[inputs[.]cgroup|/sys/fs/cgroup|centos"
      wanted["inventory"] = "centos|machine[-_]?id|hostid"
      wanted["licence"] = "^[ \t]*server[ \t]+[^ \t]+[ \t]+[^ \t]"
      wanted["channel"] = "^[ \t]*channelurl="
      glued = "(stats[ \t]+auth[ \t]+[^ \t:]+:|(curl|wget)[ \t]([^ \t]+[ \t]+)*(-u|--user)[ \t=]+[^ \t:]+:|(mysql|mariadb)[^ \t]*[ \t]([^ \t]+[ \t]+)*-p)"
    }
    # One line, its secrets replaced. The cheap question comes first: most lines hold none.
    function emit(line,   lower) {
      if (inside) { private_key(line); return }
      lower = tolower(line)
      if (lower !~ /pass|pwd|pw=|pw |pw\t|createuser|secret|token|key|credential|psk|:\/\/|auth|identified|community|com2sec|mysql|mariadb| -u|--user|user .*>/) { print line; return }
      if (line ~ /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/) { key = "" ; inside = 1; print substr(line, 1, index(line, "-----BEGIN") - 1) "-----BEGIN PRIVATE KEY-----"; return }
      # Each of these names what the expression after it may match, so that few lines pay for the longer ones.
      if (lower ~ /:\/\//) line = urls(line)
      if (lower ~ /(password|passwd|passphrase|passwort|secret|token|key|credentials|[_.-]pass|[_.-]pwd|bindpw|authtok|psk)["']?[ \t]*[:=]/) line = after(line, assign, 1)
      if (lower ~ /(^|[ \t,;&?"'])(pass|pwd|pw)[ \t]*=/) line = after(line, short, 0)
      if (lower ~ /requirepass|masterauth|auth-pass|auth_pass|identified|authorization|bindpw|community|com2sec|sshpass/) line = after(line, spaced, 1)
      if (lower ~ /secret[ \t]+["']/) line = after(line, "secret[ \t]+", 0)
      if (lower ~ /^[ \t]*createuser[ \t]/) line = after(line, "[ \t](md5|sha[0-9-]*|des|aes[0-9]*)[ \t]+", 0)
      if (lower ~ /stats[ \t]+auth|(curl|wget)[ \t].*(-u|--user)|(mysql|mariadb).*[ \t]-p/) line = after(line, glued, 0)
      if (line ~ /^[ \t]*user[ \t]+[^ \t]+[ \t]/) line = user(line)
      print line
    }
    # "user NAME on >SECRET >SECRET", in the configuration of Redis.
    function user(line,   out) {
      out = ""
      while (match(line, /[ \t][>#][^ \t]+/)) {
        out = out substr(line, 1, RSTART + 1) value(substr(line, RSTART + 2), 0)
        line = REST
      }
      return out line
    }
    function private_key(line) {
      if (line !~ /-----END [A-Z0-9 ]*PRIVATE KEY/) { key = key line; return }
      end_key()
      print "-----END PRIVATE KEY-----"
    }
    function end_key() { if (inside) { inside = 0; print mask(key) } }
    function file(path,   line, bytes, got) {
      bytes = 0
      while ((got = (getline line <path)) > 0) {
        if (!bytes) print "===" n " f " path
        bytes += length(line) + 1
        if (bytes > 262144) { print "===" n " t " path; break }
        if (path == "/etc/nsswitch.conf") print line; else emit(line)
      }
      close(path)
      end_key()
      if (got < 0) print "===" n " u " path
    }
    # The first bytes of a file as one text, NULs among them. Only gawk keeps those; without it nothing is said of bytes.
    function bytes(path, most,   text, line, rs) {
      if (!("version" in PROCINFO)) { print "without gawk"; return "" }
      rs = RS; RS = sprintf("%c", 0); text = ""
      while (length(text) < most && (getline line <path) > 0) text = text line RT
      close(path); RS = rs
      return substr(text, 1, most)
    }
    # The number in "width" bytes, the highest first.
    function number(text, at, width,   i, sum) {
      if (ALL == "") for (i = 1; i < 256; i++) ALL = ALL sprintf("%c", i)
      for (sum = 0; width > 0; width--) sum = 256 * sum + index(ALL, substr(text, at++, 1))
      return sum
    }
    function pci(path,   line, at, told) {
      while ((getline line <path) > 0) { at = index(line, "="); told[substr(line, 1, at - 1)] = substr(line, at + 1) }
      close(path)
      sub(/\/uevent$/, "", path); sub(/.*\//, "", path)
      print path, told["PCI_CLASS"], told["PCI_ID"], told["PCI_SUBSYS_ID"], told["DRIVER"]
    }
    # The first bytes of each device in "list", behind its name: gawk itself opens no disk. One process for all of them.
    function heads(list, most,   command, path, text, word, i) {
      if (!("version" in PROCINFO)) return bytes("", 0)
      path = tmp; sub(/secret[.]$/, "bytes", path)
      command = "head -v -c " most " --"
      for (i = split(list, word, " "); i > 0; i--) if (word[i] ~ /^\/[A-Za-z0-9_.\/+:@-]+$/) command = command " " word[i]
      system(command " >" path " 2>/dev/null </dev/null")
      return bytes(path, 100 * most)
    }
    function head(text, device, most,   mark, at) {
      mark = "==> " device " <==\n"
      at = index(text, mark)
      return at ? substr(text, at + length(mark), most) : ""
    }
    function xfs(table,   line, word, done, list, text, one, i) {
      while ((getline line <table) > 0) {
        split(line, word, " ")
        if (word[3] == "xfs" && !(word[1] in done)) { done[word[1]]; list = list word[1] " " }
      }
      close(table)
      if (list == "") return
      text = heads(list, 220)
      for (i = split(list, word, " "); i > 0; i--) {
        one = head(text, word[i], 220)
        if (length(one) == 220 && substr(one, 1, 4) == "XFSB") print "xfs", word[i], number(one, 101, 2), number(one, 201, 4), number(one, 217, 4)
        else print "unread", "xfs", word[i]
      }
    }
    # LUKS 2: which kinds of tokens may unlock it. Its header is text that begins at the fourth KiB.
    function luks2(name, path,   text, at, depth, c, kinds) {
      text = head(heads(path, 16384), path, 16384)
      if (substr(text, 1, 4) != "LUKS" || !index(text, "\"tokens\":{")) { print "unread", "luks", name, path; return }
      at = index(text, "\"tokens\":{")
      for (at += 9; (c = substr(text, at, 1)) != ""; at++) {
        if (c == "{") depth++
        if (c == "}" && --depth < 1) break
        if (depth == 2 && substr(text, at, 8) == "\"type\":\"" && match(substr(text, at + 8, 40), /^[a-z0-9-]+/)) kinds = kinds " " substr(text, at + 8, RLENGTH)
      }
      print "luks", name, "2" kinds
    }
    # The lines of a file that are wanted, through the filter like all others. Any other line stays; what OpenVPN keeps
    # between <tags> are keys.
    function lines(kind, path,   line, lower, within, read, got) {
      while ((got = (getline line <path)) > 0) {
        if (!read++) print "===" n " f " path
        if (kind == "openvpn" && line ~ /^[ \t]*<[^\/]/) within = 1
        lower = tolower(line)
        if (!within && line !~ /^[ \t]*[#;]/ && lower ~ wanted[kind] && (kind == "openvpn" || lower !~ /passw|secret|credential|key[ \t]*[{=]/)) emit(line)
        if (line ~ /^[ \t]*<\//) within = 0
      }
      close(path)
      if (got < 0) print "===" n " u " path
    }
    # Entries of a keytab: size, number of names, realm, names, kind of name, time, version, type of the key, and the key,
    # which is passed over. A size below zero is a hole.
    function keytab(path,   text, at, end, parts, part, long, realm, name, told) {
      text = bytes(path, 262144)
      if (substr(text, 1, 2) != "\005\002") { print "unread", path; return }
      for (at = 3; at + 4 <= length(text); at = end) {
        end = number(text, at, 4)
        if (end >= 2147483648) { end = at + 4 + 4294967296 - end; continue }
        if (!end) break
        end += at + 4
        parts = number(text, at + 4, 2)
        at += 6; name = ""
        for (part = 0; part <= parts && at < end; part++) {
          long = number(text, at, 2)
          if (part) name = name (part > 1 ? "/" : "") substr(text, at + 2, long); else realm = substr(text, at + 2, long)
          at += 2 + long
        }
        name = name "@" realm
        if (at + 11 > end || name !~ /^[A-Za-z0-9._\/$@-]+$/) { print "unread", path; return }
        told = "key " number(text, at + 9, 2) " " name " " path
        if (!(told in SAID)) { SAID[told]; print told }
      }
    }
    # usmDESPrivProtocol, or a user that the agent has not yet taken over.
    function snmp(path,   line, got, users, des) {
      while ((got = (getline line <path)) > 0) {
        if (line !~ /^[ \t]*(usmUser|createUser)[ \t]/) continue
        users++
        if (line ~ /[ \t][.]1[.]3[.]6[.]1[.]6[.]3[.]10[.]1[.]2[.]2[ \t]|^[ \t]*createUser[ \t].*[ \t]DES([ \t]|$)/) des++
      }
      close(path)
      if (got < 0) print "unread", path; else print "users", users + 0, des + 0
    }
    # The one line of Docker's notes holds the environment too; three of its words leave.
    function container(path,   line, got) {
      got = (getline line <path)
      close(path)
      if (got < 1) { print "unread", path; return }
      print "container", json(line, "Name", "/"), json(line, "Image", ""), json(line, "Path", "")
    }
    # The first text of that name that begins so, and without its beginning; "?" for none, and for one with blanks.
    function json(line, name, start,   text) {
      if (!match(line, "\"" name "\":\"" start "[^\"]*\"")) return "?"
      text = substr(line, RSTART + length(name) + length(start) + 4, RLENGTH - length(name) - length(start) - 5)
      return text == "" || text ~ /[ \\]/ ? "?" : text
    }
    # The limits of what the first process started: services. What ended since "ps" tells nothing.
    function limits(   pid, path, line, word, files) {
      for (pid in started) {
        path = "/proc/" pid "/limits"; files = ""
        while (files !~ /files/ && (getline line <path) > 0) if (line ~ /^Max (processes|open files) /) files = files substr(line, 15)
        close(path)
        if (split(files, word, " ") < 6) continue # processes come first
        line = started[pid] " " word[1] " " word[2] " " word[4] " " word[5]
        if (!(line in SAID)) { SAID[line]; print line }
      }
    }
    # Four bytes of attributes and one of value; firmware that cannot do it has no such variable.
    function firmware(   text) {
      text = bytes("/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c", 5)
      print "secure", length(text) == 5 ? number(text, 5, 1) : 0
    }
    function hardware(   line, word, cpus, model, flags, booted) {
      while ((getline line <"/proc/meminfo") > 0) if (split(line, word) > 1 && (word[1] == "MemTotal:" || word[1] == "SwapTotal:")) print word[1] word[2]
      cpus = 0
      while ((getline line <"/proc/cpuinfo") > 0) {
        if (line ~ /^processor[ \t]*:/) cpus++
        if (cpus > 1 && flags) continue
        if (line ~ /^(vendor_id|cpu family|model|revision|CPU implementer|CPU part|processor 0)[ \t]*:/) {
          split(line, word, /[ \t]*:[ \t]*/)
          print "cpuinfo " word[1] ":" word[2]
        }
        if (line ~ /^model name/ && !model) model = substr(line, index(line, ":") + 2)
        if (line ~ /^(flags|Features)/ && !flags) flags = substr(line, index(line, ":") + 2)
      }
      while ((getline line <"/proc/stat") > 0) if (line ~ /^btime /) booted = substr(line, 7)
      if ((getline line <"/proc/uptime") > 0 && booted) print "taken:" int(booted + line)
      print "cpus:" cpus; print "model:" model; print "flags:" flags
    }
    index($0, "===" n " ") == 1 {
      end_key()
      if ($2 == "<") file(substr($0, length(n) + 7))
      else if (length($2) == 1) { print; if ($2 == "+") services = $3 == "processes" }
      else if ($2 == "hardware") hardware()
      else if ($2 == "pci") pci($3)
      else if ($2 == "xfs") xfs($3)
      else if ($2 == "luks2") luks2($3, $4)
      else if ($2 == "firmware") firmware()
      else if ($2 == "keytab") keytab($3)
      else if ($2 == "snmp") snmp($3)
      else if ($2 == "container") container($3)
      else if ($2 == "limits") limits()
      else if ($2 == "lines") lines($3, substr($0, length(n) + length($3) + 12))
      next
    }
    { if (services && $2 == 1) started[$1] = $3 " " $4; emit($0) }
    END { end_key() }
AWK
}

main() {
  AS=$1
  [ -n "$AS" ] || { AS=login; [ "$(id -u)" != 0 ] || AS=root; }
  read -r N </proc/sys/kernel/random/uuid
  printf '===rockhop 1 %s\n' "$N"
  [ -n "$ROCKHOP_SALT" ] || read -r ROCKHOP_SALT </proc/sys/kernel/random/uuid
  export ROCKHOP_SALT
  has awk || { printf '===%s ! awk\n===%s .\n' "$N" "$N"; return; }
  T=/run/rockhop-survey.$N # a name that nobody can guess, for files that only their owner reads
  [ -w /run ] || T=${TMPDIR:-/tmp}/rockhop-survey.$N
  NL='
'
  : >"$T.err" || { printf '===%s ! %s\n===%s .\n' "$N" "$T" "$N"; return; }
  trap 'rm -f "$T".*' EXIT
  trap 'exit 1' HUP INT TERM PIPE
  # Through a file: a pipe would wake the filter for every line.
  survey >"$T.all"
  redact <"$T.all"
  section digests digests
  printf '===%s .\n' "$N"
}

if command -v gzip >/dev/null 2>&1; then main "$1" </dev/null | gzip -1; else main "$1" </dev/null; fi
exit 0

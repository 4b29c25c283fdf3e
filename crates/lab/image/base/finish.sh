#!/bin/sh
# Run inside the fresh Debian root: put the service binaries aside, and take away what would tell
# an operator that this is Debian. The faces bring the services back under the EL paths.
set -eu

STAGE=/usr/lib/rockhop-lab
mkdir -p $STAGE/bin /srv/rockhop-lab

# The locale in which EL hosts create their databases.
localedef -i en_US -f UTF-8 en_US.UTF-8

# Binaries that a package has to bring before a host has them.
for name in redis-server redis-cli redis-benchmark redis-check-aof redis-check-rdb \
    mariadb mariadbd mariadb-admin mariadb-dump mariadb-check mariadb-upgrade mariadb-install-db \
    mariadb-binlog mariadb-import mariadb-show mariadbd-safe \
    mysql mysqladmin mysqldump mysqlcheck mysql_upgrade mysql_install_db mysqlbinlog mysqld mysqld_safe \
    nginx haproxy prometheus promtool amtool prometheus-alertmanager prometheus-node-exporter \
    dnf dnf-3 chronyd chronyc cron socat; do
    for folder in /usr/bin /usr/sbin; do
        if [ -e $folder/$name ] || [ -L $folder/$name ]; then mv $folder/$name $STAGE/bin/; fi
    done
done
# PostgreSQL finds its files from the place of its own binary, so it stays where it is.
find /usr/bin -lname '*pg_wrapper*' -delete
rm -f /usr/bin/pg_*cluster* /usr/bin/pg_wrapper /usr/bin/pg_conftool /usr/bin/pg_virtualenv /usr/bin/pg_buildext
rm -f /usr/bin/mysql* /usr/bin/mariadb* /usr/bin/myisam* /usr/bin/msql2mysql

# Debian's units, timers and boot scripts.
cd /usr/lib/systemd/system
rm -rf nginx.service redis-server* mariadb* mysql* postgresql* haproxy* prometheus* chrony* ssh.* ssh@* \
    rescue-ssh.target cron.service apt-daily* dpkg-db-backup* e2scrub* fstrim* logrotate.* systemd-pstore* \
    nftables.service console-getty.service container-getty@.service getty* autovt@.service \
    dnf-makecache* dnf-automatic* rpm* systemd-networkd* systemd-logind.service
rm -rf /etc/systemd/system/* /etc/init.d /etc/rc?.d /usr/lib/systemd/system-generators/*getty* \
    /usr/lib/systemd/system-generators/postgresql* /usr/lib/systemd/system/multi-user.target.wants/getty.target \
    /usr/lib/systemd/system/sysinit.target.wants/systemd-firstboot.service \
    /usr/lib/systemd/system/multi-user.target.wants/systemd-logind.service /usr/share/dbus-1/system-services/org.freedesktop.login1.service
ln -sf multi-user.target default.target
sed -i 's/<user>messagebus</<user>dbus</' /usr/share/dbus-1/system.conf
mkdir -p /etc/systemd/journald.conf.d /etc/systemd/system.conf.d
printf '[Journal]\nRuntimeMaxUse=8M\nSystemMaxUse=16M\n' > /etc/systemd/journald.conf.d/10-lab.conf
printf '[Manager]\nDefaultTimeoutStopSec=8s\n' > /etc/systemd/system.conf.d/10-lab.conf
# These create or correct Debian's users and folders.
rm -f /usr/lib/tmpfiles.d/postgresql* /usr/lib/tmpfiles.d/legacy.conf /usr/lib/tmpfiles.d/debian.conf

# Debian's configuration and state.
rm -rf /etc/nginx /etc/redis /etc/postgresql* /etc/mysql /etc/my.cnf* /etc/haproxy /etc/prometheus /etc/chrony \
    /etc/default /etc/apt /etc/dpkg /etc/debian_version /etc/network /etc/nftables.conf /etc/ssh /etc/cron* \
    /etc/dnf /etc/yum* /etc/logrotate* /etc/os-release /usr/lib/os-release /etc/issue* /etc/motd /etc/update-motd.d \
    /etc/passwd* /etc/group* /etc/shadow* /etc/gshadow* /etc/subuid* /etc/subgid* /etc/sudoers /etc/sudoers.d \
    /etc/hosts /etc/hostname /etc/fstab /etc/resolv.conf /etc/sysctl.conf /etc/sysctl.d /etc/machine-id /etc/profile /etc/bash.bashrc \
    /var/lib/mysql /var/lib/mysql-* /var/lib/postgresql /var/lib/redis /var/lib/prometheus /var/lib/haproxy /var/lib/nginx \
    /var/lib/chrony /var/lib/dpkg /var/lib/apt /var/lib/ucf /var/lib/rpm /var/lib/dnf /var/cache/* /var/backups /var/www /var/mail /var/spool/* \
    /var/log/* /tmp/* /run/* /home/* /usr/share/nginx/html \
    /usr/bin/apt* /usr/bin/dpkg* /usr/sbin/dpkg* /usr/lib/apt /usr/lib/dpkg /usr/share/dpkg /usr/share/debconf
mkdir -p /etc/ssh /etc/default /etc/sysctl.d /var/spool/cron /var/spool/mail /var/cache /var/log /etc/pki/rpm-gpg /etc/rpm
ln -s . /var/spool/cron/crontabs # Debian's cron looks one folder deeper than EL's crontab files
ln -s ../run /var/run 2>/dev/null || true
mkdir -p /var/lib/rpm /usr/libexec/openssh
ln -s ../../lib/openssh/sftp-server /usr/libexec/openssh/sftp-server
# Debian's rpm looks into a home folder when it is not root's.
printf '%%_dbpath /var/lib/rpm\n' > /etc/rpm/macros

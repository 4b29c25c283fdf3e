### What the assessment says: a title, a remedy and a verification for each rule, and a sentence for each finding.

## Words of the assessment

severity-blocks = blocks
severity-warns = warns
severity-informs = informs
area-platform = platform
area-storage = storage
area-kernel = kernel
area-network = network
area-security = security
area-packages = packages
area-services = services
area-accounts = accounts
area-web = web
area-cache = cache
area-database = database
area-monitoring = monitoring
area-fleet = fleet
evidence-tried = tried with the real tool
evidence-source = read in the source
evidence-reported = reported by others
evidence-documented = documented by the vendor
evidence-known = common knowledge
readiness-arrived = has arrived
readiness-ready = can go now
readiness-after-remedies = can go after remedies
readiness-not-known = not known well enough
readiness-blocked = blocked

## Waivers

waiver-state-applied = applied
waiver-state-unused = no longer needed
waiver-state-expired = expired; it hides nothing
waiver-no-owner = The waiver of { $rule } names no owner. Write who answers for it.
waiver-no-reason = The waiver of { $rule } gives no reason. Write why this may be.
waiver-no-hosts = The waiver of { $rule } names no host. List hosts, or write "all".
waiver-no-such-rule = There is no rule { $rule }. The nearest is { $nearest }.

## The book of rules: docs/rules.md, `rockhop rules`.

rulebook-title = Rules of the assessment
rulebook-how = A rule looks at the facts of one host, or of the whole fleet. What it finds blocks the host until it is remedied or waived, warns (somebody decides), or informs. A rule that could not look is unknown, and where a finding would block, unknown blocks as well. `rockhop assess` ends with 2 when something blocks.
rulebook-waivers = A waiver names a rule, hosts, an owner, a reason and its last day. It is refused when any of them is missing; an expired one hides nothing and is reported.
rulebook-policy = A project can raise a severity under `[policy.severity]` and never lower one.
rulebook-evidence = How well a rule is founded; what is common knowledge alone never blocks a host:
rulebook-count = { $host } rules over one host, { $fleet } over the fleet.
rulebook-row = { $name }: { $value }
rulebook-severity = Severity
rulebook-founded = Founded
rulebook-sources = Sources
rulebook-looks-at = Looks at
rulebook-places = Looks for
rulebook-strategies = Strategies
rulebook-example = For example
rulebook-remedy = Remedy
rulebook-command = Command
rulebook-by-machine = By machine
rulebook-verify = Verify

## Platform

rule-platform-release-title = The system is not CentOS 7
rule-platform-release-remedy = Move only EL 7 hosts with Rockhop. Take this host out of the inventory, or bring it to EL 7.9 first.
rule-platform-release-verify = /etc/os-release says version 7.
finding-platform-release = The host runs { $release }.

rule-platform-arch-title = Rocky 9 is not built for this processor
rule-platform-arch-remedy = Move the service to a machine with x86-64 or 64-bit Arm processors.
rule-platform-arch-verify = uname -m on the new host says x86_64 or aarch64.
finding-platform-arch = The processor architecture is { $arch }.

rule-platform-cpu-level-title = The processor is below x86-64-v2
rule-platform-cpu-level-remedy = Give the virtual machine a newer processor model (Nehalem or later, or host-passthrough), or use other hardware. There is no way around it in software.
rule-platform-cpu-level-verify = /lib64/ld-linux-x86-64.so.2 --help on the new host lists x86-64-v2 as supported.
finding-platform-cpu-level = { $model } lacks { $missing }; the first process of EL 9 would not start.

rule-platform-memory-title = Too little memory for EL 9
rule-platform-memory-remedy = Give the machine at least 1.5 GiB of memory, and more if its services need it.
rule-platform-memory-verify = MemTotal in /proc/meminfo is at least 1572864 kB.
finding-platform-memory = The host has { $mib } MiB of memory; { $needed } MiB are needed.

rule-platform-locales-title = A locale that EL 9 does not install by default
rule-platform-locales-remedy = Install the language pack that the finding names on the new host before its services start (or glibc-all-langpacks). A service whose locale is missing falls back to C: sorting, dates and non-ASCII text change.
rule-platform-locales-verify = locale -a on the new host lists every locale that the services use.
finding-platform-locales = { $file } asks for { $locale }; on EL 9 it comes with glibc-langpack-{ $language }.

rule-platform-library-paths-title = Libraries from folders of the host's own
rule-platform-library-paths-remedy = Find out which program needs them, and bring libraries built for EL 9. Old ones found first can replace the system's own: then programs crash or do not start. Write the folder on the new host only when its libraries fit.
rule-platform-library-paths-verify = ldconfig -p on the new host lists no library built for EL 7, and ldd finds every library of the programs in question.
finding-platform-library-paths = { $file } adds { $names } to the library search path.
finding-platform-library-paths-preload = { $file } loads { $names } into every program.
finding-platform-library-paths-variable = { $file } sets { $name }.

rule-platform-service-limits-title = Defaults for all services set in systemd's own configuration
rule-platform-service-limits-remedy = Write the setting into the units that need it (LimitNOFILE=, LimitNPROC=, TasksMax=), or into a file under /etc/systemd/system.conf.d on the new host. The file itself is not carried.
rule-platform-service-limits-verify = systemctl show NAME -p LimitNOFILE,LimitNPROC,TasksMax on the new host is at least what it was.
finding-platform-service-limits = { $file } sets { $setting }={ $value } for every service.

rule-platform-removed-processor-title = A processor that EL 9 does not run on
rule-platform-removed-processor-remedy = Move the host to a machine with a newer processor. Do not reinstall this one with EL 9.
rule-platform-removed-processor-verify = lscpu on the new host names a processor that EL 9 supports.
finding-platform-removed-processor = { $model } is no longer supported by EL 9.

rule-platform-unmaintained-processor-title = A processor that EL 9 starts on and nobody maintains
rule-platform-unmaintained-processor-remedy = EL 9 runs on it, without fixes for its faults: plan its replacement before the next release. For a virtual machine, choose a newer processor model in the hypervisor.
rule-platform-unmaintained-processor-verify = lscpu on the new host names a processor that is still maintained.
finding-platform-unmaintained-processor = { $model } is no longer maintained in EL 9.

rule-platform-secure-boot-title = Secure Boot is on
rule-platform-secure-boot-remedy = For an upgrade in place, switch Secure Boot off in the firmware until the host runs Rocky Linux: kernel and boot loader change their signer on the way, and what the firmware does not trust does not start. For a new installation it may stay on; enrol the keys of modules that come from elsewhere (mokutil --import) before they are needed.
rule-platform-secure-boot-verify = After the move, mokutil --sb-state says what you decided on, and the host starts without somebody at the console.
finding-platform-secure-boot = The firmware starts only what is signed.

rule-platform-limits-in-force-title = Services with limits that no unit of the host's own states
rule-platform-limits-in-force-remedy = They come from a package's unit, a start script, PAM's limits or the program itself. Compare after the move, and write what is missing into a drop-in (LimitNOFILE=, LimitNPROC=, TasksMax=). EL 9 starts services with 1024:524288 open files and, unlike EL 7, caps no login at 4096 processes.
rule-platform-limits-in-force-verify = /proc/PID/limits of each service named shows at least the old values on the new host.
finding-platform-limits-in-force = { $service } of { $user } may open { $files } files and start { $processes } processes, which is not what most services here may.

## Storage

rule-storage-xfs-options-title = XFS mount options that were removed
rule-storage-xfs-options-remedy = Delete these options from /etc/fstab. The new kernel refuses to mount a file system with them, and the boot ends in the emergency shell.
rule-storage-xfs-options-verify = mount -fav reads /etc/fstab without complaint, and the file system can be mounted.
finding-storage-xfs-options = { $path } is mounted with { $options }.

rule-storage-btrfs-title = Btrfs is not in EL 9's kernel
rule-storage-btrfs-remedy = Copy the data to XFS or ext4 before the move.
rule-storage-btrfs-verify = findmnt -t btrfs prints nothing.
finding-storage-btrfs = { $path } is a Btrfs file system.

rule-storage-mount-twice-title = Two rows of fstab for one place
rule-storage-mount-twice-remedy = Keep one row in /etc/fstab for each mount point.
rule-storage-mount-twice-verify = findmnt --verify reports no error.
finding-storage-mount-twice = { $path } stands twice in /etc/fstab; one hides the other.

rule-storage-disk-names-title = File systems found by disk name
rule-storage-disk-names-remedy = Name the file system by UUID or label in /etc/fstab. Newer kernels look for disks in parallel, and sda may become sdb.
rule-storage-disk-names-verify = findmnt --verify is clean, and no row of /etc/fstab starts with /dev/sd, /dev/hd or /dev/vd.
finding-storage-disk-names = { $path } is mounted from { $source }.

rule-storage-network-mounts-title = Network file systems to mount again
rule-storage-network-mounts-remedy = Let the new host's address into the export, install the client, and carry the row of /etc/fstab. Data on a network file system is not in the host's backup.
rule-storage-network-mounts-verify = findmnt shows the file system on the new host, and its owners and permissions are the same.
finding-storage-network-mounts = { $path } is mounted from { $source } ({ $fstype }).

rule-storage-old-mount-protocol-title = Network file systems in a version that EL 9 does not speak
rule-storage-old-mount-protocol-remedy = Change the mount to NFS 3 or 4 over TCP, or SMB 2 or later, while the host still runs EL 7.
rule-storage-old-mount-protocol-verify = The mount options name none of vers=2, proto=udp and vers=1.0.
finding-storage-old-mount-protocol = { $path } is mounted with { $option }.

rule-storage-room-title = Little room left in a file system
rule-storage-room-remedy = Remove old logs and kernels, or grow the file system, then survey the host again.
rule-storage-room-verify = df shows at least 512 MiB free, and df -i at least 2 percent of the inodes.
finding-storage-room = { $path } has { $mib } MiB free, or hardly any inodes; { $needed } MiB should be.

rule-storage-lvm-title = Data volumes of LVM
rule-storage-lvm-remedy = Plan a volume of the same size for the new host. A disk that is attached to EL 9 again is only seen once its volume group is in the devices file (vgimportdevices).
rule-storage-lvm-verify = lvs on the new host lists the same volumes.
finding-storage-lvm = Volumes besides the system's own: { $paths }.

rule-storage-multipath-title = Multipath settings that EL 9 reads differently
rule-storage-multipath-remedy = Rewrite the file for EL 9: move a path_checker other than tur into the device sections that need it; drop detect_prio, detect_path_checker, retain_attached_hw_handler and reassign_maps from defaults unless a device needs them otherwise; write the pattern "*" as ".*".
rule-storage-multipath-verify = multipath -t on the new host accepts the file, and multipath -ll shows as many paths to each LUN as before.
finding-storage-multipath-checker = { $file }, line { $line }: defaults set { $option } to { $value } for every device; EL 9 expects tur there.
finding-storage-multipath-now-on = { $file }, line { $line }: defaults set { $option } to { $value }; on EL 9 it is on, and device sections decide.
finding-storage-multipath-reassign = { $file }, line { $line }: reassign_maps is on; it should not be used any more.
finding-storage-multipath-pattern = { $file }, line { $line }: { $option } is { $value }, which is no valid regular expression on EL 9.

rule-storage-multipath-new-defaults-title = Multipath leaves out NVMe and USB disks unless told otherwise
rule-storage-multipath-new-defaults-remedy = If the host has NVMe or USB disks under multipath, set enable_foreign "^$" and allow_usb_devices yes. EL 9 uses the kernel's own multipathing for NVMe: prefer it.
rule-storage-multipath-new-defaults-verify = multipath -ll and nvme list-subsys on the new host show every disk with all its paths.
finding-storage-multipath-new-defaults = { $file } does not set { $names }; their defaults are new on EL 9.

rule-storage-vdo-title = VDO volumes outside LVM
rule-storage-vdo-remedy = Copy the data to a file system on the new host (LVM can make a VDO volume there). To keep the disk itself, convert it with lvm_import_vdo on EL 8 first; EL 9 has no vdo command.
rule-storage-vdo-verify = The data is there, and lvs -o+vdo_operating_mode on the new host shows the volume if it is to be VDO again.
finding-storage-vdo = { $name } is a VDO volume that the vdo manager runs.

rule-storage-encrypted-title = Encrypted disks
rule-storage-encrypted-remedy = Decide where the data lies on the new host and who opens it: a passphrase at boot, a key file, TPM or Tang through Clevis. Back up the LUKS header and key before anything is touched. For an upgrade in place, LUKS 1 must become LUKS 2 with a TPM token first.
rule-storage-encrypted-verify = The new host opens the volume by itself after a reboot, and cryptsetup luksDump shows LUKS version 2.
finding-storage-encrypted = { $name } on { $device } is encrypted; somebody types its passphrase.
finding-storage-encrypted-key-file = { $name } on { $device } is encrypted with the key in { $file }, which is not carried.

rule-storage-fstab-lines-title = A line of fstab that is not read as it was meant
rule-storage-fstab-lines-remedy = Write the line with four to six fields and nothing after them; put the comment on a line of its own.
rule-storage-fstab-lines-verify = findmnt --verify reports no error.
finding-storage-fstab-lines = { $file }, line { $line } has a comment behind its fields, or not four to six fields.

rule-storage-system-mounts-title = fstab mounts over a file system of the kernel's own
rule-storage-system-mounts-remedy = Delete the line, or give it the kind that belongs there (proc, sysfs, tmpfs, devpts). With another kind the new system does not boot.
rule-storage-system-mounts-verify = findmnt --verify reports no error, and the host comes up after a reboot.
finding-storage-system-mounts = fstab mounts { $source } ({ $fstype }) at { $path }.

rule-storage-mount-order-title = fstab mounts a folder over another mount
rule-storage-mount-order-remedy = Write the row of the upper folder before the row of the folder inside it.
rule-storage-mount-order-verify = mount -a followed by findmnt shows both, the inner one reachable.
finding-storage-mount-order = { $path } stands before { $over }, which would hide it when the rows are mounted in turn.

rule-storage-lvm-filter-title = An LVM filter that EL 9 passes over
rule-storage-lvm-filter-remedy = EL 9 uses a list of devices in place of filters. On the new host name the disks with lvmdevices --adddev DEVICE or vgimportdevices VG, not with -a, and rebuild the initramfs. Disks that the filter kept away must not be in the list.
rule-storage-lvm-filter-verify = pvs on the new host shows the volume groups that belong to it and no others, and no note about an ignored filter.
finding-storage-lvm-filter = lvm.conf sets { $setting } to { $value }.

rule-storage-lvm-cluster-title = Volume groups shared through clvmd
rule-storage-lvm-cluster-remedy = EL 9 shares volume groups with lvmlockd (sanlock or dlm). Plan it together with the cluster: all members at once, on new volume groups or after vgchange --lock-type.
rule-storage-lvm-cluster-verify = vgs -o+lock_type on the new hosts shows sanlock or dlm, and a volume active on one host cannot be activated exclusively on another.
finding-storage-lvm-cluster = LVM on this host locks through the cluster (clvmd, or locking_type 3).

rule-storage-nvme-over-fabrics-title = Disks over NVMe fabrics
rule-storage-nvme-over-fabrics-remedy = Carry /etc/nvme/hostnqn and /etc/nvme/hostid to the host that takes over the disks, or let the storage team allow the new identity. EL 9 uses the kernel's own multipathing for NVMe.
rule-storage-nvme-over-fabrics-verify = nvme list-subsys on the new host shows every subsystem with all its paths after a reboot.
finding-storage-nvme-over-fabrics = NVMe over a network is in use ({ $names }).

rule-storage-xfs-version-4-title = XFS without checksums (version 4)
rule-storage-xfs-version-4-remedy = EL 9 mounts it with a warning, and a later kernel will not; it cannot be converted. Where the disk is kept, back the data up, make the file system anew with mkfs.xfs and restore.
rule-storage-xfs-version-4-verify = xfs_info on the new host shows crc=1 for every XFS.
finding-storage-xfs-version-4 = { $device } ({ $places }) is XFS version 4.

rule-storage-xfs-ftype-title = XFS that cannot hold containers
rule-storage-xfs-ftype-remedy = The file system was made with ftype=0, so overlayfs refuses it and podman does not start a container on it. Make it anew with mkfs.xfs and restore the data, or give container storage a disk of its own.
rule-storage-xfs-ftype-verify = xfs_info shows ftype=1 for the file system that holds container storage, and podman info prints no error.
finding-storage-xfs-ftype = { $place } would lie on { $device }, an XFS with ftype=0.

rule-storage-luks-unlock-title = An encrypted volume that waits for somebody at the console
rule-storage-luks-unlock-remedy = An upgrade in place restarts several times, each time asking for the passphrase. Convert LUKS 1 to LUKS 2 (cryptsetup convert, volume closed, header backed up first), bind the volume to the TPM or a Tang server with clevis luks bind, or plan for somebody at the console.
rule-storage-luks-unlock-verify = cryptsetup luksDump shows version 2 and a clevis token, and a test restart comes up alone.
finding-storage-luks-unlock-version-1 = { $name } is LUKS 1, which an upgrade in place cannot unlock by itself.
finding-storage-luks-unlock-no-token = { $name } is LUKS 2 without a clevis token.

## Kernel

rule-kernel-removed-driver-title = Drivers that EL 9's kernel no longer has
rule-kernel-removed-driver-remedy = Make sure that the new machine has other controllers. Do not reinstall this hardware with EL 9.
rule-kernel-removed-driver-verify = lspci -k on the new host names a driver for each device.
finding-kernel-removed-driver = In use here, and gone in EL 9: { $drivers }.

rule-kernel-vendor-module-title = Kernel modules from a vendor
rule-kernel-vendor-module-remedy = Ask the vendor for the module or agent built for EL 9, or leave it out deliberately.
rule-kernel-vendor-module-verify = The agent or device works on the new host; lsmod lists the module.
finding-kernel-vendor-module = Kernel modules from elsewhere: { $modules }.

rule-kernel-crashkernel-auto-title = crashkernel=auto reserves nothing on EL 9
rule-kernel-crashkernel-auto-remedy = On the new host run kdumpctl reset-crashkernel --kernel=ALL and reboot, if crash dumps are wanted.
rule-kernel-crashkernel-auto-verify = /sys/kernel/kexec_crash_size is greater than 0, and kdumpctl status is operational.
finding-kernel-crashkernel-auto = The kernel was started with crashkernel=auto.

rule-kernel-elevator-title = The elevator= parameter has no effect
rule-kernel-elevator-remedy = Choose the scheduler by a udev rule or tuned profile: noop becomes none, deadline becomes mq-deadline, cfq becomes bfq.
rule-kernel-elevator-verify = cat /sys/block/*/queue/scheduler shows the wanted scheduler in brackets.
finding-kernel-elevator = The kernel was started with elevator={ $name }.

rule-kernel-sysctl-removed-title = Kernel settings that no longer exist
rule-kernel-sysctl-removed-remedy = Leave the setting out on the new host. Replace conntrack limits by net.netfilter.nf_conntrack_max; tcp_tw_recycle has no successor, and none is needed.
rule-kernel-sysctl-removed-verify = sysctl --system on the new host prints no error.
finding-kernel-sysctl-removed = { $file } sets { $key } = { $value }.

rule-kernel-sysctl-needs-module-title = Kernel settings that need a module first
rule-kernel-sysctl-needs-module-remedy = Name the module in /etc/modules-load.d, so that the setting exists when it is applied at boot.
rule-kernel-sysctl-needs-module-verify = After a reboot, sysctl reads the setting back with the wanted value.
finding-kernel-sysctl-needs-module = { $file } sets { $key } = { $value }, which exists once { $module } is loaded.

rule-kernel-cgroup-tools-title = Resource limits by cgconfig or cgred
rule-kernel-cgroup-tools-remedy = Write the limits as systemd slices and unit settings (MemoryMax=, CPUWeight=). EL 9 has control groups in version 2 and no libcgroup.
rule-kernel-cgroup-tools-verify = systemctl show reads the limits back for each service.
finding-kernel-cgroup-tools = { $unit } sets limits that EL 9 does not know.

rule-kernel-own-parameters-title = Kernel parameters of the host's own
rule-kernel-own-parameters-remedy = Decide which of them still make sense, and add those on the new host with grubby --update-kernel=ALL --args="...". EL 9 does not take changes of GRUB_CMDLINE_LINUX for kernels that are already installed.
rule-kernel-own-parameters-verify = /proc/cmdline on the new host has every parameter that was decided for.
finding-kernel-own-parameters = The kernel was started with these: { $names }.

rule-kernel-boot-entries-title = Boot entries of the host's own
rule-kernel-boot-entries-remedy = If the entry is still wanted, write it for EL 9 as a file under /boot/loader/entries, or into /etc/grub.d/40_custom of the new host.
rule-kernel-boot-entries-verify = grubby --info=ALL or the boot menu of the new host shows the entry.
finding-kernel-boot-entries = { $file } has entries of its own, from line { $line } on.

rule-kernel-scheduler-names-title = I/O schedulers that EL 9's kernel no longer has
rule-kernel-scheduler-names-remedy = Write none for noop, mq-deadline for deadline, bfq for cfq. Or leave it out: the kernel chooses well for most disks.
rule-kernel-scheduler-names-verify = cat /sys/block/*/queue/scheduler on the new host shows the wanted scheduler in brackets.
finding-kernel-scheduler-names = { $file }, line { $line } asks for { $name }.

rule-kernel-merged-modules-title = Kernel modules that became part of others
rule-kernel-merged-modules-remedy = Write nf_conntrack for nf_conntrack_ipv4 and _ipv6, nf_nat for nf_nat_ipv4 and _ipv6, nf_conntrack_ftp for ip_conntrack_ftp. A name that is not found makes systemd-modules-load fail.
rule-kernel-merged-modules-verify = systemctl status systemd-modules-load on the new host is active, and lsmod shows the module.
finding-kernel-merged-modules = { $file } names { $module }.

rule-kernel-module-scripts-title = Scripts that load modules at boot, which EL 9 does not run
rule-kernel-module-scripts-remedy = Write the module's name into a file under /etc/modules-load.d, its options under /etc/modprobe.d.
rule-kernel-module-scripts-verify = lsmod on the new host shows the module after a reboot.
finding-kernel-module-scripts = { $file } is run at boot by EL 7 alone.

rule-kernel-cgroup-paths-title = Scripts and units that use control groups version 1
rule-kernel-cgroup-paths-remedy = Set limits with systemd (MemoryMax=, CPUWeight=, systemd-run --scope -p ...), and read usage from the unit's own folder (memory.current, cpu.stat). For one that cannot be changed in time: systemd.unified_cgroup_hierarchy=0 on the kernel's command line, for a while.
rule-kernel-cgroup-paths-verify = systemctl show NAME -p MemoryMax,CPUWeight on the new host shows the limits, and the script runs without an error.
finding-kernel-cgroup-paths = { $file } uses { $what }.

rule-kernel-unmaintained-driver-title = Drivers that EL 9 has but no longer maintains
rule-kernel-unmaintained-driver-remedy = The hardware works on EL 9 for now. Plan its replacement before the next release; for a virtual machine, choose a newer model of network card or disk controller (virtio, vmxnet3).
rule-kernel-unmaintained-driver-verify = lspci -k on the new host shows a maintained driver for every device.
finding-kernel-unmaintained-driver = In use: { $names }.

rule-kernel-removed-device-title = Devices that their driver no longer serves in EL 9
rule-kernel-removed-device-remedy = The driver stays, this device is no longer on its list. Make sure that the new machine has another controller or adapter. Do not reinstall this hardware with EL 9; where it has to stay, ELRepo has drivers (kmod-*) that go into the initramfs before the first start.
rule-kernel-removed-device-verify = lspci -nnk on the new host names a driver in use for each controller and adapter.
finding-kernel-removed-device = { $slot } ({ $id }) is no longer served by { $driver }.

rule-kernel-unmaintained-device-title = Devices that EL 9 serves but nobody maintains
rule-kernel-unmaintained-device-remedy = It works on EL 9 for now. Plan its replacement before the next release.
rule-kernel-unmaintained-device-verify = lspci -nnk on the new host shows a maintained device for each controller and adapter.
finding-kernel-unmaintained-device = { $slot } ({ $id }) is served by { $driver } and no longer maintained.

## Network

rule-network-nic-names-title = Interface names that change
rule-network-nic-names-remedy = Write configuration by MAC address or by the new name. To keep a name, give the new host a .link file that matches the MAC address.
rule-network-nic-names-verify = ip -o link shows the expected names after two reboots.
finding-network-nic-names = These interfaces will have other names: { $names }.

rule-network-several-eth-title = Several interfaces with kernel names
rule-network-several-eth-remedy = Give each interface a name of its own (net0, net1) by MAC address. On a newer kernel the order of eth0 and eth1 is chance.
rule-network-several-eth-verify = Names and MAC addresses stay together over five reboots.
finding-network-several-eth = Interfaces that may change places: { $names }.

rule-network-names-in-config-title = Interface names inside configuration
rule-network-names-in-config-remedy = Put the new name into the file when it is carried over.
rule-network-names-in-config-verify = The old name stands in no file under /etc on the new host.
finding-network-names-in-config = { $file } names { $name }.

rule-network-scripts-title = The network is configured by network-scripts
rule-network-scripts-remedy = The new host is configured by NetworkManager. Check that its connection has the same addresses, routes and DNS servers.
rule-network-scripts-verify = ip address, ip route and /etc/resolv.conf are the same after a reboot of the new host.
finding-network-scripts-service = The service "network" configures the interfaces; EL 9 does not have it.
finding-network-scripts-unmanaged = { $file } keeps NetworkManager away (NM_CONTROLLED); on EL 9 the interface would stay down.

rule-network-ifcfg-type-title = A kind of interface that NetworkManager cannot take over
rule-network-ifcfg-type-remedy = Write the tunnel or device as a NetworkManager connection on the new host by hand, test it, then waive this finding.
rule-network-ifcfg-type-verify = nmcli -f NAME,TYPE connection lists it, and it carries traffic after a reboot.
finding-network-ifcfg-type = { $file } has the type { $type }.

rule-network-team-title = Network teaming is deprecated
rule-network-team-remedy = Use a bond on the new host.
rule-network-team-verify = Pull each leg in turn; the address stays reachable.
finding-network-team = { $file } describes a team.

rule-network-dhcp-client-id-title = A DHCP client id that is sent differently
rule-network-dhcp-client-id-remedy = Write the id as hexadecimal bytes (77:65:62), or give the lease to the new host by its MAC address.
rule-network-dhcp-client-id-verify = The new host gets the same address.
finding-network-dhcp-client-id = { $file } sends the client id { $id }.

rule-network-routes-title = Static routes and routing rules
rule-network-routes-remedy = Carry them into the connection of the new host (routes=, routing-rules=).
rule-network-routes-verify = ip route show table all and ip rule are the same on the new host after a reboot.
finding-network-routes-file = { $file } holds routes or rules in the form of network-scripts.
finding-network-routes-live = { $to } is reached by way of { $via }.

rule-network-tcp-wrappers-title = hosts.allow and hosts.deny no longer protect anything
rule-network-tcp-wrappers-remedy = Write the same limits as firewall rules, test from an allowed and a denied address, then empty both files or waive this finding. Without that the services are open to everybody.
rule-network-tcp-wrappers-verify = A connection from a denied address fails on the new host, one from an allowed address succeeds.
finding-network-tcp-wrappers = { $n ->
    [one] { $n } rule keeps somebody out ({ $first }); EL 9 does not read it.
   *[other] { $n } rules keep somebody out (the first: { $first }); EL 9 does not read them.
}

rule-network-xinetd-title = xinetd does not exist
rule-network-xinetd-remedy = Replace the service by a systemd socket and a service template; turn only_from into IPAddressAllow= or a firewall rule.
rule-network-xinetd-verify = The port answers on the new host, and only to those who may ask.
finding-network-xinetd = { $service } is started by xinetd.

rule-network-firewall-rules-title = iptables rules to carry over
rule-network-firewall-rules-remedy = The rules are carried over as nftables rules. Compare the number of rules, and test from an allowed and a denied address.
rule-network-firewall-rules-verify = nft list ruleset on the new host has as many rules; the reachability of each port is the same.
finding-network-firewall-rules = { $n ->
    [one] { $n } iptables rule is in force.
   *[other] { $n } iptables rules are in force.
}

rule-network-firewall-lost-title = iptables rules that the translator loses
rule-network-firewall-lost-remedy = Write this rule by hand for nftables (a set, a meter or ct count), test it, then waive this finding.
rule-network-firewall-lost-verify = The rule stands in nft list ruleset on the new host and does what it did.
finding-network-firewall-lost = The translator drops or misreads "{ $what }": { $rule }

rule-network-ntp-title = ntpd becomes chronyd
rule-network-ntp-remedy = Carry the servers over to /etc/chrony.conf. If other hosts ask this one for the time, add an allow line.
rule-network-ntp-verify = chronyc sources shows reachable servers, and chronyc tracking a small offset.
finding-network-ntp = { $daemon } keeps the clock by { $servers }; EL 9 has chronyd.

rule-network-ntp-reference-clock-title = A hardware clock of ntpd
rule-network-ntp-reference-clock-remedy = Describe the clock as a refclock in chrony.conf, or ask another server.
rule-network-ntp-reference-clock-verify = chronyc sources lists the clock and reaches it.
finding-network-ntp-reference-clock = Line { $line } of /etc/ntp.conf uses the clock { $clock }; the conversion drops it.

rule-network-no-time-source-title = Nothing keeps the clock
rule-network-no-time-source-remedy = Give the new host a time server. Certificates, logs and the report's own figures depend on the clock.
rule-network-no-time-source-verify = chronyc tracking says Leap status: Normal.
finding-network-no-time-source = No time service is active.

rule-network-hooks-title = Network hooks that EL 9 never runs
rule-network-hooks-remedy = Write what the hook does as a dispatcher script under /etc/NetworkManager/dispatcher.d (owner root, mode 0755; it is called with the interface and the action), or as a setting of the connection.
rule-network-hooks-verify = After a reboot of the new host the hook's effect is there (route, offload, queue, firewall rule).
finding-network-hooks = { $file } runs whenever an interface goes up or down; NetworkManager does not call it.

rule-network-udev-names-title = Interface names given by udev rules
rule-network-udev-names-remedy = Give the name by a .link file: /etc/systemd/network/10-NAME.link with [Match] MACAddress= and [Link] Name=, for the MAC address of the new machine. Or carry the configuration to the name that EL 9 gives.
rule-network-udev-names-verify = ip -o link on the new host shows the expected names after two reboots.
finding-network-udev-names = { $file } names an interface { $name }.

rule-network-ifcfg-options-title = Lists of interface options that a keyfile writes one by one
rule-network-ifcfg-options-remedy = Write each option into the section of the keyfile that the finding names (ethtool.feature-gro, ethtool.ring-rx, bond options, bridge.priority, ...). An option without a key goes into a dispatcher script.
rule-network-ifcfg-options-verify = ethtool -k and -g, /proc/net/bonding/* and bridge -d link on the new host are as before.
finding-network-ifcfg-options = { $file } has { $setting }={ $value }; it goes into { $section }.

rule-network-wep-title = Wireless with WEP
rule-network-wep-remedy = Move the wireless network to WPA2 or WPA3, or connect the host by cable. EL 9 cannot join a network with WEP.
rule-network-wep-verify = nmcli connection up NAME succeeds on the new host.
finding-network-wep = { $file } joins a wireless network with WEP.

rule-network-networkmanager-off-title = NetworkManager is switched off
rule-network-networkmanager-off-remedy = On EL 9 nothing else configures interfaces. Let the connections of the new host be NetworkManager's, install NetworkManager-config-server so that it makes none by itself, and disable NetworkManager-wait-online only where nothing waits for the network.
rule-network-networkmanager-off-verify = systemctl is-enabled NetworkManager on the new host says enabled, and nmcli device shows each interface connected after a reboot.
finding-network-networkmanager-off = NetworkManager.service is disabled, so network-scripts configure the interfaces.

rule-network-dhclient-title = Settings of dhclient, which EL 9 does not use
rule-network-dhclient-remedy = NetworkManager of EL 9 has a DHCP client of its own and reads none of these files. Write what they say into the connection (ipv4.dns, ipv4.ignore-auto-dns, ipv4.dhcp-hostname, ipv4.dhcp-client-id), hooks into /etc/NetworkManager/dispatcher.d.
rule-network-dhclient-verify = Lease, resolver and host name on the new host are the expected ones after a reboot.
finding-network-dhclient = { $file } changes what the DHCP client does.

rule-network-resolver-options-title = Options of the resolver
rule-network-resolver-options-remedy = NetworkManager writes /etc/resolv.conf on EL 9. Put the options into the connection (ipv4.dns-options), or switch its writing off with dns=none and carry the file.
rule-network-resolver-options-verify = /etc/resolv.conf on the new host has the options after a reboot, and names resolve when the first server is down.
finding-network-resolver-options = /etc/resolv.conf sets { $names }.

rule-network-firewalld-zone-drifting-title = Packets drift between firewalld's zones, which ends with EL 9
rule-network-firewalld-zone-drifting-remedy = Set AllowZoneDrifting=no on the old host while it can still be watched, and give each source zone every service that its clients use: until now what a source zone did not decide went on to the interface's zone.
rule-network-firewalld-zone-drifting-verify = Every client in the sources reaches what it reached before, and nothing else; try one address of each source.
finding-network-firewalld-zone-drifting = AllowZoneDrifting is on, and these zones take packets by their source: { $zones }.

rule-network-firewalld-tftp-client-title = firewalld's service tftp-client is gone
rule-network-firewalld-tftp-client-remedy = Use the service tftp in its place, or delete it where nobody fetches by TFTP. firewalld of EL 9 does not load a zone that names an unknown service.
rule-network-firewalld-tftp-client-verify = firewall-cmd --check-config on the new host says success.
finding-network-firewalld-tftp-client = { $file } names the service tftp-client.

rule-network-firewalld-direct-title = Direct rules of firewalld
rule-network-firewalld-direct-remedy = Write them as rich rules or policies where that is possible. Direct rules are deprecated; on EL 9 they go to iptables while the zones go to nftables, so a packet that a direct rule accepts can still be dropped by a zone.
rule-network-firewalld-direct-verify = From each side that the rules are about, what was let in is let in and what was refused is refused.
finding-network-firewalld-direct = { $file } has { $n ->
    [one] one direct rule
   *[other] { $n } direct rules
 }.

rule-network-firewalld-bridge-tables-title = Bridge tables that nftables does not have
rule-network-firewalld-bridge-tables-remedy = Only the tables filter and nat of ebtables exist on EL 9. Replace rules in others (broute) by nftables rules of the family bridge, or by routing.
rule-network-firewalld-bridge-tables-verify = nft list ruleset on the new host has the rules, and frames over the bridge go where they should.
finding-network-firewalld-bridge-tables = { $file } has ebtables rules in { $names }.

rule-network-firewalld-sets-title = Address sets of firewalld of an uncommon kind
rule-network-firewalld-sets-remedy = Try the set with firewall-cmd --check-config on an EL 9 host. If the kind is refused, make it hash:ip, hash:net or hash:mac, or write the rule in nftables.
rule-network-firewalld-sets-verify = firewall-cmd --info-ipset=NAME on the new host lists the entries.
finding-network-firewalld-sets = { $file } is of the kind { $type }.

rule-network-filter-services-title = Filters loaded by a service that EL 9 does not have
rule-network-filter-services-remedy = Write the filter as nftables rules (families bridge and arp, sets) or with firewalld, before the host is reachable: until then nothing is filtered.
rule-network-filter-services-verify = nft list ruleset on the new host shows the rules after a reboot, and what they refuse is refused.
finding-network-filter-services = { $unit } loads its rules at boot.

rule-network-ip6tables-title = Packet filter rules for IPv6
rule-network-ip6tables-remedy = Translate /etc/sysconfig/ip6tables as well (ip6tables-restore-translate -f), or cover IPv6 with firewalld's zones. A new host without them is open on its IPv6 addresses.
rule-network-ip6tables-verify = nft list ruleset on the new host has the rules of the family ip6 or inet; try a closed port over IPv6 from another host.
finding-network-ip6tables = ip6tables protects { $addresses }.

rule-network-conntrack-helpers-title = Connection tracking helpers that EL 9 does not bind by itself
rule-network-conntrack-helpers-remedy = Bind the helper by a rule: in nftables a ct helper object and ct helper set, or the service of that name in firewalld. Loading the module alone no longer lets data connections through.
rule-network-conntrack-helpers-verify = A transfer through the host works on EL 9 (active and passive FTP, a call, a TFTP fetch).
finding-network-conntrack-helpers = These helpers are loaded, and the firewall relies on related connections: { $names }.


rule-network-bind-options-title = BIND: options that no longer exist
rule-network-bind-options-remedy = Delete the option; for filter-aaaa load its plugin. BIND 9.16 passes over most of them, 9.18 refuses to start. DNSSEC cannot be switched off any more: see that forwarders answer with signatures, or set dnssec-validation no.
rule-network-bind-options-verify = named-checkconf -z with the new host's BIND says nothing wrong.
finding-network-bind-options = { $file } sets { $option }.


rule-network-ntp-server-title = The host gives the time to others
rule-network-ntp-server-remedy = Write allow NETWORK into /etc/chrony.conf for each network: chrony answers nobody otherwise. Monitoring by ntpq or ntpdc must change to chronyc or to a query as a client makes it.
rule-network-ntp-server-verify = chronyc clients on the new host lists the clients, and chronyd -Q "server HOST iburst" works from one of them.
finding-network-ntp-server = ntp.conf lets these networks ask: { $networks }.





rule-network-dnssec-sha1-title = DNS zones signed with SHA-1
rule-network-dnssec-sha1-remedy = Resolvers on EL 9 treat SHA-1 signatures as none, and BIND there makes none under the default policy. Sign the zone with algorithm 8 or 13 first: add the new key, wait for the old one's TTLs, change the DS record at the parent, then withdraw the old key.
rule-network-dnssec-sha1-verify = delv ZONE SOA on an EL 9 host says "fully validated", and dig ZONE DNSKEY shows no algorithm below 8.
finding-network-dnssec-sha1 = { $zone } has a signing key of algorithm { $algorithm }.

## Security

rule-security-selinux-disabled-title = SELinux is switched off
rule-security-selinux-disabled-remedy = Keep SELinux enforcing on the new host (preferred), or add selinux=0 to the kernel's parameters. SELINUX=disabled in the file alone no longer switches it off.
rule-security-selinux-disabled-verify = getenforce says what was decided, and ausearch -m avc -ts boot lists no denial.
finding-security-selinux-disabled = SELinux is disabled here; on EL 9 it comes up enabled.
finding-security-selinux-disabled-file-only = SELinux is on now although /etc/selinux/config says disabled: a restart would switch it off here, and on EL 9 it stays on.

rule-security-fips-title = FIPS mode
rule-security-fips-remedy = Install the new host in FIPS mode from the start; it cannot be switched over cleanly later.
rule-security-fips-verify = fips-mode-setup --check says that FIPS mode is enabled.
finding-security-fips = The host runs in FIPS mode.

rule-security-ssh-removed-algorithms-title = sshd_config names ciphers or MACs that sshd no longer has
rule-security-ssh-removed-algorithms-remedy = They are left out when the file is carried over. Check that no client depends on them; better still, delete the line and let the system's crypto policy decide.
rule-security-ssh-removed-algorithms-verify = sshd -t on the new host exits 0 and says nothing.
finding-security-ssh-removed-algorithms = Line { $line } of { $file } names { $names }.

rule-security-ssh-removed-options-title = sshd_config sets options that keep sshd from starting
rule-security-ssh-removed-options-remedy = They are left out or renamed when the file is carried over. Delete them from copies that you carry yourself.
rule-security-ssh-removed-options-verify = sshd -t on the new host exits 0 and says nothing.
finding-security-ssh-removed-options = Line { $line } of { $file } sets { $option }.

rule-security-ssh-protocol-1-title = SSH protocol 1
rule-security-ssh-protocol-1-remedy = Find the clients that still speak protocol 1 and renew them before the move; sshd on EL 9 speaks protocol 2 only.
rule-security-ssh-protocol-1-verify = Every client that must log in does so with ssh -2.
finding-security-ssh-protocol-1 = Line { $line } of { $file } offers protocol 1.

rule-security-ssh-obsolete-options-title = Options that sshd reads past
rule-security-ssh-obsolete-options-remedy = Delete the option; it has no effect any more.
rule-security-ssh-obsolete-options-verify = sshd -t on the new host says nothing.
finding-security-ssh-obsolete-options = Line { $line } of { $file } sets { $option }.

rule-security-root-login-title = Root's login by password depends on a default that changed
rule-security-root-login-remedy = Write PermitRootLogin into sshd_config as it is meant, and test a second way in before the old host is stopped.
rule-security-root-login-verify = Every administrator logs in to the new host, by every way that is meant to work.
finding-security-root-login = { $file } says nothing about PermitRootLogin; EL 7's default lets root in by password, EL 9's does not.

rule-security-no-sftp-title = scp needs the sftp subsystem
rule-security-no-sftp-remedy = Add "Subsystem sftp /usr/libexec/openssh/sftp-server" to sshd_config, on hosts that stay on EL 7 too: scp on EL 9 speaks SFTP.
rule-security-no-sftp-verify = scp from a moved host copies a file here.
finding-security-no-sftp = { $file } has no sftp subsystem.

rule-security-host-keys-title = Host keys that EL 9's clients refuse
rule-security-host-keys-remedy = Create an ed25519 or ECDSA key while the host still runs EL 7, publish it, and drop the DSA key.
rule-security-host-keys-verify = ssh -o StrictHostKeyChecking=yes from a moved host succeeds.
finding-security-host-keys-dsa = { $file } is a DSA key; no client of EL 9 takes it.
finding-security-host-keys-only-rsa = The host has no key besides { $files }.

rule-security-pam-removed-title = PAM modules that do not exist on EL 9
rule-security-pam-removed-remedy = Replace the module (pam_tally2 by pam_faillock, pam_cracklib by pam_pwquality, pam_ldap and pam_krb5 by pam_sss). A required module that is missing locks everybody out.
rule-security-pam-removed-verify = Login by console, ssh, su and sudo works on the new host, for a local and a directory user.
finding-security-pam-removed = { $file } uses { $module }.

rule-security-directory-clients-title = NIS and old LDAP clients are gone
rule-security-directory-clients-remedy = Connect the new host to the directory by SSSD, and compare the users and groups it sees.
rule-security-directory-clients-verify = getent passwd and getent group give the same entries on both hosts.
finding-security-directory-clients = { $package } is installed; EL 9 does not have it.

rule-security-weak-certificate-title = A certificate's key is too short
rule-security-weak-certificate-remedy = Issue a new certificate with a key of at least 2048 bits; servers refuse to start with this one.
rule-security-weak-certificate-verify = The service's configuration test passes, and a client verifies the connection.
finding-security-weak-certificate = { $file } has a key of { $bits } bits.

rule-security-sha1-certificate-title = A certificate signed with SHA-1
rule-security-sha1-certificate-remedy = Issue the certificate anew with SHA-256. Only a root that signs itself may stay.
rule-security-sha1-certificate-verify = openssl verify on the new host accepts the chain.
finding-security-sha1-certificate = { $file } is signed with SHA-1.

rule-security-nis-accounts-title = Users and groups come from NIS
rule-security-nis-accounts-remedy = Move the accounts to LDAP or IdM with SSSD first, for every host of the domain. EL 9 has no NIS client: users of NIS cannot log in, and their files belong to numbers.
rule-security-nis-accounts-verify = getent passwd, getent group and id USER give the same on both hosts.
finding-security-nis-accounts = nsswitch.conf takes { $database } from nis.

rule-security-name-sources-title = Sources of names that EL 9 does not have
rule-security-name-sources-remedy = Take the database from SSSD (sss) or DNS. For LDAP carry the server, search base and filters from nslcd.conf to sssd.conf.
rule-security-name-sources-verify = getent DATABASE gives the same on both hosts.
finding-security-name-sources = nsswitch.conf takes { $database } from { $source }.

rule-security-authselect-title = PAM was set up with authconfig
rule-security-authselect-remedy = On the new host run the command of the finding; it makes the same choice with EL 9's profiles. PAM files of EL 7 are not carried. Set up SSSD or Winbind before it.
rule-security-authselect-verify = authselect check says valid, and login, sudo, cron and a change of password work for a local and a directory user.
finding-security-authselect = On EL 9 this is: { $command }.

rule-security-pam-foreign-title = PAM modules from outside the distribution
rule-security-pam-foreign-remedy = Get the module for EL 9 from its vendor, and make a custom authselect profile with it. Without it the new host lets people in without that check, or lets nobody in.
rule-security-pam-foreign-verify = Log in on the new host as somebody whom the module lets in, and as somebody whom it refuses.
finding-security-pam-foreign = { $file } uses { $module }.

rule-security-password-policy-title = Rules for passwords and lockout of the host's own
rule-security-password-policy-remedy = Write them on the new host: complexity in /etc/security/pwquality.conf, lockout in /etc/security/faillock.conf, history in /etc/security/pwhistory.conf, ages in /etc/login.defs. None of these files is carried, and an auditor will ask.
rule-security-password-policy-verify = On the new host a weak password is refused, an account locks after the agreed number of failures, and chage -l of a new user shows the ages.
finding-security-password-policy = { $file }: { $set }.

rule-security-sssd-options-title = SSSD options that EL 9 reads differently
rule-security-sssd-options-remedy = Replace the local provider by proxy or by files. Set ldap_sudo_include_regexp = true if sudo rules in the directory use wildcards for hosts. Set enable_files_domain = true if local users log in with smart cards. Delete options that are gone.
rule-security-sssd-options-verify = id USER and sudo -l -U USER give the same on both hosts for people of each domain.
finding-security-sssd-options-local = { $domain } has id_provider = local, which EL 9 passes over: its users are unknown.
finding-security-sssd-options-gone = { $domain } sets { $option }, which has no effect any more.
finding-security-sssd-options-sudo = { $domain } gives sudo rules and does not set ldap_sudo_include_regexp: rules with wildcards stop to apply.
finding-security-sssd-options-certificates = pam_cert_auth is on and enable_files_domain is not set: local users cannot log in with certificates.

rule-security-ipa-server-title = An IdM (FreeIPA) server
rule-security-ipa-server-remedy = Do not move it as a host. Install a new replica on EL 8, then on EL 9, move the CA renewal and CRL roles, check replication, and take this one out with ipa server-del.
rule-security-ipa-server-verify = ipactl status and ipa-healthcheck on the new replica are clean, and clients log in with this server switched off.
finding-security-ipa-server = ipa.service is in use.


rule-security-ldap-client-certificates-title = OpenLDAP clients trust certificates in an NSS database
rule-security-ldap-client-certificates-remedy = Set TLS_CACERT to a PEM file (/etc/pki/tls/certs/ca-bundle.crt after the authority was added to the anchors). EL 9 does not read cert8.db and cert9.db.
rule-security-ldap-client-certificates-verify = ldapsearch -ZZ or ldaps:// works on the new host.
finding-security-ldap-client-certificates = ldap.conf names a server and trusts what lies in { $folder } alone.

rule-security-polkit-pkla-title = polkit permissions in .pkla files
rule-security-polkit-pkla-remedy = Write them as JavaScript rules under /etc/polkit-1/rules.d, or install polkit-pkla-compat on the new host and carry the files.
rule-security-polkit-pkla-verify = pkcheck, or the action itself as the user in question, gives the expected answer on the new host.
finding-security-polkit-pkla = { $file } grants or refuses actions.

rule-security-kerberos-weak-title = Kerberos with old encryption types
rule-security-kerberos-weak-remedy = Make new keytabs and principals with AES, on the KDC as well, and delete the setting. If Active Directory still needs RC4: update-crypto-policies --set DEFAULT:AD-SUPPORT, as a recorded exception.
rule-security-kerberos-weak-verify = kinit -k and a service ticket work on the new host; klist -e shows AES.
finding-security-kerberos-weak = { $file } sets { $setting } = { $value }.

rule-security-openssl-config-title = openssl.cnf was changed
rule-security-openssl-config-remedy = Start from EL 9's file and add only what is still needed. Keep its line that includes the crypto policy and its openssl_conf; engines become providers; MinProtocol counts for TLS alone, DTLS.MinProtocol for DTLS.
rule-security-openssl-config-verify = openssl version -d and openssl list -providers on the new host work, and the programs that needed the change do.
finding-security-openssl-config = openssl.cnf differs from the package's own.
finding-security-openssl-config-set = openssl.cnf sets { $names }, which OpenSSL 3 reads differently.

rule-security-openssl-enc-title = openssl enc makes its key with another digest on EL 9
rule-security-openssl-enc-remedy = Add -md md5 wherever old files are decrypted, and -pbkdf2 with a fixed -md where new ones are written, on both sides. Without it files of the old host cannot be read: "bad decrypt".
rule-security-openssl-enc-verify = Decrypt a real old file on the new host and compare its checksum.
finding-security-openssl-enc = { $file } calls openssl enc without -md.

rule-security-distrusted-certificates-title = Distrusted certificates in a folder that has another name on EL 9
rule-security-distrusted-certificates-remedy = Put the files into /etc/pki/ca-trust/source/blocklist on the new host and run update-ca-trust. Left out, the certificates are trusted again.
rule-security-distrusted-certificates-verify = trust list --filter=blocklist on the new host shows them.
finding-security-distrusted-certificates = { $folder } holds { $names }.

rule-security-own-authorities-title = Certificate authorities of the host's own
rule-security-own-authorities-remedy = Put the files into /etc/pki/ca-trust/source/anchors of the new host and run update-ca-trust extract before the services start. Authorities that were put into Java's cacerts need the same.
rule-security-own-authorities-verify = trust list on the new host shows them, and a connection to a server that they signed succeeds.
finding-security-own-authorities = { $folder } holds { $names }.

rule-security-ssh-own-algorithms-title = sshd's lists of algorithms do not count on EL 9
rule-security-ssh-own-algorithms-remedy = EL 9 reads the crypto policy first, and the first value wins. Set the wanted algorithms with update-crypto-policies and a policy module, or in a file under /etc/ssh/sshd_config.d that sorts before 50-redhat.conf.
rule-security-ssh-own-algorithms-verify = sshd -T on the new host shows the wanted ciphers, macs and kexalgorithms.
finding-security-ssh-own-algorithms = { $file } sets { $names }.

rule-security-ssh-client-algorithms-title = The SSH client names algorithms that were removed
rule-security-ssh-client-algorithms-remedy = Delete the names. A client of EL 9 that finds one stops with "Bad SSH2 cipher spec" for every connection that the line is about. See that the other side speaks something newer.
rule-security-ssh-client-algorithms-verify = ssh -G HOST on the new host prints the settings without an error, and the connection works.
finding-security-ssh-client-algorithms = { $file }, line { $line } names { $names }.

rule-security-root-login-kept-title = Root may log in with a password
rule-security-root-login-kept-remedy = EL 9 keeps what the file says. Prefer prohibit-password and people's own accounts with sudo, once another way in was tried.
rule-security-root-login-kept-verify = sshd -T on the new host shows permitrootlogin as decided.
finding-security-root-login-kept = { $file } says PermitRootLogin yes.

rule-security-user-keys-title = A key that EL 9 refuses at login
rule-security-user-keys-remedy = Give the person or robot a new key (ed25519, or RSA of 3072 bits) and delete the old line, or delete it at once if nobody uses it any more. EL 9 refuses RSA keys below 2048 bits whatever sshd_config says.
rule-security-user-keys-verify = ssh -o BatchMode=yes from where the key lives logs in on the new host.
finding-security-user-keys = { $file }, line { $line } lets in an RSA key of about { $bits } bits.

rule-security-vpn-crypto-title = A VPN or tunnel with cryptography of its own
rule-security-vpn-crypto-remedy = Agree with the other side on what both speak before the move: OpenVPN without BF-CBC and with certificates of 2048 bits and SHA-256, IPsec with IKEv2 and a group of 2048 bits or more, stunnel with TLS 1.2.
rule-security-vpn-crypto-verify = The tunnel comes up between the new host and each peer, and traffic passes.
finding-security-vpn-crypto = { $unit } is in use.

rule-security-selinux-local-title = SELinux: booleans, contexts, ports and modules of the host's own
rule-security-selinux-local-remedy = semanage export -f FILE here, semanage import -f FILE there; build modules anew from their .te files. Then restorecon over the data. Left out, services are denied what they were allowed.
rule-security-selinux-local-verify = semanage export gives the same on both hosts, and ausearch -m avc -ts boot is empty after a test of the services.
finding-security-selinux-local = { $file } holds { $n ->
    [one] one local change
   *[other] { $n } local changes
 }.
finding-security-selinux-local-modules = Local modules: { $names }.

rule-security-audit-plugins-title = Audit plugins in a folder that EL 9 does not read
rule-security-audit-plugins-remedy = Put the plugin's file into /etc/audit/plugins.d on the new host, and install its package (audispd-plugins). There is no audispd any more: auditd runs the plugins.
rule-security-audit-plugins-verify = The test event of auditctl -m test arrives where the plugin sends it.
finding-security-audit-plugins = { $file } is active.

rule-security-audit-rules-title = Audit rules of the host's own
rule-security-audit-rules-remedy = Carry the file to /etc/audit/rules.d of the new host, load it with augenrules --load, and drop calls that the new kernel does not know. It is not carried by itself.
rule-security-audit-rules-verify = auditctl -l on the new host lists as many rules, and augenrules --check says no change.
finding-security-audit-rules = { $file } has { $n ->
    [one] one rule
   *[other] { $n } rules
 }.

rule-security-ipa-server-unused-title = An IdM server that is installed and not in use
rule-security-ipa-server-unused-remedy = Leave the package out on the new host, or remove it here.
rule-security-ipa-server-unused-verify = rpm -q ipa-server on the new host says that it is not installed.
finding-security-ipa-server-unused = ipa-server is installed, and ipa.service does not run.

rule-security-openvpn-title = OpenVPN settings that EL 9's version refuses or gives up
rule-security-openvpn-remedy = Raise both ends before the first of them moves: data-ciphers AES-256-GCM:AES-128-GCM, tls-version-min 1.2, remote-cert-tls in place of ns-cert-type, no compression, certificates in place of a static key. BF-CBC is in OpenSSL 3's legacy provider only, so a peer that knows nothing else is not reached any more.
rule-security-openvpn-verify = openvpn --config FILE on the new host starts without "Options error" and without "DEPRECATED", and a client of each kind connects; its log names an AES-GCM data channel.
finding-security-openvpn = { $file } has { $settings }.
finding-security-openvpn-default = { $file } names no cipher: a peer that does not negotiate gets BF-CBC.

rule-security-stunnel-title = stunnel with protocols or ciphers that EL 9 does not offer
rule-security-stunnel-remedy = Remove sslVersion or set sslVersionMin = TLSv1.2, and leave the list of ciphers to the system. Raise the other end first where it speaks nothing newer.
rule-security-stunnel-verify = stunnel starts on the new host, and openssl s_client -connect HOST:PORT shows TLSv1.2 or TLSv1.3.
finding-security-stunnel = { $file } has { $setting } = { $value }.

rule-security-libreswan-title = IPsec tunnels with old algorithms or without an IKE version
rule-security-libreswan-remedy = Agree with the other end on IKEv2 and on algorithms that both have (ike=aes256-sha2_512;dh19, esp=aes_gcm256), set ikev2=insist on both, and do it before the first end moves: EL 7 begins with IKEv1 where nothing is said, EL 9 speaks IKEv2.
rule-security-libreswan-verify = ipsec status on the new host shows each tunnel established with IKEv2, and traffic passes both ways.
finding-security-libreswan = { $name } in { $file } has { $setting }={ $value }.
finding-security-libreswan-version = { $name } in { $file } begins with IKEv1.

rule-security-keytab-weak-title = Kerberos keys of old types only
rule-security-keytab-weak-remedy = Have the KDC issue AES keys for the principal and fetch a new keytab (kadmin ktadd, ipa-getkeytab, adcli update; in Active Directory also msDS-SupportedEncryptionTypes). Where the domain cannot, update-crypto-policies --set DEFAULT:AD-SUPPORT lets RC4 through, as an exception that is written down.
rule-security-keytab-weak-verify = klist -ke on the new host lists aes types for each principal, and kinit -k PRINCIPAL and one login of a client succeed.
finding-security-keytab-weak = { $principal } in { $file } has keys of { $types } only.

rule-security-edited-authorities-title = Certificate authorities added where the system or Java makes its own files
rule-security-edited-authorities-remedy = Such an addition is lost on a fresh host, and here at the next update-ca-trust. Find it (trust list, keytool -list -cacerts, compared with an untouched host), put the certificate into /etc/pki/ca-trust/source/anchors on the new host and run update-ca-trust: OpenSSL and Java both read it then.
rule-security-edited-authorities-verify = trust list on the new host shows the authority, and each application reaches the servers that it signed for.
finding-security-edited-authorities-edited = { $file } was written later than what it was made with.
finding-security-edited-authorities-replaced = { $file } is a file of its own, and no link to the system's store.
finding-security-edited-authorities-unsure = { $file } is a store of its own, and nothing tells whether somebody added to it.

## Packages

rule-packages-sha1-signatures-title = Packages signed with SHA-1
rule-packages-sha1-signatures-remedy = Get builds for EL 9 from the vendor. EL 9 neither installs nor verifies these.
rule-packages-sha1-signatures-verify = rpm -K on the new packages says digests signatures OK under the DEFAULT policy.
finding-packages-sha1-signatures = { $n ->
    [one] { $n } package is signed with SHA-1: { $names }.
   *[other] { $n } packages are signed with SHA-1: { $names }.
}

rule-packages-third-party-title = Packages from other vendors
rule-packages-third-party-remedy = Find the vendor's repository for EL 9 and mirror it, or decide to do without the package.
rule-packages-third-party-verify = dnf repoquery --extras on the new host lists nothing unexpected.
finding-packages-third-party = { $n ->
    [one] { $n } package from { $vendor }: { $names }.
   *[other] { $n } packages from { $vendor }: { $names }.
}

rule-packages-no-successor-title = Packages that the transition table does not know
rule-packages-no-successor-remedy = Decide for each under [[packages.decisions]] in rockhop.toml: install its EL 9 build, another package, or nothing. The plan leaves it out until then. rockhop packages HOST shows all of them.
rule-packages-no-successor-verify = What used the package works on the new host.
finding-packages-no-successor-unconfirmed = { $n ->
    [one] { $n } name that Leapp's events last speak of for release 8: { $names }.
   *[other] { $n } names that Leapp's events last speak of for release 8: { $names }.
}
finding-packages-no-successor = { $n ->
    [one] { $n } package without a known successor: { $names }.
   *[other] { $n } packages without a known successor: { $names }.
}

rule-packages-32-bit-title = 32-bit packages
rule-packages-32-bit-remedy = Find out which program needs them. EL 9 has few 32-bit libraries and no 32-bit system.
rule-packages-32-bit-verify = The program starts on the new host, and ldd finds every library.
finding-packages-32-bit = { $n ->
    [one] { $n } 32-bit package: { $names }.
   *[other] { $n } 32-bit packages: { $names }.
}

rule-packages-dead-repos-title = Repositories that answer no more
rule-packages-dead-repos-remedy = Nothing to do for the move. Until then, point the repository to vault.centos.org or to your mirror if the host still needs packages.
rule-packages-dead-repos-verify = yum repolist answers, or the repository is disabled.
finding-packages-dead-repos = Repository { $repo } ({ $file }) points to a server that was switched off.

rule-packages-yum-tools-title = Tools of yum without a successor of the same name
rule-packages-yum-tools-remedy = Use dnf-automatic for yum-cron and the settings of dnf for the plugins.
rule-packages-yum-tools-verify = systemctl list-timers on the new host shows the updates as they are wanted.
finding-packages-yum-tools = { $package } is installed; dnf does its work in another way.

rule-packages-software-collections-title = Software collections are gone
rule-packages-software-collections-remedy = Choose the module stream or package of EL 9 with the wanted version, and rewrite scl enable in scripts.
rule-packages-software-collections-verify = The programs start on the new host with the version they need.
finding-packages-software-collections = Collections in use: { $names }.

rule-packages-old-java-title = Java 7 or older
rule-packages-old-java-remedy = Run the application on Java 8, 11, 17 or 21 before the move, and state its heap size (-Xmx).
rule-packages-old-java-verify = The application passes its tests on the new version.
finding-packages-old-java = { $package } is installed.

rule-packages-old-dotnet-title = A .NET that nobody maintains
rule-packages-old-dotnet-remedy = Build the application for a supported .NET before the move.
rule-packages-old-dotnet-verify = dotnet --list-runtimes on the new host shows the version that the application asks for.
finding-packages-old-dotnet = { $package } is installed; EL 9 does not have this version.

rule-packages-docker-title = Docker containers are not carried over
rule-packages-docker-remedy = List containers, volumes and images, make them anew on the new host (podman or docker-ce), then waive this finding.
rule-packages-docker-verify = Each container runs on the new host with the same ports, volumes and environment.
finding-packages-docker = { $package } runs on this host.

rule-packages-cluster-title = The host is a member of a Pacemaker cluster
rule-packages-cluster-remedy = Build a new cluster on EL 9 and move the service there; EL 7 and EL 9 members do not work together.
rule-packages-cluster-verify = pcs status on the new cluster is clean, and a fencing test succeeds.
finding-packages-cluster = { $unit } is in use.

rule-packages-satellite-title = A Satellite, Foreman or Katello server
rule-packages-satellite-remedy = Move it by its own backup and restore onto a new server (satellite-maintain backup), and not by Rockhop: its database, content and certificates belong together.
rule-packages-satellite-verify = hammer ping on the new server answers ok for every service, and a client registers.
finding-packages-satellite = { $package } is installed.

rule-packages-jboss-eap-title = JBoss EAP from packages
rule-packages-jboss-eap-remedy = Find out which version of EAP the vendor builds for EL 9 and mirror its repository, or install it from the archive. Carry the server's configuration and deployments with it.
rule-packages-jboss-eap-verify = The server starts on the new host, and every deployment is enabled.
finding-packages-jboss-eap = Installed from packages for EL 7: { $names }.

rule-packages-own-keys-title = Signing keys that somebody imported
rule-packages-own-keys-remedy = Import on the new host only the keys of the repositories that it needs. Keys of EL 7 builds are no use there.
rule-packages-own-keys-verify = rpm -q gpg-pubkey on the new host names only keys that somebody can account for.
finding-packages-own-keys = { $n ->
    [one] One key is
   *[other] { $n } keys are
} neither CentOS's nor EPEL's: { $ids }.

rule-packages-yum-variables-title = Variables of yum's own
rule-packages-yum-variables-remedy = Write those that repositories still need into /etc/dnf/vars. Leave releasever out: it would hold the new host at an old release.
rule-packages-yum-variables-verify = dnf repolist on the new host lists every repository, and ls /etc/dnf/vars shows no releasever.
finding-packages-yum-variables = { $file } says "{ $value }".

rule-packages-locked-versions-title = Packages locked at a version
rule-packages-locked-versions-remedy = Find out why each is locked. EL 9 has other versions; lock those again with dnf versionlock add where the reason still holds.
rule-packages-locked-versions-verify = dnf versionlock list on the new host shows what is meant to stay.
finding-packages-locked-versions = { $n ->
    [one] One line locks
   *[other] { $n } lines lock
} versions of EL 7: { $names }.

rule-packages-python2-libraries-title = Libraries for Python 2
rule-packages-python2-libraries-remedy = Find the program that uses them and port it to Python 3. EL 9 has no Python 2 and none of its libraries.
rule-packages-python2-libraries-verify = The program runs on the new host under Python 3, and python3 -c "import NAME" succeeds for each library it needs.
finding-packages-python2-libraries = Installed for Python 2: { $names }.

rule-packages-ruby-and-node-title = Ruby or Node.js several versions behind
rule-packages-ruby-and-node-remedy = Run the application's tests on the version of EL 9 (Ruby 3, Node.js 16 or later), rebuild its native extensions there, and choose the module stream.
rule-packages-ruby-and-node-verify = ruby --version or node --version on the new host says the version that was tested, and the application starts.
finding-packages-ruby-and-node = { $package } is installed.

rule-services-perl-programs-title = Perl programs of the host's own
rule-services-perl-programs-remedy = Check the program with perl -c under Perl 5.32: the current folder is no longer searched for modules, an unescaped brace in a pattern is an error, and modules built from CPAN have to be built again.
rule-services-perl-programs-verify = perl -c on the new host says "syntax OK" for each of them, and a run does its work.
finding-services-perl-programs = Run by Perl: { $names }.

rule-web-php-sessions-title = PHP keeps sessions in a folder
rule-web-php-sessions-remedy = Decide whether logins may be lost at the cutover. If not, carry the folder in the last step, or keep sessions in a shared store. Give the folder to the user of the new pool.
rule-web-php-sessions-verify = A session that was opened before the cutover still holds after it, and the pool's user can write into the folder.
finding-web-php-sessions = { $file } keeps sessions in { $folder }.

## Services

rule-services-local-units-title = Units that somebody wrote on this host
rule-services-local-units-remedy = They are carried over with the configuration. Check that their programs are carried over too.
rule-services-local-units-verify = systemctl status shows each of them active on the new host.
finding-services-local-units = { $n ->
    [one] { $n } unit or drop-in of the host's own: { $names }.
   *[other] { $n } units or drop-ins of the host's own: { $names }.
}

rule-services-unit-settings-title = Unit settings that systemd 252 ignores or renames
rule-services-unit-settings-remedy = Write the successor into the unit. Weights have another scale: CPUShares=1024 is CPUWeight=100.
rule-services-unit-settings-verify = systemd-analyze verify says nothing about the unit on the new host.
finding-services-unit-settings = { $file } sets { $setting }=; its successor is { $successor }

rule-services-sysv-scripts-title = Init scripts of the host's own
rule-services-sysv-scripts-remedy = Write a unit for it, or install initscripts and chkconfig on the new host.
rule-services-sysv-scripts-verify = The service is active after a reboot of the new host.
finding-services-sysv-scripts = { $file } belongs to no package.

rule-services-rc-local-title = Commands in rc.local
rule-services-rc-local-remedy = Turn the commands into a unit, or make the file executable on the new host: otherwise it does not run.
rule-services-rc-local-verify = The commands' effect is there after a reboot of the new host.
finding-services-rc-local = { $n ->
    [one] rc.local runs { $n } command at boot.
   *[other] rc.local runs { $n } commands at boot.
}

rule-services-unmanaged-software-title = Programs that no package owns
rule-services-unmanaged-software-remedy = Carry the folder over, and check its libraries on the new host; programs linked to OpenSSL 1.0 or old C++ libraries have to be built again.
rule-services-unmanaged-software-verify = ldd finds every library on the new host, and the program answers as before.
finding-services-unmanaged-software = Running from outside the system's own folders: { $programs }.

rule-services-failed-units-title = Units that have failed already
rule-services-failed-units-remedy = Repair or disable them before the move: otherwise nobody can tell afterwards whether the move broke them.
rule-services-failed-units-verify = systemctl --failed lists nothing.
finding-services-failed-units = Failed now: { $names }.

rule-services-cron-commands-title = Scheduled jobs call commands that EL 9 lacks
rule-services-cron-commands-remedy = Rewrite the job with the successor, or install the package that still has the command.
rule-services-cron-commands-verify = The job runs on the new host and writes what it wrote before.
finding-services-cron-commands = { $file } calls { $command }; on EL 9 use { $successor }.

rule-services-python2-scripts-title = Scripts for Python 2
rule-services-python2-scripts-remedy = Port the script to Python 3 before the move. EL 9 has no Python 2.
rule-services-python2-scripts-verify = python3 -m py_compile accepts the script, and it runs on the new host.
finding-services-python2-scripts = { $file } starts with { $first }

rule-services-bare-python-scripts-title = Scripts that ask for "python"
rule-services-bare-python-scripts-remedy = Check that the script runs under Python 3, and write python3 into its first line.
rule-services-bare-python-scripts-verify = The script runs on the new host.
finding-services-bare-python-scripts = { $file } starts with { $first }; EL 9 has no command of that name.

rule-services-logrotate-cron-title = logrotate runs by a timer
rule-services-logrotate-cron-remedy = Do not carry the changed cron file over; put its changes into the timer or into /etc/logrotate.d.
rule-services-logrotate-cron-verify = systemctl list-timers shows logrotate.timer, and logs are rotated the next day.
finding-services-logrotate-cron = { $file } was changed; on EL 9 logrotate.timer does its work.

rule-services-log-forwarding-title = Logs are sent to another host
rule-services-log-forwarding-remedy = Carry the line over and send a marked line from the new host. A collector with an old TLS certificate refuses EL 9, and the other way round.
rule-services-log-forwarding-verify = The marked line arrives at the collector.
finding-services-log-forwarding = Line { $line } of { $file } sends logs away.

rule-services-mail-relay-title = Other hosts can send mail through this one
rule-services-mail-relay-remedy = State mynetworks and relay_domains in main.cf; Postfix 3 has narrower defaults, and clients would be refused.
rule-services-mail-relay-verify = A test mail from a client goes through the new host.
finding-services-mail-relay = Mail is taken at { $address } port { $port }.

rule-services-nfs-server-title = The host serves files by NFS
rule-services-nfs-server-remedy = Carry /etc/exports over with an explicit fsid= for each export, and translate /etc/sysconfig/nfs to /etc/nfs.conf. First move clients off NFS 2 and UDP.
rule-services-nfs-server-verify = A client mounts the export from the new host, and open files survive or were planned for.
finding-services-nfs-server = { $unit } is in use.

rule-services-haproxy-removed-title = HAProxy would not start: removed directives
rule-services-haproxy-removed-remedy = Rewrite the line in the form that is named; EL 7's HAProxy 1.5 knows most of the new forms already.
rule-services-haproxy-removed-verify = haproxy -c -f on the new host says that the configuration is valid.
finding-services-haproxy-removed = Line { $line } of { $file } says { $directive }; write { $now }.

rule-services-squid-obsolete-title = Squid passes over settings that it used to obey
rule-services-squid-obsolete-remedy = Delete the line, or write what took its place: tls_outgoing_options for sslproxy_*, always_direct or cache deny for hierarchy_stoplist.
rule-services-squid-obsolete-verify = squid -k parse on the new host prints no ERROR.
finding-services-squid-obsolete = Line { $line } of { $file }: { $directive } is obsolete in Squid 5.

rule-services-bind-lookaside-title = named would not start: dnssec-lookaside
rule-services-bind-lookaside-remedy = Delete the statement; the registry that it asked was switched off in 2017.
rule-services-bind-lookaside-verify = named-checkconf on the new host says nothing, and delv validates a signed name.
finding-services-bind-lookaside = { $file } has dnssec-lookaside switched on.

rule-services-bind-ipv6-title = named will listen on IPv6 as well
rule-services-bind-ipv6-remedy = Write listen-on-v6 with the addresses that you want, { "{" } none; { "}" } among them. Without it the new named listens on every IPv6 address.
rule-services-bind-ipv6-verify = ss -ulpn on the new host shows named on the wanted addresses only.
finding-services-bind-ipv6 = { $file } does not say listen-on-v6.

rule-services-dhcp-server-title = The host gives out addresses by DHCP
rule-services-dhcp-server-remedy = Bring the leases across last, when the old server has stopped; put arguments of /etc/sysconfig/dhcpd into a drop-in of the unit; move the halves of a failover pair one after the other.
rule-services-dhcp-server-verify = A client keeps its address when it renews, and dhcpd -t accepts the configuration.
finding-services-dhcp-server-leases = { $units } gives out addresses; its leases are state that must come across.
finding-services-dhcp-server-arguments = Line { $line } of { $file } starts it with { $arguments }, which EL 9 does not read there.

rule-services-postfix-defaults-title = Postfix takes mail for others under defaults that change
rule-services-postfix-defaults-remedy = State them in main.cf on EL 7 already: mynetworks (or mynetworks_style = subnet), relay_domains = $mydestination, append_dot_mydomain = yes, where that is wanted.
rule-services-postfix-defaults-verify = A mail from a client goes through the new host, and its log has no "using backwards-compatible default".
finding-services-postfix-defaults = { $file } does not say { $settings }; from Postfix 3 on these have narrower defaults.

rule-services-postfix-tables-title = Tables of Postfix that need a package of their own
rule-services-postfix-tables-remedy = Install the package on the new host. EL 7's Postfix had them all inside.
rule-services-postfix-tables-verify = postconf -m on the new host lists the kind of table.
finding-services-postfix-tables = Line { $line } of { $file } uses tables of the kind { $kind }: install { $package }.

rule-services-sendmail-addresses-title = sendmail tables with shortened IPv6 addresses
rule-services-sendmail-addresses-remedy = Write the address in full, without "::", and make the tables anew: make -C /etc/mail.
rule-services-sendmail-addresses-verify = A test mail over IPv6 is accepted by the rule that was meant.
finding-services-sendmail-addresses = Line { $line } of { $file } has { $address }; the new sendmail compares addresses in full.

rule-services-spamassassin-options-title = Options that the new SpamAssassin does not take
rule-services-spamassassin-options-remedy = Delete the option: -d, since the unit keeps spamd in the foreground; --ssl-version and a version behind --ssl, since the library chooses.
rule-services-spamassassin-options-verify = spamassassin.service is active after a restart, and spamc scores a test mail.
finding-services-spamassassin-options = Line { $line } of { $file } uses { $option }.

rule-services-dovecot-tls-title = Dovecot settings for TLS have other names
rule-services-dovecot-tls-remedy = Write ssl_min_protocol = TLSv1.2 in place of ssl_protocols, and give ssl_dh a file of 2048 bits in place of ssl_dh_parameters_length.
rule-services-dovecot-tls-verify = doveconf -n on the new host warns of nothing, and a mail client logs in by TLS.
finding-services-dovecot-tls = Line { $line } of { $file } says { $setting }, which Dovecot 2.3 no longer uses.

rule-services-nfs-exports-title = NFS exports without a number of their own
rule-services-nfs-exports-remedy = Add fsid= with a fixed number to each export, on the old host as well, and have clients mount anew once. Then a handle means the same file system on the new host.
rule-services-nfs-exports-verify = A file that a client holds open can still be read after the move, or the remount was planned.
finding-services-nfs-exports = Line { $line } of { $file } exports { $path } without fsid=; clients would see stale handles.

rule-services-nfs-settings-title = Settings of NFS in a file that EL 9 does not read
rule-services-nfs-settings-remedy = Translate them to /etc/nfs.conf: RPCNFSDCOUNT to threads under [nfsd], MOUNTD_PORT to port under [mountd], and so on.
rule-services-nfs-settings-verify = nfsconf --dump and rpcinfo -p on the new host show the values.
finding-services-nfs-settings = { $file } sets { $settings }.

rule-services-samba-security-title = Samba would serve nothing: a security mode that ended
rule-services-samba-security-remedy = Write security = user; for guests add map to guest = Bad User.
rule-services-samba-security-verify = testparm -s on the new host reports no error, and a client opens a share.
finding-services-samba-security = Line { $line } of { $file } says security = { $value }, which Samba 4 no longer takes.

rule-services-samba-old-protocol-title = Samba is told to speak with very old clients
rule-services-samba-old-protocol-remedy = Find the clients in smbstatus, upgrade them, and delete the setting. On EL 9 the least is SMB 2; an exception needs server min protocol = NT1 and somebody who answers for it.
rule-services-samba-old-protocol-verify = smbstatus on the new host shows SMB2 or SMB3 for every client.
finding-services-samba-old-protocol = Line { $line } of { $file }: { $setting } = { $value }.

rule-services-vsftpd-tcp-wrappers-title = vsftpd would not start: tcp_wrappers=YES
rule-services-vsftpd-tcp-wrappers-remedy = Set tcp_wrappers=NO, and put what hosts.allow and hosts.deny say of vsftpd into the firewall first: until then the server is open to everybody.
rule-services-vsftpd-tcp-wrappers-verify = A login from an allowed address succeeds, and one from a denied address is refused.
finding-services-vsftpd-tcp-wrappers = Line { $line } of { $file } asks for TCP wrappers, which EL 9 does not have.

rule-services-cups-settings-title = CUPS settings that moved or ended
rule-services-cups-settings-remedy = Move the directive to cups-files.conf, write included files into cupsd.conf, use ServerKeychain for the key, Basic over TLS for Digest, and a PPD with cupsFilter2 for an interface script.
rule-services-cups-settings-verify = cupsd -t on the new host succeeds, and each queue prints a test page.
finding-services-cups-settings-directive = Line { $line } of { $file } says { $directive }.
finding-services-cups-settings-script = { $file } is an interface script, which CUPS no longer runs.

rule-services-clustered-stores-title = A server of a cluster with version rules of its own
rule-services-clustered-stores-remedy = Read the product's own page on mixed versions, move one member at a time inside the pair of versions that it allows, and declare the members as a pair so that they never move together.
rule-services-clustered-stores-verify = The cluster's own health report is good before and after each member.
finding-services-clustered-stores = Found: { $names }. None of it is part of EL 9.

rule-services-shared-storage-title = Storage that hosts hold together or serve as disks
rule-services-shared-storage-remedy = Follow the product's order (op-version of Gluster, Ceph's rolling upgrade, DRBD 8 to 9, saveconfig.json of LIO) and plan it apart from the rest.
rule-services-shared-storage-verify = The product reports itself healthy, with all copies in step.
finding-services-shared-storage = In use: { $units }.

rule-services-ldap-server-title = The host is an LDAP server
rule-services-ldap-server-remedy = Choose 389 Directory Server, or slapd from EPEL. Export with slapcat and import with slapadd into an mdb database: bdb and hdb are gone. Move consumers before the provider.
rule-services-ldap-server-verify = Clients bind, and a search over the whole tree returns as many entries as before.
finding-services-ldap-server = { $unit } is in use; EL 9 itself has no OpenLDAP server.

rule-services-quagga-title = Routing daemons that EL 9 does not have
rule-services-quagga-remedy = Install frr, translate the files of /etc/quagga to /etc/frr/frr.conf and /etc/frr/daemons, and use another protocol where Babel is used.
rule-services-quagga-verify = Neighbours are established, and the routing table of the new host equals the old one.
finding-services-quagga-daemons = Quagga routes here: { $units }.
finding-services-quagga-babel = babeld is in use; frr on EL 9 is built without it.

rule-services-backup-agents-title = Backup software with an order of its own
rule-services-backup-agents-remedy = Move in the vendor's order: with Bacula and Bareos director and storage daemon first, for they may be newer than the clients; save the catalogue and run its update script.
rule-services-backup-agents-verify = A file of the moved host was restored from a backup taken after the move.
finding-services-backup-agents = Found: { $agents }.

rule-services-snmp-des-title = SNMP users with DES
rule-services-snmp-des-remedy = Create users with SHA and AES on both sides before the move; EL 9's library has no DES for them.
rule-services-snmp-des-verify = The monitoring server walks the new host with the new user.
finding-services-snmp-des = Line { $line } of { $file } creates a user with DES.

rule-services-java-options-title = Options that a newer Java does not take
rule-services-java-options-remedy = Stay on java-1.8.0-openjdk, which EL 9 still has, or write the options for Java 11 or 17: MaxMetaspaceSize for MaxPermSize, G1 for CMS, -Xlog:gc* for GC logs.
rule-services-java-options-verify = java with these options and -version starts on the new host without a message.
finding-services-java-options = A program of { $user } runs with { $options }.

rule-services-systemd-in-containers-title = Containers with an old systemd inside
rule-services-systemd-in-containers-remedy = Build the image anew on EL 9, run the program without systemd, or boot the new host with systemd.unified_cgroup_hierarchy=0 for a while.
rule-services-systemd-in-containers-verify = The container is healthy on the new host.
finding-services-systemd-in-containers = { $n ->
    [one] One container has a systemd inside;
   *[other] { $n } containers have a systemd inside;
} EL 7's does not boot on the control groups of EL 9.

rule-services-tftp-title = The host gives out files by TFTP
rule-services-tftp-remedy = Write the arguments of /etc/xinetd.d/tftp into a drop-in of tftp.service, carry the folder across, and use the boot files of EL 9 for what boots EL 9.
rule-services-tftp-verify = A client fetches a file from the new host.
finding-services-tftp = TFTP is served here by { $by }.

rule-services-acpid-options-title = acpid would go into the background
rule-services-acpid-options-remedy = Write -df in place of -d.
rule-services-acpid-options-verify = acpid.service is active on the new host.
finding-services-acpid-options = { $file } starts acpid with -d, which no longer keeps it in the foreground.

rule-services-ldap-backend-title = An OpenLDAP database that the newer server cannot open
rule-services-ldap-backend-remedy = bdb and hdb are gone. Export the directory with slapcat -n N, change the database to mdb in the exported configuration (slapcat -n 0; drop olcDbCacheSize, olcDbConfig and their like, set olcDbMaxSize), and load both with slapadd on the new host. Or move to 389 Directory Server.
rule-services-ldap-backend-verify = slapd starts on the new host, slapcat | grep -c ^dn: counts as many entries as on the old one, and each client's login and search answer as before.
finding-services-ldap-backend = { $file } keeps a directory in { $backend }.

rule-services-dhcp-failover-title = A DHCP server that is one half of a failover pair
rule-services-dhcp-failover-remedy = The two halves should run one version for as short as possible apart. Move the secondary first with its lease file, wait until both say "normal", then the primary; before each, put the half that stays into partner-down, and never move both in one window.
rule-services-dhcp-failover-verify = The log of both servers says "peer NAME: I move from ... to normal", and a lease asked for at one is known to the other.
finding-services-dhcp-failover = { $file } declares the pair { $name } with { $peers }.

rule-services-spamassassin-channels-title = SpamAssassin rules from a channel of somebody's own
rule-services-spamassassin-channels-remedy = sa-update on EL 9 takes only updates with a SHA-256 or SHA-512 sum beside them. Ask the channel's owner to publish one, or drop the channel.
rule-services-spamassassin-channels-verify = sa-update -D --channel CHANNEL on the new host ends with 0 or 1, and names no missing checksum.
finding-services-spamassassin-channels = { $file } takes rules from { $channel }.

rule-services-snmp-des-users-title = SNMP users whose traffic is encrypted with DES
rule-services-snmp-des-users-remedy = net-snmp on EL 9 is built without DES. Create users with SHA and AES on this host and in the monitoring station first, and let the station use them before the host moves.
rule-services-snmp-des-users-verify = snmpwalk -v3 -l authPriv -a SHA -x AES from the station answers as before; grep -c '1.3.6.1.6.3.10.1.2.2' /var/lib/net-snmp/snmpd.conf on the new host prints 0.
finding-services-snmp-des-users = { $n } of { $all } users of SNMP are set up with DES.

rule-services-broken-unit-links-title = Links of units that lead nowhere
rule-services-broken-unit-links-remedy = Where the unit lies elsewhere, enable it again (systemctl reenable UNIT): as it is, it does not start at boot. Where it is gone, delete the link. Decide before the move what is meant to start on the new host.
rule-services-broken-unit-links-verify = find /etc/systemd/system -xtype l prints nothing but what is masked or what somebody decided on.
finding-services-broken-unit-links-moved = { $link } leads nowhere; the unit itself is { $unit }.
finding-services-broken-unit-links-gone = { $link } leads to { $target }, which is not there.

rule-services-containers-with-init-title = Containers that start a system of their own
rule-services-containers-with-init-remedy = The systemd of an EL 7 image does not start on cgroup v2, whether the container runs now or only when somebody needs it. Build the image on an EL 8 or later base, run the service without systemd, or start the host with systemd.unified_cgroup_hierarchy=0 for the time being.
rule-services-containers-with-init-verify = Each container named starts on the new host, and podman exec NAME systemctl is-system-running says running.
finding-services-containers-with-init = { $name } of { $image } starts { $program }.

## Accounts

rule-accounts-people-below-1000-title = People with a service's number
rule-accounts-people-below-1000-remedy = Give the user a number above 999 on the new host and change the owner of their files, or create the user before any package is installed.
rule-accounts-people-below-1000-verify = find / -xdev -nouser on the new host finds nothing.
finding-accounts-people-below-1000 = { $user } has the number { $uid }; EL 9 gives such numbers to services.

rule-accounts-moved-numbers-title = A service user with an unusual number
rule-accounts-moved-numbers-remedy = Create the user with this number on the new host before the package, or change the owner of the data after it was carried over.
rule-accounts-moved-numbers-verify = stat shows the service's user as the owner of its data.
finding-accounts-moved-numbers = { $user } has the number { $uid } here and { $wanted } on EL 9.

rule-accounts-shared-numbers-title = Two users with one number
rule-accounts-shared-numbers-remedy = Decide to whom the files belong, and give each user a number of their own.
rule-accounts-shared-numbers-verify = No number stands twice in /etc/passwd on the new host.
finding-accounts-shared-numbers = { $user } and { $other } share the number { $uid }.

rule-accounts-data-owners-title = Owners of data have other numbers on EL 9
rule-accounts-data-owners-remedy = Data is carried over by name, not by number. Programs that store numbers themselves need care.
rule-accounts-data-owners-verify = stat shows the service's user as the owner of its data on the new host.
finding-accounts-data-owners = Users whose number EL 9 chooses anew: { $owners }.

rule-accounts-shells-title = Users with a shell that EL 9 does not install by default
rule-accounts-shells-remedy = Install the shell on the new host before the users are made, or give them bash. With a shell that is missing nobody logs in, and cron jobs of that user fail.
rule-accounts-shells-verify = su - USER on the new host opens the shell.
finding-accounts-shells = { $shell } is the shell of { $users }.

rule-accounts-sudo-commands-title = sudo grants commands that EL 9 does not have
rule-accounts-sudo-commands-remedy = Grant the successor in its place (ip for ifconfig and route, ss for netstat, dnf for yum tools), with the same limits, or install the old tool on the new host.
rule-accounts-sudo-commands-verify = sudo -l -U USER on the new host lists the new commands, and each of them exists.
finding-accounts-sudo-commands = { $who } may run { $names }.

## Web

rule-web-removed-directive-title = nginx would not start: removed directives
rule-web-removed-directive-remedy = Write limit_conn_zone and limit_conn in place of limit_zone, already on EL 7.
rule-web-removed-directive-verify = nginx -t on the new host succeeds.
finding-web-removed-directive = { $file } says: { $directive }

rule-web-no-modern-tls-title = nginx offers no TLS version that EL 9 speaks
rule-web-no-modern-tls-remedy = Add TLSv1.2 and TLSv1.3 to ssl_protocols, on EL 7 already, and see which clients cannot follow.
rule-web-no-modern-tls-verify = openssl s_client -tls1_2 connects to the new host.
finding-web-no-modern-tls = { $file } offers only { $versions }.

rule-web-no-usable-cipher-title = nginx would not start: no usable cipher
rule-web-no-usable-cipher-remedy = Delete ssl_ciphers, or name ciphers that OpenSSL 3 has.
rule-web-no-usable-cipher-verify = nginx -t on the new host succeeds, and a client connects.
finding-web-no-usable-cipher = { $file } asks for { $ciphers } only.

rule-web-weak-dhparam-title = nginx would not start: Diffie-Hellman parameters are too short
rule-web-weak-dhparam-remedy = Make new ones with openssl dhparam 2048, or delete ssl_dhparam and let OpenSSL choose.
rule-web-weak-dhparam-verify = nginx -t on the new host succeeds, and a DHE handshake works.
finding-web-weak-dhparam = { $file } uses { $parameters }, which has less than 2048 bits.

rule-web-spdy-title = nginx: SPDY became HTTP/2
rule-web-spdy-remedy = http2 takes its place when the file is carried over. Check that clients of the old kind still get in by HTTP/1.1.
rule-web-spdy-verify = nginx -t on the new host succeeds, and curl --http2 gets an answer.
finding-web-spdy = { $file } says: { $directive }

rule-web-ssl-on-title = nginx: "ssl on" is going away
rule-web-ssl-on-remedy = Write "listen 443 ssl" and delete the line. nginx 1.20 warns; nginx 1.26 refuses to start.
rule-web-ssl-on-verify = nginx -t on the new host says nothing about ssl.
finding-web-ssl-on = { $file } says "ssl on".

rule-web-old-tls-title = Clients with TLS 1.0 or 1.1 will be turned away
rule-web-old-tls-remedy = Look in the access log ($ssl_protocol) for who still uses these versions, and renew those clients first. EL 9 refuses them whatever nginx says.
rule-web-old-tls-verify = The log of a full week on EL 7 names TLS 1.2 and 1.3 only.
finding-web-old-tls = { $file } offers { $versions }.

rule-web-needs-module-title = nginx directives that need a module of their own
rule-web-needs-module-remedy = Take the directive out, or rewrite it for a module that EL 9 has (geoip2 with its own database), before the move: the file cannot be carried over with it.
rule-web-needs-module-verify = nginx -t on the new host succeeds.
finding-web-needs-module = { $file } uses { $directive }; on EL 9 it comes from { $module }.

rule-web-loaded-module-title = nginx loads a module
rule-web-loaded-module-remedy = Install the same module built for EL 9's nginx; modules of another version are refused.
rule-web-loaded-module-verify = nginx -t on the new host succeeds.
finding-web-loaded-module = { $file } loads { $module }.

rule-web-roots-elsewhere-title = Web content outside of the usual folders
rule-web-roots-elsewhere-remedy = Label the folder for SELinux on the new host: semanage fcontext -a -t httpd_sys_content_t, then restorecon.
rule-web-roots-elsewhere-verify = The pages are served with SELinux enforcing, and ausearch -m avc lists no denial.
finding-web-roots-elsewhere = Content is served from { $paths }.

rule-web-httpd-php-settings-title = httpd would not start: settings of mod_php
rule-web-httpd-php-settings-remedy = Move these settings to the PHP-FPM pool (php_admin_value[...]) or to a .user.ini file, and delete the LoadModule line. EL 9 runs PHP in PHP-FPM and has no mod_php.
rule-web-httpd-php-settings-verify = httpd -t on the new host succeeds, and phpinfo() shows the values.
finding-web-httpd-php-settings = Line { $line } of { $file } says { $directive }; without mod_php httpd stops there.

rule-web-httpd-mod-php-title = PHP runs inside httpd
rule-web-httpd-mod-php-remedy = Install php-fpm on the new host and size its pool. Look for php_value and php_flag in .htaccess files, which the survey does not read: each makes its folder answer 500.
rule-web-httpd-mod-php-verify = grep -rE "php_(admin_)?(value|flag)" --include=.htaccess over the document roots finds nothing, and pages answer as before.
finding-web-httpd-mod-php = Line { $line } of { $file } loads { $module }; on EL 9 PHP-FPM does its work.

rule-web-httpd-comments-title = httpd would not start: a comment behind a directive
rule-web-httpd-comments-remedy = Put the comment on a line of its own; this is right on EL 7, too.
rule-web-httpd-comments-verify = httpd -t on the new host succeeds.
finding-web-httpd-comments = Line { $line } of { $file }: { $directive } has a comment behind it, which a newer httpd takes for a mistake.

rule-web-httpd-unknown-directive-title = httpd would not start: directives of modules that are not there
rule-web-httpd-unknown-directive-remedy = Write Mutex in place of LockFile, AcceptMutex and SSLMutex; delete MinSpareServers and MaxSpareServers or put them into <IfModule mpm_prefork_module>; translate Krb directives to mod_auth_gssapi.
rule-web-httpd-unknown-directive-verify = httpd -t on the new host succeeds.
finding-web-httpd-unknown-directive = Line { $line } of { $file } says { $directive }, which httpd on EL 9 does not know.

rule-web-httpd-prefork-title = httpd is tuned for a process model that EL 9 does not start with
rule-web-httpd-prefork-remedy = Decide: work out the same limit for the event model (MaxRequestWorkers = ServerLimit × ThreadsPerChild), or choose prefork in conf.modules.d/00-mpm.conf on the new host.
rule-web-httpd-prefork-verify = httpd -V on the new host names the model that was chosen, and under load it serves as many requests at once as before.
finding-web-httpd-prefork = { $file } tunes the prefork model ({ $directives }); EL 9 starts with the event model, which passes over it.

rule-web-httpd-modules-title = httpd loads modules that are other packages on EL 9, or gone
rule-web-httpd-modules-remedy = Install the successor and translate its directives; where there is none, decide who does its work.
rule-web-httpd-modules-verify = httpd -M on the new host lists the successor.
finding-web-httpd-modules = Line { $line } of { $file } loads { $module }; its successor is { $successor }.

rule-web-httpd-tls-title = httpd would not start or turn everybody away: TLS settings
rule-web-httpd-tls-remedy = Write SSLProtocol -all +TLSv1.2 +TLSv1.3 and SSLCipherSuite PROFILE=SYSTEM, and see which clients cannot follow.
rule-web-httpd-tls-verify = httpd -t succeeds on the new host, and openssl s_client -tls1_2 connects.
finding-web-httpd-tls-sslv3 = Line { $line } of { $file }: { $directive } { $said } names a protocol that OpenSSL 3 does not have; httpd stops there.
finding-web-httpd-tls-old = Line { $line } of { $file }: SSLProtocol { $said } leaves no version that EL 9 speaks.
finding-web-httpd-tls-cipher = Line { $line } of { $file }: SSLCipherSuite { $said } names no cipher that OpenSSL 3 has.

rule-web-httpd-sysconfig-title = Options of httpd in /etc/sysconfig/httpd
rule-web-httpd-sysconfig-remedy = Write them into a drop-in (systemctl edit httpd) on the new host, or into the configuration.
rule-web-httpd-sysconfig-verify = systemctl show httpd -p ExecStart -p Environment on the new host says what was wanted.
finding-web-httpd-sysconfig = Line { $line } of { $file } sets { $setting }, which the unit of EL 9 does not use.

rule-web-httpd-strict-requests-title = Apache takes only well-formed requests
rule-web-httpd-strict-requests-remedy = Look into the access log for requests without a host, in HTTP/0.9, or with blanks and underscores in header names, from clients that matter. For those that cannot be repaired: HttpProtocolOptions Unsafe.
rule-web-httpd-strict-requests-verify = The recorded requests of old clients, sent to the new host, get the same status as before.
finding-web-httpd-strict-requests = Since 2.4.25 Apache answers 400 to requests that 2.4.6 took; HttpProtocolOptions says nothing here.

rule-web-php-meaning-title = PHP code that means something else in PHP 8
rule-web-php-meaning-remedy = Replay recorded requests against the new host and compare the bodies; a syntax check finds none of it. Comparisons of numbers with texts, constructors named like their class, count(null), preg_replace with /e and implode with swapped arguments are the usual ones.
rule-web-php-meaning-verify = The bodies of the replayed requests are the same on both hosts, and PHP's log has no new warning.
finding-web-php-meaning = PHP { $version } is installed; in PHP 8 the same code can run without an error and give another result.

rule-web-php-settings-title = PHP would not start: settings that ended
rule-web-php-settings-remedy = Switch the setting off on EL 7, repair what leaned on it, then delete the line.
rule-web-php-settings-verify = php -c with the new php.ini prints no message at its start.
finding-web-php-settings = Line { $line } of { $file } switches { $setting } on; PHP 8 ends with "no longer available".

rule-web-php-extensions-title = PHP extensions that EL 9 lacks
rule-web-php-extensions-remedy = Port the code to the extension named as its successor before the move; have encoded scripts encoded anew for the new PHP.
rule-web-php-extensions-verify = php -m on the new host lists what the application needs, and its tests pass.
finding-web-php-extensions-ended = Line { $line } of { $file } loads { $extension }; instead there is { $instead }.
finding-web-php-extensions-loader = Line { $line } of { $file } loads { $extension }: encoded scripts run only with the PHP that they were encoded for.

## Cache

rule-cache-removed-directive-title = redis.conf sets directives that keep Redis from starting
rule-cache-removed-directive-remedy = They are left out when the file is carried over. Delete them from copies that you carry yourself.
rule-cache-removed-directive-verify = redis-server starts on the new host with the carried configuration.
finding-cache-removed-directive = Line { $line } of { $file } sets { $directive }.

rule-cache-save-failed-title = Redis could not save its data
rule-cache-save-failed-remedy = Find out why in its log (room, memory, permissions), and let it save: BGSAVE. Until then there is nothing safe to carry over.
rule-cache-save-failed-verify = INFO persistence says rdb_last_bgsave_status:ok.
finding-cache-save-failed = The last save of the Redis at port { $port } failed.

rule-cache-replica-link-down-title = A Redis replica has lost its master
rule-cache-replica-link-down-remedy = Repair the replication before either of the two moves.
rule-cache-replica-link-down-verify = INFO replication says master_link_status:up, and both offsets are equal.
finding-cache-replica-link-down = The Redis at port { $port } has no link to { $master }.

rule-cache-open-to-all-title = Redis listens to the network without a password
rule-cache-open-to-all-remedy = Set requirepass (and masterauth on replicas), or bind it to the addresses that need it and limit them by the firewall. Protected mode may refuse remote clients on EL 9.
rule-cache-open-to-all-verify = A client host connects with the password, and one without it is refused.
finding-cache-open-to-all = { $file } binds to the network and sets no password.

rule-cache-newer-than-target-title = Redis is newer than the one EL 9 brings
rule-cache-newer-than-target-remedy = Enable the module stream with at least this version (redis:7) on the new host. Redis 6.2 cannot read these dumps.
rule-cache-newer-than-target-verify = redis-server --version on the new host is at least as new.
finding-cache-newer-than-target = The Redis at port { $port } is version { $version }.

rule-cache-config-path-title = Redis reads its configuration elsewhere
rule-cache-config-path-remedy = The file is carried over to /etc/redis/. Change scripts that name the old place.
rule-cache-config-path-verify = CONFIG GET on the new host reads the wanted values back.
finding-cache-config-path = { $file } moves to /etc/redis/.

rule-cache-dump-one-way-title = Redis data does not go back
rule-cache-dump-one-way-remedy = Keep the dump from before the cutover. Going back loses what was written after it, unless the keys are replayed one by one.
rule-cache-dump-one-way-verify = The rollback drill loads the kept dump on the old host.
finding-cache-dump-one-way = The Redis at port { $port } is version { $version }; it cannot read a dump of EL 9's Redis.

rule-cache-memcached-listen-title = memcached will be narrower by default
rule-cache-memcached-listen-remedy = Write -l with the addresses that clients use into OPTIONS, limit them by the firewall, and switch clients from UDP to TCP (or write -U 11211).
rule-cache-memcached-listen-verify = A client host reads the statistics of the new memcached.
finding-cache-memcached-listen-address = { $file } names no address: on EL 9 memcached listens on the loopback alone.
finding-cache-memcached-listen-udp = { $file } does not speak of UDP: on EL 9 it is off.

## Database

rule-database-postgresql-settings-title = postgresql.conf sets what keeps a newer PostgreSQL from starting
rule-database-postgresql-settings-remedy = The successor is written when the file is carried over; check its value. checkpoint_segments becomes max_wal_size, wal_keep_segments becomes wal_keep_size, unix_socket_directory becomes unix_socket_directories.
rule-database-postgresql-settings-verify = postgres -C shared_buffers -c config_file=... on the new host exits 0.
finding-database-postgresql-settings = Line { $line } of { $file } sets { $setting }.

rule-database-postgresql-hba-title = pg_hba.conf names methods that PostgreSQL refuses
rule-database-postgresql-hba-remedy = md5 is written for crypt and gss for krb5 when the file is carried over. Check that every client can log in so.
rule-database-postgresql-hba-verify = SELECT * FROM pg_hba_file_rules WHERE error IS NOT NULL returns no row.
finding-database-postgresql-hba = Line { $line } of { $file } uses { $method }.

rule-database-postgresql-old-title = PostgreSQL is too old to be followed live
rule-database-postgresql-old-remedy = Plan a dump and restore with the new host's pg_dump, and the downtime for it. Versions before 10 cannot send their changes to a newer server.
rule-database-postgresql-old-verify = Row counts, sequences, permissions and extensions are the same, and ANALYZE was run.
finding-database-postgresql-old = The PostgreSQL at port { $port } is version { $version }.

rule-database-postgresql-collation-title = Text is sorted differently on EL 9
rule-database-postgresql-collation-remedy = Copy the data by dump or logical replication, or run REINDEX on every text index before the first write if data files are taken over. Otherwise queries silently miss rows.
rule-database-postgresql-collation-verify = bt_index_check of amcheck passes for every index, and no log line warns of a collation version mismatch.
finding-database-postgresql-collation = Databases at port { $port } that sort by the C library: { $databases }.

rule-database-postgresql-extensions-title = PostgreSQL extensions from elsewhere
rule-database-postgresql-extensions-remedy = Install the extension for the new server's version before the data is restored.
rule-database-postgresql-extensions-verify = SELECT extname FROM pg_extension gives the same list.
finding-database-postgresql-extensions = The PostgreSQL at port { $port } uses { $extension }, which does not come with the server.
finding-database-postgresql-extensions-ended = The PostgreSQL at port { $port } uses { $extension }, which no longer exists; it has to be removed from the database first.

rule-database-postgresql-slots-title = PostgreSQL replication slots
rule-database-postgresql-slots-remedy = Note who reads each slot and make it anew on the new host. A slot without its reader fills the disk.
rule-database-postgresql-slots-verify = pg_replication_slots on the new host lists the slots, each of them active.
finding-database-postgresql-slots = Slots at port { $port }: { $slots }.

rule-database-postgresql-archive-title = PostgreSQL archives its log
rule-database-postgresql-archive-remedy = Give the new server an archive of its own and take a first full backup before the cutover; archives of two major versions do not mix.
rule-database-postgresql-archive-verify = pg_stat_archiver counts up, and a restore from the new archive succeeds.
finding-database-postgresql-archive = Line { $line } of { $file } sets archive_command.

rule-database-postgresql-stream-title = PostgreSQL in another version than EL 9's default
rule-database-postgresql-stream-remedy = Install the same major version from the module stream or from the PostgreSQL repository for EL 9.
rule-database-postgresql-stream-verify = SELECT version() on the new host names the wanted major version.
finding-database-postgresql-stream = The PostgreSQL at port { $port } is version { $major }; EL 9 brings 13 unless told otherwise.

rule-database-mariadb-options-title = my.cnf sets options that keep MariaDB from starting
rule-database-mariadb-options-remedy = They are left out or renamed when the file is carried over; check the outcome. log_slow_queries becomes slow_query_log_file, default-character-set becomes character-set-server, storage_engine becomes default_storage_engine.
rule-database-mariadb-options-verify = mariadbd --help --verbose on the new host ends without an error.
finding-database-mariadb-options = Line { $line } of { $file } sets { $option }.

rule-database-mariadb-replica-stopped-title = A MariaDB replica has stopped
rule-database-mariadb-replica-stopped-remedy = Repair the replication before either of the two moves; a replica that stands still is no way back.
rule-database-mariadb-replica-stopped-verify = SHOW SLAVE STATUS says Yes twice, and Seconds_Behind_Master is 0.
finding-database-mariadb-replica-stopped = The replication from { $master } does not run.

rule-database-mariadb-old-title = MariaDB is older than EL 9's
rule-database-mariadb-old-remedy = Plan a dump and a load, then mariadb-upgrade. A dump of the new server needs its first line removed to go back into the old one.
rule-database-mariadb-old-verify = Row counts and checksums of every table, users and routines are the same.
finding-database-mariadb-old = The server is version { $version }; EL 9 brings 10.5.

rule-database-mariadb-sql-mode-title = MariaDB becomes strict
rule-database-mariadb-sql-mode-remedy = Write the present sql_mode into the new server's configuration for the move, and tighten it later together with the application.
rule-database-mariadb-sql-mode-verify = SELECT @@global.sql_mode on the new host gives what was decided.
finding-database-mariadb-sql-mode = The server runs with sql_mode { $mode }; the new default refuses values that are too long or no dates.

rule-database-mariadb-stream-title = MariaDB is newer than EL 9's default
rule-database-mariadb-stream-remedy = Enable the module stream with at least this version (mariadb:10.11), or use MariaDB's repository for EL 9. An older server does not open these files.
rule-database-mariadb-stream-verify = SELECT VERSION() on the new host is at least as new.
finding-database-mariadb-stream = The server is version { $version }; EL 9 brings 10.5 unless told otherwise.

rule-database-mariadb-ignored-options-title = MariaDB options without effect
rule-database-mariadb-ignored-options-remedy = Delete the option, and decide whether its purpose needs another setting.
rule-database-mariadb-ignored-options-verify = SHOW VARIABLES on the new host has the values that were asked for.
finding-database-mariadb-ignored-options = Line { $line } of { $file } sets { $option }.

rule-database-mariadb-layout-title = Server settings in /etc/my.cnf itself
rule-database-mariadb-layout-remedy = On EL 9 the server's settings stand in /etc/my.cnf.d/mariadb-server.cnf; they are carried over there.
rule-database-mariadb-layout-verify = my_print_defaults --mysqld on the new host prints them.
finding-database-mariadb-layout = { $n ->
    [one] { $file } holds { $n } setting of the server.
   *[other] { $file } holds { $n } settings of the server.
}

rule-database-connections-full-title = Hardly any connections are left
rule-database-connections-full-remedy = Raise max_connections or make the pools smaller before a wave in which old and new hosts are connected at once.
rule-database-connections-full-verify = At most four fifths of the connections are used at the busiest hour.
finding-database-connections-full = { $server } uses { $used } of { $max } connections.

rule-database-mysql-title = MySQL or Percona Server
rule-database-mysql-remedy = Choose the repository for EL 9 and go one major version at a time (5.6, 5.7, 8.0), with mysqlsh util.checkForServerUpgrade() before each. Keep default_authentication_plugin = mysql_native_password until the last EL 7 client is gone: its library does not know caching_sha2_password.
rule-database-mysql-verify = A client of EL 7 and one of EL 9 log in, and row counts agree.
finding-database-mysql = { $package } { $version } keeps data here.

rule-database-old-passwords-title = Passwords in the form of MySQL 4.0
rule-database-old-passwords-remedy = Delete the option and set the passwords of all users whose hash has 16 characters anew; new servers and clients refuse that form.
rule-database-old-passwords-verify = No user has a hash of 16 characters, and every application logs in.
finding-database-old-passwords = Line { $line } of { $file } says { $option }.

rule-database-backup-tools-title = Backup tools that are bound to a version
rule-database-backup-tools-remedy = Install the version that fits the new server, begin a new chain (stanza, full backup) before the cutover, and keep a restore with the old tool at hand until the old backups have expired.
rule-database-backup-tools-verify = A backup of the new server was restored.
finding-database-backup-tools = Installed here: { $packages }.

rule-database-sap-hana-title = SAP HANA runs here
rule-database-sap-hana-remedy = Move it by SAP's own way (system replication or backup and restore) to a release that SAP supports, and take this host out of the plan.
rule-database-sap-hana-verify = SAP's own checks pass on the new host.
finding-database-sap-hana = Processes of HANA run as { $users }.

rule-database-root-login-title = Logins to MariaDB as root, with a password that is kept
rule-database-root-login-remedy = A fresh MariaDB of EL 9 lets root in by the socket and by no password. Decide per script: run it as the system's root without a password, or give it an account of its own with the rights that it needs. Carry /root/.my.cnf only where accounts move as they are.
rule-database-root-login-verify = On the new host, mysql -e 'SELECT CURRENT_USER()' as root answers root@localhost, and each job that was named has run once.
finding-database-root-login-file = { $file } keeps a login of root's.
finding-database-root-login-command = { $file } line { $line } logs in as root.

rule-database-old-hashes-title = Accounts of MariaDB with passwords of before MySQL 4.1
rule-database-old-hashes-remedy = Newer servers and clients refuse such logins. Set each of these passwords again with old_passwords = 0 (SELECT User, Host FROM mysql.user WHERE LENGTH(Password) = 16 names the accounts) and see that the client is able to use it, before the server moves.
rule-database-old-hashes-verify = SELECT COUNT(*) FROM mysql.user WHERE LENGTH(Password) = 16 answers 0 on the old host, and every application still logs in.
finding-database-old-hashes = { $n } accounts have a password of 16 characters.

## Monitoring

rule-monitoring-exporter-names-title = The exporter's metrics get new names
rule-monitoring-exporter-names-remedy = Let alerts and dashboards ask for both names while the fleet is mixed.
rule-monitoring-exporter-names-verify = Each alert's expression returns at least one series for this host, before and after.
finding-monitoring-exporter-names = { $package } speaks the old names (node_cpu); EL 9's speaks the new ones (node_cpu_seconds_total).

rule-monitoring-alerts-by-device-title = Alerts that name a device
rule-monitoring-alerts-by-device-remedy = Ask by role or by mount point; the device has another name on EL 9.
rule-monitoring-alerts-by-device-verify = The alert's expression returns a series for moved hosts.
finding-monitoring-alerts-by-device = { $alert } in { $file } asks for a device by its old name.

rule-monitoring-agent-commands-title = Monitoring checks call commands that EL 9 lacks
rule-monitoring-agent-commands-remedy = Rewrite the check (ss for netstat, ip for ifconfig, chronyc for ntpq).
rule-monitoring-agent-commands-verify = Each item has a value within two intervals after the move.
finding-monitoring-agent-commands = { $file } calls { $commands }.

rule-monitoring-zabbix-remote-commands-title = Zabbix may run commands on the host
rule-monitoring-zabbix-remote-commands-remedy = Write AllowKey=system.run[...] for the commands that are needed, and DenyKey for the rest. Install an agent that is no newer than the server.
rule-monitoring-zabbix-remote-commands-verify = Every item of the host has a value within two intervals.
finding-monitoring-zabbix-remote-commands = Line { $line } of { $file } has EnableRemoteCommands=1, which newer agents take for AllowKey.

rule-monitoring-nrpe-title = Nagios asks this host by NRPE
rule-monitoring-nrpe-remedy = Give both sides NRPE 4 with certificates before the move: anonymous TLS, which the old ones use, is refused by EL 9.
rule-monitoring-nrpe-verify = check_nrpe from the monitoring server answers for each command.
finding-monitoring-nrpe = NRPE is in use.

rule-monitoring-sysstat-history-title = Figures of sysstat that EL 9 cannot read
rule-monitoring-sysstat-history-remedy = If they are wanted for a comparison, export them on EL 7: sadf -d -- -A /var/log/sa/saNN > saNN.csv.
rule-monitoring-sysstat-history-verify = The exported files can be read.
finding-monitoring-sysstat-history = sysstat collects here; the format of its files changes.

rule-monitoring-cgroup-readers-title = Monitoring that reads control groups of version 1
rule-monitoring-cgroup-readers-remedy = Install a version that reads control groups of version 2, and adapt dashboards to its names.
rule-monitoring-cgroup-readers-verify = Its series are there after the move.
finding-monitoring-cgroup-readers = { $name } reads control groups.

rule-monitoring-aide-title = AIDE settings that ended
rule-monitoring-aide-remedy = Write database_in in place of database and log_level in place of verbose; make a new baseline after the host is accepted, and keep the old one as evidence.
rule-monitoring-aide-verify = aide --config-check on the new host succeeds.
finding-monitoring-aide = Line { $line } of { $file } says { $setting }, which AIDE 0.19 refuses.

rule-monitoring-kernel-agents-title = Security agents that are made for one kernel
rule-monitoring-kernel-agents-remedy = Get the vendor's build for EL 9 and its kernel before the move, and install it during the building of the new host.
rule-monitoring-kernel-agents-verify = The agent reports to its console, and its kernel module is loaded.
finding-monitoring-kernel-agents = Installed: { $packages }.

rule-monitoring-log-parsers-title = Programs that read meaning out of log lines
rule-monitoring-log-parsers-remedy = Try each rule on lines of an EL 9 host: sshd, sudo and the kernel write other words, and fail2ban reads the journal.
rule-monitoring-log-parsers-verify = Each rule fires on a line made for it.
finding-monitoring-log-parsers = In use: { $names }.

rule-monitoring-cgroup-collectors-title = A collector that is told to read cgroup v1
rule-monitoring-cgroup-collectors-remedy = EL 9 mounts cgroup v2: there is one tree below /sys/fs/cgroup, without memory/, cpu/ and blkio/, and its files have other names (memory.current, cpu.stat, io.stat). Point the collector at the new paths, or take a plugin that reads v2, and adapt dashboards and alerts.
rule-monitoring-cgroup-collectors-verify = The series that the collector wrote on the old host arrive from the new one, under names that the dashboards ask for.
finding-monitoring-cgroup-collectors = { $unit } reads cgroups as { $file } says.

rule-monitoring-identity-in-inventories-title = Inventories and licences that know the host by what changes
rule-monitoring-identity-in-inventories-remedy = The new host is called Rocky Linux, and has another machine-id and other network cards. Add the new name where an inventory, a monitoring rule or a playbook asks for CentOS, and ask the licence's vendor for a file for the new number before the move.
rule-monitoring-identity-in-inventories-verify = A dry run of the configuration management on the new host has no unexpected change, monitoring has put the host into the right groups, and the licensed program starts.
finding-monitoring-identity-in-inventories-name = { $file } names the distribution: { $text }
finding-monitoring-identity-in-inventories-number = { $file } asks for the number of the machine: { $text }
finding-monitoring-identity-in-inventories-licence = { $file } is a licence for one machine: { $text }

## Fleet

rule-fleet-connection-budget-title = The pools of all clients exceed the database's connections
rule-fleet-connection-budget-remedy = Raise max_connections, make the pools smaller, or move fewer clients at once. During a wave old and new hosts hold their pools side by side.
rule-fleet-connection-budget-verify = The sum of the pools, with those of the largest wave counted twice, is within the limit.
finding-fleet-connection-budget = { $database } takes { $limit } connections. Its { $clients } clients hold { $steady }, and { $peak } while { $moving } of them { $wave ->
    [0] move.
   *[other] move in wave { $wave }.
}

rule-fleet-pair-in-one-wave-title = Both halves of a pair in one wave
rule-fleet-pair-in-one-wave-remedy = Put them into different waves, the replica first.
rule-fleet-pair-in-one-wave-verify = The plan names them in two waves.
finding-fleet-pair-in-one-wave = { $primary } and its replica { $replica } ({ $service }) are both in wave { $wave }.

rule-fleet-pair-in-one-window-title = Both halves of a pair in one window
rule-fleet-pair-in-one-window-remedy = Give one half a window of another night, so that the half that moved first has carried a day's load before the other leaves. Or decide that its soak is long enough.
rule-fleet-pair-in-one-window-verify = The plan names two windows for them.
finding-fleet-pair-in-one-window = { $primary } and its replica { $replica } ({ $service }) may move in one and the same window.

rule-fleet-replica-first-title = A primary moves before its replica
rule-fleet-replica-first-remedy = Move the replica first. A newer replica follows an older primary; an older one does not follow a newer primary.
rule-fleet-replica-first-verify = The plan has the replica in an earlier wave than the primary.
finding-fleet-replica-first = { $primary } moves in wave { $first }, its { $service } replica { $replica } only in wave { $then }.

rule-fleet-replica-older-title = A replica is older than its primary
rule-fleet-replica-older-remedy = Bring the replica to the primary's version or a newer one; otherwise it stops following.
rule-fleet-replica-older-verify = Replication runs, and both report the same version or the replica a newer one.
finding-fleet-replica-older = { $replica } ({ $service } { $replica-version }) follows { $primary } ({ $primary-version }).

rule-fleet-standby-text-order-title = A PostgreSQL standby across the two releases reads its text indexes wrongly
rule-fleet-standby-text-order-remedy = Use such a standby only for the cutover: keep queries away from it, and run REINDEX on its text indexes after promotion and before the first write. Or copy by logical replication.
rule-fleet-standby-text-order-verify = bt_index_check of amcheck passes on the new primary for every index.
finding-fleet-standby-text-order = { $replica } streams from { $primary }; as soon as one of them runs EL 9, the two sort text differently.

rule-fleet-alert-names-title = Alerts that fall silent once hosts have moved
rule-fleet-alert-names-remedy = Ask for both names: put "or" and the new name beside the old one. Do it before the first host moves.
rule-fleet-alert-names-verify = The alert's expression returns series for hosts on both releases, and promtool test rules passes.
finding-fleet-alert-names = { $alert } on { $host } ({ $file }) asks for { $old }; moved hosts report { $new }.

rule-fleet-tls-floor-title = A server of the fleet speaks only TLS versions that moved clients refuse
rule-fleet-tls-floor-remedy = Let the server offer TLS 1.2 before any of its clients moves.
rule-fleet-tls-floor-verify = openssl s_client -tls1_2 from a moved client connects.
finding-fleet-tls-floor = { $server } offers nothing newer than TLS 1.1 to { $clients }.

rule-fleet-scram-clients-title = EL 7 clients cannot log in to a newer PostgreSQL
rule-fleet-scram-clients-remedy = Set password_encryption = md5 on the new server until the last EL 7 client has moved, then set the passwords again with scram-sha-256.
rule-fleet-scram-clients-verify = psql from a host that still runs EL 7 logs in to the new server.
finding-fleet-scram-clients = { $clients } talk to { $server } with EL 7's client library.

rule-fleet-time-servers-title = A host that keeps the time for others
rule-fleet-time-servers-remedy = Add an allow line to chrony.conf on the new host, and keep two time servers in different waves.
rule-fleet-time-servers-verify = chronyc sources on a client reaches the moved server.
finding-fleet-time-servers = { $client } asks { $server } for the time; chrony refuses unless it is told to answer.

rule-fleet-tls-old-client-title = A client of the fleet speaks only TLS versions that a moved host refuses
rule-fleet-tls-old-client-remedy = Let the client speak TLS 1.2 before it or its server moves: delete the version from the setting, or upgrade the library that cannot.
rule-fleet-tls-old-client-verify = A connection of this client shows TLSv1.2 or newer in the server's log.
finding-fleet-tls-old-client = { $client } speaks only { $versions } ({ $place }) with { $servers }.

rule-fleet-ssh-algorithms-title = SSH between two hosts would find nothing in common
rule-fleet-ssh-algorithms-remedy = Take the list out of ssh_config or sshd_config, or add an algorithm to it that both releases take by default (aes256-ctr, hmac-sha2-256, curve25519-sha256), before the first of them moves.
rule-fleet-ssh-algorithms-verify = ssh -o BatchMode=yes between the two works in both directions, before and after each move.
finding-fleet-ssh-algorithms = { $clients } and { $server } share no { $option } { $state ->
    [server-first] once { $server } has moved and the others have not.
    [client-first] once the client has moved and { $server } has not.
   *[both] once both have moved.
}

rule-fleet-quorum-in-one-wave-title = A wave would take away a quorum
rule-fleet-quorum-in-one-wave-remedy = Declare the members as a pair in the project: then they never move together. Wait after each until all of them see each other again.
rule-fleet-quorum-in-one-wave-verify = The plan names each member in a wave of its own.
finding-fleet-quorum-in-one-wave = { $service } { $name }: wave { $wave } takes { $hosts } away; { $left } would be left, and { $needed } have to agree.

rule-fleet-shared-address-title = Hosts that share an address, in one wave
rule-fleet-shared-address-remedy = Put them into different waves, the backup first, and see by arping that one host alone answers for the address after each move.
rule-fleet-shared-address-verify = The plan names them in two waves.
finding-fleet-shared-address = { $hosts } hold { $address } between them and are all in wave { $wave }.

rule-fleet-shared-address-settings-title = Hosts that share an address do not agree how
rule-fleet-shared-address-settings-remedy = Give every member the same virtual_router_id and advert_int; otherwise both take the address when keepalived changes its version.
rule-fleet-shared-address-settings-verify = ip addr on the members shows the address once.
finding-fleet-shared-address-settings = { $hosts } hold { $address } with different settings of VRRP.

rule-fleet-name-servers-title = Hosts would be without a name server
rule-fleet-name-servers-remedy = Add a second name server that is in another wave, or outside the fleet, before the first moves.
rule-fleet-name-servers-verify = getent hosts answers on a client while the server is away.
finding-fleet-name-servers = { $n ->
    [one] { $clients } asks
   *[other] { $n } hosts ({ $clients }) ask
} only { $servers } for names, and nobody answers while that moves.

rule-fleet-directory-servers-title = Hosts would be without their directory
rule-fleet-directory-servers-remedy = Name a second server that is in another wave; see that SSSD may use its cache for as long as the move takes.
rule-fleet-directory-servers-verify = A directory user logs in to a client while the server is away.
finding-fleet-directory-servers = { $n ->
    [one] { $clients } knows
   *[other] { $n } hosts ({ $clients }) know
} only { $servers } for users and tickets.

rule-fleet-mail-relays-title = Hosts send all their mail through a host that moves
rule-fleet-mail-relays-remedy = Move it when little mail is sent; mail waits in the queues of the clients. See that the new relay lets their addresses in (mynetworks).
rule-fleet-mail-relays-verify = postqueue -p on a client is empty after the move.
finding-fleet-mail-relays = { $n ->
    [one] { $clients } sends
   *[other] { $n } hosts ({ $clients }) send
} mail only through { $servers }.

rule-fleet-log-collectors-title = Hosts send their logs to a host that moves
rule-fleet-log-collectors-remedy = Give rsyslog a queue on disk on the clients (queue.type="LinkedList" queue.filename="..."), so that nothing is lost; what is sent by UDP is.
rule-fleet-log-collectors-verify = A marked line from each client arrives after the move.
finding-fleet-log-collectors = { $n ->
    [one] { $clients } sends
   *[other] { $n } hosts ({ $clients }) send
} logs only to { $servers }.

rule-fleet-file-servers-title = Hosts mount files from a host that moves
rule-fleet-file-servers-remedy = Unmount before the cutover, or give each export a fixed fsid and the new server the same address; programs that write meanwhile hang until it answers.
rule-fleet-file-servers-verify = stat on a mounted file answers after the move, without "Stale file handle".
finding-fleet-file-servers = { $n ->
    [one] { $clients } mounts
   *[other] { $n } hosts ({ $clients }) mount
} from { $servers }.

rule-fleet-monitoring-servers-title = Agents accept and ask a monitoring server that moves
rule-fleet-monitoring-servers-remedy = Move the Zabbix server before its agents: an agent may be older than the server, never newer. Declare an edge if the plan does not do so.
rule-fleet-monitoring-servers-verify = Each agent has values within two intervals of the server's move.
finding-fleet-monitoring-servers = { $n ->
    [one] { $clients } is
   *[other] { $n } hosts ({ $clients }) are
} watched only by { $servers }.

rule-fleet-accepts-by-address-title = A host lets others in by their single address
rule-fleet-accepts-by-address-remedy = The new machine has an address of its own until the cutover: open the place to it before the move if it must get through earlier (replication, checks), and take it away afterwards.
rule-fleet-accepts-by-address-verify = The moved host gets through from its service address.
finding-fleet-accepts-by-address = { $host } lets in { $clients } by address ({ $place }).

# Where the new machine's packages come from

rule-packages-no-repositories-title = No repository for the new machine
rule-packages-no-repositories-remedy = Declare under [[repositories]] in rockhop.toml what this host's successor installs from, and switch it on.
rule-packages-no-repositories-verify = dnf repolist on the new host lists the declared repositories.
finding-packages-no-repositories = rockhop.toml declares repositories, and none that is on is for this host.

rule-packages-base-repositories-title = BaseOS or AppStream is not among the new machine's repositories
rule-packages-base-repositories-remedy = Declare it under [[repositories]] in rockhop.toml. Where a mirror of your own has it by another name, write holds = ["baseos", "appstream"] into that row.
rule-packages-base-repositories-verify = dnf repolist on the new host lists a repository with the packages of BaseOS and one with those of AppStream.
finding-packages-base-repositories = No declared repository that is on is { $repository }, or says that it holds it.

rule-packages-repository-twice-title = A repository is declared twice
rule-packages-repository-twice-remedy = Keep one of the rows in rockhop.toml, or give the other one an id of its own.
rule-packages-repository-twice-verify = dnf repolist on the new host warns of no repository that is listed more than once.
finding-packages-repository-twice = { $repository } is declared more than once for this host.

rule-packages-repository-missing-title = A repository that nobody is known to define
rule-packages-repository-missing-remedy = Give the repository an address in rockhop.toml, or declare the one that has its packages and write the missing name into its holds.
rule-packages-repository-missing-verify = dnf repolist on the new host lists it, and dnf makecache answers.
finding-packages-repository-missing-undefined = { $repository } is declared without an address, and no Rocky Linux 9 defines it by itself.
finding-packages-repository-missing-mapped = By Leapp's map { $repository } goes on as { $follows }; nothing of that is declared for the new machine.
finding-packages-repository-missing-unplaced = Leapp's events take packages from { $repository }, which nobody knows on Rocky Linux 9: { $names }.

rule-packages-repository-key-missing-title = A repository of the new machine without a signing key
rule-packages-repository-key-missing-remedy = Put the key's file into the project and name it there: gpgkey = "keys/RPM-GPG-KEY-site".
rule-packages-repository-key-missing-verify = dnf install on the new host takes a package from it without a question about keys.
finding-packages-repository-key-missing = Signatures of { $repository } are to be looked at, and no key is given; the first installation from it fails.

rule-packages-repository-key-unknown-title = A signing key that nobody has looked at
rule-packages-repository-key-unknown-remedy = Fetch the key once, compare its fingerprint with the one that the maker publishes, and put its file into the project: gpgkey = "keys/RPM-GPG-KEY-site". It then goes onto the machine with the plan that is signed.
rule-packages-repository-key-unknown-verify = rpm -q gpg-pubkey on the new host names only keys whose fingerprints somebody compared.
finding-packages-repository-key-unknown-fetched = The key of { $repository } is whatever { $key } answers when the machine asks.
finding-packages-repository-key-unknown-file = The key of { $repository } is to be { $key }, a file that no fresh Rocky Linux 9 has.

rule-packages-repository-unchecked-title = Signatures of a repository are not looked at
rule-packages-repository-unchecked-remedy = Take gpgcheck = false out of rockhop.toml and give the key. Sign the packages first where they are your own.
rule-packages-repository-unchecked-verify = rpm -K on a package from it says digests signatures OK on the new host.
finding-packages-repository-unchecked = gpgcheck is off for { $repository }: whoever can write there, or stands on the way, decides what is installed.

rule-packages-repository-off-title = Packages from a repository that the new machine does not have on
rule-packages-repository-off-remedy = Declare the repository under [[repositories]] in rockhop.toml: id = "crb" is enough for one of Rocky's own, others need their address. Where a declared one has the packages, write the name into its holds.
rule-packages-repository-off-verify = dnf repolist on the new host lists it, and dnf repoquery finds each of the packages.
finding-packages-repository-off = { $n ->
    [one] { $n } package comes from { $repository }, which is not on: { $names }.
   *[other] { $n } packages come from { $repository }, which is not on: { $names }.
}

rule-packages-unmapped-repositories-title = A repository of the old host on which none is known to follow
rule-packages-unmapped-repositories-remedy = Find out whether its packages are built for EL 9. Then declare that repository under [[repositories]] in rockhop.toml and write the old one's id into its holds. Each package without a successor is named by a rule of its own.
rule-packages-unmapped-repositories-verify = dnf repolist on the new host lists what took its place, or nothing that is needed came from it.
finding-packages-unmapped-repositories = { $repository } ({ $address }) is on, and nothing says what follows on it.

rule-packages-repositories-unsaid-title = Nobody says what the new machines install from
rule-packages-repositories-unsaid-remedy = Declare the repositories under [[repositories]] in rockhop.toml, and they are judged before anything moves. Otherwise the plan looks on each new machine whether every package can be had, before the old host is touched.
rule-packages-repositories-unsaid-verify = The step build.repositories ends well on every new machine.
finding-packages-repositories-unsaid = rockhop.toml declares no repositories; what the new machine installs from is up to whoever makes it.

## What stands beside the packages

rule-packages-census-title = No census, or an old one
rule-packages-census-remedy = Run `rockhop census` on the host. It counts what no package owns, at the lowest priority; the rules that look there have not been asked.
rule-packages-census-verify = `rockhop assess` no longer names the rule for the host.
finding-packages-census = The census is { $days } days older than the survey.
rule-packages-census-scope-title = Folders that the census did not walk
rule-packages-census-scope-remedy = Walk those that hold programs or sources: `rockhop census --also FOLDER`. Folders of data need not be walked; what lies on another machine is looked at there.
rule-packages-census-scope-verify = The next census names the folder among those that it walked, or somebody has said that it holds data only.
finding-packages-census-scope = Nobody asked for these folders, and what stands there is unknown: { $folders }.
finding-packages-census-scope-elsewhere = These folders lie on another machine, and were not walked: { $folders }.

rule-packages-lost-libraries-title = Programs outside rpm that will not find their libraries
rule-packages-lost-libraries-remedy = Build the program for EL 9, or get its maker's build for EL 9. Where EL 9 has the library in a package of its own, install that package. Do not copy a library of EL 7 across: nobody mends it any more.
rule-packages-lost-libraries-verify = ldd of the program names no library as "not found" on the new host; a program that you do not trust is looked at with readelf -d.
finding-packages-lost-libraries = EL 9 has no { $library } (it has { $instead }), and { $n ->
    [one] one program or library outside rpm asks for it
   *[other] { $n } programs and libraries outside rpm ask for it
}: { $files }.
finding-packages-lost-libraries-asked = { $library } comes from { $instead } on EL 9, which nothing installs by itself, and { $n ->
    [one] one program or library outside rpm asks for it
   *[other] { $n } programs and libraries outside rpm ask for it
}: { $files }.
finding-packages-lost-libraries-missing = Nothing on the host has { $library }, and { $n ->
    [one] one program or library outside rpm asks for it
   *[other] { $n } programs and libraries outside rpm ask for it
}: { $files }.

rule-packages-pip-modules-title = Python packages from outside rpm
rule-packages-pip-modules-remedy = Make the environment anew on EL 9 with its Python 3.9 or a later one: write the list with pip freeze, try it, build what is compiled. What is for Python 2 has to be ported first. Do not copy site-packages across.
rule-packages-pip-modules-verify = pip check is silent on the new host, and the program that uses the environment passes its tests.
finding-packages-pip-modules = { $folder } has { $n ->
    [one] one package
   *[other] { $n } packages
} that no rpm brought, built for the Python of EL 7: { $names }.
finding-packages-pip-modules-python2 = { $folder } has { $n ->
    [one] one package
   *[other] { $n } packages
} for Python 2, which EL 9 has not: { $names }.

rule-packages-cpan-modules-title = Perl modules from outside rpm
rule-packages-cpan-modules-remedy = Look for each module among EL 9's packages first (dnf provides 'perl(Foo::Bar)'). What is not there is built anew from CPAN under Perl 5.32; compiled modules of EL 7 do not load.
rule-packages-cpan-modules-verify = perl -MFoo::Bar -e 1 says nothing for each of them on the new host.
finding-packages-cpan-modules = CPAN installed { $n ->
    [one] one distribution
   *[other] { $n } distributions
}: { $names }.
finding-packages-cpan-modules-folder = { $folder } has { $n ->
    [one] one module
   *[other] { $n } modules
} that no package owns.

rule-packages-unpacked-java-title = Old Java that somebody unpacked
rule-packages-unpacked-java-remedy = Run the application on Java 8 or later, from EL 9's packages or the maker's build. A Java before 8u372 does not see the memory limit of its service: set -Xmx.
rule-packages-unpacked-java-verify = java -version of the running process names 8 or later on the new host.
finding-packages-unpacked-java = { $folder } is Java { $version }, which EL 9 has no successor of the same version for.
finding-packages-unpacked-java-unsaid = { $folder } does not say which Java it is; the makers' builds of Java 6 and earlier do not.

rule-packages-replaced-files-title = Packaged programs that were replaced by hand
rule-packages-replaced-files-remedy = Find out who replaced them, and why. On the new host the packages bring their own files: what was mended or added by hand is gone, and a file that is missing here is there again.
rule-packages-replaced-files-verify = Somebody has said of each of them that EL 9's own file will do, or its replacement is built for EL 9.
finding-packages-replaced-files = Not as the packages brought them ({ $n }): { $files }.
finding-packages-replaced-files-missing = Brought by packages and removed since ({ $n }): { $files }.

rule-security-key-stores-title = Key stores that OpenSSL 3 does not open
rule-security-key-stores-remedy = Export the store anew with AES-256 while the old host stands: read it there, write it with openssl pkcs12 -export on EL 9. Programs in Java read both forms.
rule-security-key-stores-verify = openssl pkcs12 -in FILE -noout ends with 0 on the new host, without -legacy.
finding-security-key-stores = Made with RC2, RC4 or DES, which OpenSSL 3 has only with its legacy provider: { $files }.

rule-security-openssl-enc-elsewhere-title = Scripts that call openssl enc, wherever they lie
rule-security-openssl-enc-elsewhere-remedy = Find out whether they still run. Add -md md5 where old files are decrypted; write new ones with -pbkdf2 and a fixed -md on both sides.
rule-security-openssl-enc-elsewhere-verify = On the new host, decrypt one real old file with the script and compare its checksum.
finding-security-openssl-enc-elsewhere = { $n ->
    [one] One script makes
   *[other] { $n } scripts make
} a key from a password with openssl enc, without saying the digest; what EL 7 wrote does not open on EL 9: { $files }.

rule-services-python2-elsewhere-title = Python 2 scripts outside the usual folders
rule-services-python2-elsewhere-remedy = Find out whether they still run; port those that do to Python 3. EL 9 has no Python 2 and no bare python.
rule-services-python2-elsewhere-verify = python3 -m py_compile accepts each of them, and it runs on the new host.
finding-services-python2-elsewhere = { $n ->
    [one] One script asks
   *[other] { $n } scripts ask
} for Python 2 or a bare python: { $files }.

rule-services-perl-elsewhere-title = Perl programs that no package owns
rule-services-perl-elsewhere-remedy = Check each with perl -c under Perl 5.32: the current folder is no longer searched for modules, and an unescaped brace in a pattern is an error.
rule-services-perl-elsewhere-verify = perl -c on the new host says "syntax OK" for each of them, and a run does its work.
finding-services-perl-elsewhere = { $n ->
    [one] One program is
   *[other] { $n } programs are
} in Perl: { $files }.

rule-services-systemd-images-title = Container images with systemd inside
rule-services-systemd-images-remedy = Make the image anew from EL 8 or later, or with one service as its first process. The systemd of EL 7 does not start on cgroup v2, which is EL 9's default.
rule-services-systemd-images-verify = A container of the image is healthy on the new host.
finding-services-systemd-images = These images start systemd: { $images }.

rule-web-htaccess-php-title = Settings of PHP in .htaccess
rule-web-htaccess-php-remedy = Put them into the pool of php-fpm (php_admin_value[...]) or into a .user.ini beside the application, and take them out of .htaccess. Without mod_php, Apache answers 500 for the folder.
rule-web-htaccess-php-verify = A page of that folder answers 200 on the new host, and phpinfo shows the value.
finding-web-htaccess-php = { $file } sets { $settings }; without mod_php its folder answers 500.

rule-web-php-gone-functions-title = PHP calls functions that are gone
rule-web-php-gone-functions-remedy = Replace them: mysqli or PDO for mysql_*, preg_* for ereg* and split, openssl or sodium for mcrypt_*, foreach for each, a closure for create_function. php -l does not find them: they fail when they are called. Calls that only an old PHP reaches may stay.
rule-web-php-gone-functions-verify = Recorded requests give the same answers on the new host, and the error log has no "undefined function".
finding-web-php-gone-functions = PHP 8 has no { $functions }; called { $n ->
    [one] once
   *[other] { $n } times
}: { $places }.

rule-web-php-syntax-title = PHP that PHP 8 does not parse
rule-web-php-syntax-remedy = Edit the sources: $s[0] in place of $s{"{"}0{"}"}, one default in a switch, no & before an argument of a call. Sources that nothing loads may stay.
rule-web-php-syntax-verify = php -l of EL 9's PHP accepts every source that is loaded.
finding-web-php-syntax-offset-braces = $s{"{"}0{"}"} does not parse; { $n ->
    [one] one place
   *[other] { $n } places
}: { $places }.
finding-web-php-syntax-two-defaults = A switch with two default does not parse; { $n ->
    [one] one place
   *[other] { $n } places
}: { $places }.
finding-web-php-syntax-call-time-reference = An argument that is passed with & in the call does not parse; { $n ->
    [one] one place
   *[other] { $n } places
}: { $places }.

### 评估的说法：每条检查规则的标题、整改与验证方法，以及每项检查结果的句子。

## 评估用词

severity-blocks = 阻断
severity-warns = 警告
severity-informs = 提示
area-platform = 平台
area-storage = 存储
area-kernel = 内核
area-network = 网络
area-security = 安全
area-packages = 软件包
area-services = 服务
area-accounts = 账号
area-web = Web
area-cache = 缓存
area-database = 数据库
area-monitoring = 监控
area-fleet = 机群
evidence-tried = 用真实工具验证
evidence-source = 查阅源码
evidence-reported = 他人报告
evidence-documented = 厂商文档
evidence-known = 业内常识
readiness-arrived = 已到达
readiness-ready = 可以迁移
readiness-after-remedies = 整改后可迁移
readiness-not-known = 信息不足
readiness-blocked = 阻断

## 豁免

waiver-state-applied = 已生效
waiver-state-unused = 已不需要
waiver-state-expired = 已过期，不再生效
waiver-no-owner = 对 { $rule } 的豁免没有责任人，请写明由谁负责。
waiver-no-reason = 对 { $rule } 的豁免没有理由，请写明为何可以接受。
waiver-no-hosts = 对 { $rule } 的豁免没有主机，请列出主机，或写 "all"。
waiver-no-such-rule = 没有检查规则 { $rule }，最接近的是 { $nearest }。

## 规则手册：docs/rules.md 与 rockhop rules。

rulebook-title = 迁移评估检查规则
rulebook-how = 每条规则检查一台主机或整个机群的主机事实。检查结果分三级：阻断（处置或豁免之前主机不得迁移）、警告（须有人作出决定）、提示。规则无法检查时结果为未知；原本会阻断的规则，未知同样阻断。存在阻断项时 `rockhop assess` 以 2 退出。
rulebook-waivers = 豁免须写明规则、主机、责任人、理由和截止日期，缺一不可。过期的豁免不再生效，并会在报告中列出。
rulebook-policy = 项目可在 `[policy.severity]` 中提高规则的级别，但不能降低。
rulebook-evidence = 规则的依据；仅凭业内常识的规则不会阻断主机：
rulebook-count = 单机规则 { $host } 条，机群规则 { $fleet } 条。
rulebook-row = { $name }：{ $value }
rulebook-severity = 级别
rulebook-founded = 依据
rulebook-sources = 来源
rulebook-looks-at = 检查的主机事实
rulebook-places = 查找的文件
rulebook-strategies = 适用的迁移方式
rulebook-example = 示例
rulebook-remedy = 处置
rulebook-command = 命令
rulebook-by-machine = 可由程序执行
rulebook-verify = 验证

## 平台

rule-platform-release-title = 系统不是 CentOS 7
rule-platform-release-remedy = Rockhop 只迁移 EL 7 主机。请将该主机移出清单，或先升级到 EL 7.9。
rule-platform-release-verify = /etc/os-release 中的版本为 7。
finding-platform-release = 主机运行的是 { $release }。

rule-platform-arch-title = Rocky 9 不支持该处理器架构
rule-platform-arch-remedy = 将服务迁到 x86-64 或 64 位 Arm 的机器上。
rule-platform-arch-verify = 在新主机上执行 uname -m，输出为 x86_64 或 aarch64。
finding-platform-arch = 处理器架构为 { $arch }。

rule-platform-cpu-level-title = 处理器低于 x86-64-v2
rule-platform-cpu-level-remedy = 为虚拟机选择更新的 CPU 型号（Nehalem 及以上，或 host-passthrough），或更换硬件；软件上无法绕过。
rule-platform-cpu-level-verify = 在新主机上执行 /lib64/ld-linux-x86-64.so.2 --help，x86-64-v2 显示为 supported。
finding-platform-cpu-level = { $model } 缺少 { $missing }，EL 9 的第一个进程就无法启动。

rule-platform-memory-title = 内存不足以运行 EL 9
rule-platform-memory-remedy = 为机器配置至少 1.5 GiB 内存；服务需要更多时相应增加。
rule-platform-memory-verify = /proc/meminfo 中的 MemTotal 不低于 1572864 kB。
finding-platform-memory = 主机内存为 { $mib } MiB，至少需要 { $needed } MiB。

rule-platform-locales-title = EL 9 默认不安装的语言环境
rule-platform-locales-remedy = 在新主机的服务启动之前安装结果中列出的语言包（或 glibc-all-langpacks）。语言环境缺失时服务会退回 C，排序、日期格式和中文等非 ASCII 文本都会受影响。
rule-platform-locales-verify = 新主机上 locale -a 列出各服务用到的全部语言环境。
finding-platform-locales = { $file } 使用 { $locale }；在 EL 9 上由 glibc-langpack-{ $language } 提供。

rule-platform-library-paths-title = 使用了自有目录中的动态库
rule-platform-library-paths-remedy = 查明哪个程序需要这些库，并准备为 EL 9 构建的版本。旧库如果先被找到，会取代系统自带的库，导致程序崩溃或无法启动。确认库适用后，再在新主机上配置该目录。
rule-platform-library-paths-verify = 新主机上 ldconfig -p 不再列出为 EL 7 构建的库，相关程序用 ldd 检查无缺失。
finding-platform-library-paths = { $file } 将 { $names } 加入了库搜索路径。
finding-platform-library-paths-preload = { $file } 会把 { $names } 加载进每个程序。
finding-platform-library-paths-variable = { $file } 设置了 { $name }。

rule-platform-service-limits-title = 在 systemd 主配置中设置了所有服务的默认值
rule-platform-service-limits-remedy = 将该设置写入需要它的单元（LimitNOFILE=、LimitNPROC=、TasksMax=），或写入新主机 /etc/systemd/system.conf.d 下的文件。该文件本身不会迁移。
rule-platform-service-limits-verify = 新主机上 systemctl show 服务名 -p LimitNOFILE,LimitNPROC,TasksMax 不低于原值。
finding-platform-service-limits = { $file } 为所有服务设置了 { $setting }={ $value }。

rule-platform-removed-processor-title = EL 9 不支持的处理器
rule-platform-removed-processor-remedy = 将主机迁移到处理器较新的机器上，不要在这台机器上重装 EL 9。
rule-platform-removed-processor-verify = 新主机上 lscpu 显示的处理器在 EL 9 支持范围内。
finding-platform-removed-processor = EL 9 已不再支持 { $model }。

rule-platform-unmaintained-processor-title = EL 9 能运行但不再维护的处理器
rule-platform-unmaintained-processor-remedy = EL 9 可以在其上运行，但不再修复与之相关的缺陷；请在下一个大版本之前安排更换。虚拟机可在虚拟化平台上选择较新的处理器型号。
rule-platform-unmaintained-processor-verify = 新主机上 lscpu 显示的处理器仍在维护范围内。
finding-platform-unmaintained-processor = EL 9 已不再维护 { $model }。

rule-platform-secure-boot-title = 已启用安全启动（Secure Boot）
rule-platform-secure-boot-remedy = 原地升级时，请先在固件中关闭安全启动，待主机运行 Rocky Linux 后再打开：途中内核和引导程序的签名方会改变，固件不信任的组件无法启动。全新安装时可以保持启用；第三方模块的密钥须提前导入（mokutil --import）。
rule-platform-secure-boot-verify = 迁移后 mokutil --sb-state 的结果与决定一致，且主机无需有人在控制台操作即可启动。
finding-platform-secure-boot = 固件只启动带签名的组件。

rule-platform-limits-in-force-title = 服务的资源限制未在本机单元文件中声明
rule-platform-limits-in-force-remedy = 这些限制来自软件包自带的单元、启动脚本、PAM limits 或程序自身。迁移后请对比，缺少的写入 drop-in（LimitNOFILE=、LimitNPROC=、TasksMax=）。EL 9 启动服务时打开文件数为 1024:524288，且不像 EL 7 那样把登录会话限制为 4096 个进程。
rule-platform-limits-in-force-verify = 新主机上所列服务的 /proc/PID/limits 不低于旧值。
finding-platform-limits-in-force = { $user } 的 { $service } 可打开 { $files } 个文件、启动 { $processes } 个进程，与本机多数服务不同。

## 存储

rule-storage-xfs-options-title = 使用了已被移除的 XFS 挂载选项
rule-storage-xfs-options-remedy = 从 /etc/fstab 中删除这些选项。新内核会拒绝挂载带有这些选项的文件系统，启动会停在紧急模式。
rule-storage-xfs-options-verify = mount -fav 能正确读取 /etc/fstab，且文件系统可以挂载。
finding-storage-xfs-options = { $path } 的挂载选项包含 { $options }。

rule-storage-btrfs-title = EL 9 内核不含 Btrfs
rule-storage-btrfs-remedy = 迁移前将数据复制到 XFS 或 ext4。
rule-storage-btrfs-verify = findmnt -t btrfs 没有输出。
finding-storage-btrfs = { $path } 是 Btrfs 文件系统。

rule-storage-mount-twice-title = fstab 中同一挂载点出现两次
rule-storage-mount-twice-remedy = 每个挂载点在 /etc/fstab 中只保留一行。
rule-storage-mount-twice-verify = findmnt --verify 不报错。
finding-storage-mount-twice = { $path } 在 /etc/fstab 中出现两次，其中一个会遮住另一个。

rule-storage-disk-names-title = 按磁盘设备名挂载文件系统
rule-storage-disk-names-remedy = 在 /etc/fstab 中改用 UUID 或标签。新内核并行探测磁盘，sda 可能变成 sdb。
rule-storage-disk-names-verify = findmnt --verify 无误，且 /etc/fstab 中没有以 /dev/sd、/dev/hd 或 /dev/vd 开头的行。
finding-storage-disk-names = { $path } 从 { $source } 挂载。

rule-storage-network-mounts-title = 需要重新挂载的网络文件系统
rule-storage-network-mounts-remedy = 在导出端放行新主机的地址，安装客户端，并带上 /etc/fstab 中的对应行。网络文件系统上的数据不在主机备份之内。
rule-storage-network-mounts-verify = 新主机上 findmnt 能看到该文件系统，属主与权限一致。
finding-storage-network-mounts = { $path } 挂载自 { $source }（{ $fstype }）。

rule-storage-old-mount-protocol-title = 网络文件系统使用了 EL 9 不支持的协议版本
rule-storage-old-mount-protocol-remedy = 趁主机仍运行 EL 7，改用基于 TCP 的 NFS 3/4，或 SMB 2 及以上。
rule-storage-old-mount-protocol-verify = 挂载选项中不再出现 vers=2、proto=udp 或 vers=1.0。
finding-storage-old-mount-protocol = { $path } 的挂载选项包含 { $option }。

rule-storage-room-title = 文件系统剩余空间不足
rule-storage-room-remedy = 清理旧日志与旧内核，或扩容文件系统，然后重新采集该主机。
rule-storage-room-verify = df 显示可用空间不少于 512 MiB，df -i 显示可用 inode 不少于 2%。
finding-storage-room = { $path } 可用 { $mib } MiB 或 inode 几近用尽，应至少有 { $needed } MiB。

rule-storage-lvm-title = 存在 LVM 数据卷
rule-storage-lvm-remedy = 为新主机规划同等容量的卷。重新接入 EL 9 的磁盘，须先将其卷组加入设备文件（vgimportdevices）才能识别。
rule-storage-lvm-verify = 新主机上 lvs 列出相同的卷。
finding-storage-lvm = 系统卷以外的卷：{ $paths }。

rule-storage-multipath-title = EL 9 处理方式不同的多路径设置
rule-storage-multipath-remedy = 按 EL 9 改写该文件：tur 以外的 path_checker 移到需要它的 device 段；detect_prio、detect_path_checker、retain_attached_hw_handler、reassign_maps 若无设备特别需要则从 defaults 中删除；匹配模式 "*" 改为 ".*"。
rule-storage-multipath-verify = 新主机上 multipath -t 能解析该文件，multipath -ll 显示的每个 LUN 的路径数与之前一致。
finding-storage-multipath-checker = { $file } 第 { $line } 行：defaults 对所有设备将 { $option } 设为 { $value }，EL 9 期望为 tur。
finding-storage-multipath-now-on = { $file } 第 { $line } 行：defaults 将 { $option } 设为 { $value }；EL 9 默认开启，由 device 段决定。
finding-storage-multipath-reassign = { $file } 第 { $line } 行：启用了 reassign_maps，不应再使用。
finding-storage-multipath-pattern = { $file } 第 { $line } 行：{ $option } 为 { $value }，在 EL 9 上不是有效的正则表达式。

rule-storage-multipath-new-defaults-title = 未明确设置时，多路径不再管理 NVMe 与 USB 磁盘
rule-storage-multipath-new-defaults-remedy = 若有 NVMe 或 USB 磁盘由 multipath 管理，设置 enable_foreign "^$" 与 allow_usb_devices yes。EL 9 对 NVMe 使用内核自带的多路径，建议改用它。
rule-storage-multipath-new-defaults-verify = 新主机上 multipath -ll 与 nvme list-subsys 列出所有磁盘及其全部路径。
finding-storage-multipath-new-defaults = { $file } 未设置 { $names }，它们在 EL 9 上的默认值已改变。

rule-storage-vdo-title = 不在 LVM 管理下的 VDO 卷
rule-storage-vdo-remedy = 将数据复制到新主机的文件系统（可由 LVM 创建 VDO 卷）。若要保留磁盘本身，须先在 EL 8 上用 lvm_import_vdo 转换；EL 9 没有 vdo 命令。
rule-storage-vdo-verify = 数据齐全；若仍使用 VDO，新主机上 lvs -o+vdo_operating_mode 能看到该卷。
finding-storage-vdo = { $name } 是由 vdo 管理器运行的 VDO 卷。

rule-storage-encrypted-title = 加密磁盘
rule-storage-encrypted-remedy = 确定数据在新主机上的位置以及由谁解锁：开机输入口令、密钥文件，或通过 Clevis 使用 TPM、Tang。动手之前备份 LUKS 头与密钥。原地升级时，须先将 LUKS 1 转为 LUKS 2 并绑定 TPM。
rule-storage-encrypted-verify = 新主机重启后能自行打开该卷，cryptsetup luksDump 显示 LUKS 版本 2。
finding-storage-encrypted = { $device } 上的 { $name } 已加密，需人工输入口令。
finding-storage-encrypted-key-file = { $device } 上的 { $name } 已加密，密钥在 { $file }，该文件不会迁移。

rule-storage-fstab-lines-title = fstab 中无法按本意解析的行
rule-storage-fstab-lines-remedy = 每行写四到六个字段，其后不要再有内容；注释单独成行。
rule-storage-fstab-lines-verify = findmnt --verify 无报错。
finding-storage-fstab-lines = { $file } 第 { $line } 行的字段后带有注释，或字段数不是四到六个。

rule-storage-system-mounts-title = fstab 覆盖了系统自身的文件系统
rule-storage-system-mounts-remedy = 删除该行，或改用该位置应有的类型（proc、sysfs、tmpfs、devpts）。使用其他类型时，新系统无法启动。
rule-storage-system-mounts-verify = findmnt --verify 无报错，主机重启后正常。
finding-storage-system-mounts = fstab 将 { $source }（{ $fstype }）挂载到 { $path }。

rule-storage-mount-order-title = fstab 的顺序会使挂载点被遮住
rule-storage-mount-order-remedy = 将上级目录的行写在下级目录的行之前。
rule-storage-mount-order-verify = 执行 mount -a 后 findmnt 两者都在，且下级目录可访问。
finding-storage-mount-order = { $path } 写在 { $over } 之前；依次挂载时前者会被遮住。

rule-storage-lvm-filter-title = EL 9 会忽略的 LVM 过滤器
rule-storage-lvm-filter-remedy = EL 9 用设备列表代替过滤器。在新主机上用 lvmdevices --adddev 设备 或 vgimportdevices 卷组 登记磁盘（不要用 -a），并重建 initramfs。原来被过滤掉的磁盘不应出现在列表中。
rule-storage-lvm-filter-verify = 新主机上 pvs 只显示属于本机的卷组，且没有过滤器被忽略的提示。
finding-storage-lvm-filter = lvm.conf 将 { $setting } 设为 { $value }。

rule-storage-lvm-cluster-title = 通过 clvmd 共享的卷组
rule-storage-lvm-cluster-remedy = EL 9 用 lvmlockd（sanlock 或 dlm）共享卷组。须与集群一并规划：所有成员同时切换，使用新卷组，或执行 vgchange --lock-type。
rule-storage-lvm-cluster-verify = 新主机上 vgs -o+lock_type 显示 sanlock 或 dlm；在一台上激活的卷不能在另一台上独占激活。
finding-storage-lvm-cluster = 本机 LVM 使用集群锁（clvmd 或 locking_type 3）。

rule-storage-nvme-over-fabrics-title = 通过 NVMe over Fabrics 连接的磁盘
rule-storage-nvme-over-fabrics-remedy = 将 /etc/nvme/hostnqn 与 /etc/nvme/hostid 带到接管磁盘的主机，或请存储团队放行新标识。EL 9 对 NVMe 使用内核自带的多路径。
rule-storage-nvme-over-fabrics-verify = 新主机重启后，nvme list-subsys 列出所有子系统及其全部路径。
finding-storage-nvme-over-fabrics = 正在使用网络 NVMe（{ $names }）。

rule-storage-xfs-version-4-title = 不带校验和的 XFS（第 4 版格式）
rule-storage-xfs-version-4-remedy = EL 9 挂载时给出警告，更新的内核将拒绝挂载，且无法转换格式。若保留原磁盘，请备份数据，用 mkfs.xfs 重建文件系统后恢复。
rule-storage-xfs-version-4-verify = 新主机上每个 XFS 的 xfs_info 均显示 crc=1。
finding-storage-xfs-version-4 = { $device }（{ $places }）是第 4 版格式的 XFS。

rule-storage-xfs-ftype-title = 无法存放容器的 XFS
rule-storage-xfs-ftype-remedy = 该文件系统创建时为 ftype=0，overlayfs 拒绝使用，podman 无法在其上启动容器。请用 mkfs.xfs 重建并恢复数据，或为容器存储单独准备磁盘。
rule-storage-xfs-ftype-verify = 容器存储所在文件系统的 xfs_info 显示 ftype=1，且 podman info 不报错。
finding-storage-xfs-ftype = { $place } 所在的 { $device } 是 ftype=0 的 XFS。

rule-storage-luks-unlock-title = 加密卷启动时需要有人在控制台输入口令
rule-storage-luks-unlock-remedy = 原地升级要多次重启，每次都会询问口令。请将 LUKS 1 转换为 LUKS 2（先备份头部并关闭该卷，再执行 cryptsetup convert），用 clevis luks bind 绑定 TPM 或 Tang 服务器；否则须安排人员值守控制台。
rule-storage-luks-unlock-verify = cryptsetup luksDump 显示版本 2 且有 clevis 令牌，试重启能自行启动完成。
finding-storage-luks-unlock-version-1 = { $name } 是 LUKS 1，升级过程中无法用 clevis 自动解锁。
finding-storage-luks-unlock-no-token = { $name } 是 LUKS 2，但没有 clevis 令牌。

## 内核

rule-kernel-removed-driver-title = 驱动在 EL 9 内核中已被移除
rule-kernel-removed-driver-remedy = 确认新机器使用其他控制器；不要在这台硬件上直接重装 EL 9。
rule-kernel-removed-driver-verify = 新主机上 lspci -k 为每个设备列出驱动。
finding-kernel-removed-driver = 此处在用而 EL 9 已移除的驱动：{ $drivers }。

rule-kernel-vendor-module-title = 使用了第三方内核模块
rule-kernel-vendor-module-remedy = 向厂商索取适用于 EL 9 的模块或代理，或明确决定不再使用。
rule-kernel-vendor-module-verify = 新主机上代理或设备工作正常，lsmod 列出该模块。
finding-kernel-vendor-module = 第三方内核模块：{ $modules }。

rule-kernel-crashkernel-auto-title = crashkernel=auto 在 EL 9 上不再保留内存
rule-kernel-crashkernel-auto-remedy = 需要崩溃转储时，在新主机上执行 kdumpctl reset-crashkernel --kernel=ALL 并重启。
rule-kernel-crashkernel-auto-verify = /sys/kernel/kexec_crash_size 大于 0，kdumpctl status 显示可用。
finding-kernel-crashkernel-auto = 内核启动参数包含 crashkernel=auto。

rule-kernel-elevator-title = elevator= 参数不再生效
rule-kernel-elevator-remedy = 改用 udev 规则或 tuned 配置选择调度器：noop 对应 none，deadline 对应 mq-deadline，cfq 对应 bfq。
rule-kernel-elevator-verify = cat /sys/block/*/queue/scheduler 中方括号内为期望的调度器。
finding-kernel-elevator = 内核启动参数包含 elevator={ $name }。

rule-kernel-sysctl-removed-title = 内核参数已不存在
rule-kernel-sysctl-removed-remedy = 在新主机上去掉该参数。连接跟踪上限改用 net.netfilter.nf_conntrack_max；tcp_tw_recycle 没有替代项，也不需要替代。
rule-kernel-sysctl-removed-verify = 新主机上 sysctl --system 不报错。
finding-kernel-sysctl-removed = { $file } 中设置了 { $key } = { $value }。

rule-kernel-sysctl-needs-module-title = 内核参数依赖先加载的模块
rule-kernel-sysctl-needs-module-remedy = 在 /etc/modules-load.d 中写入该模块，使启动时应用参数之前模块已加载。
rule-kernel-sysctl-needs-module-verify = 重启后用 sysctl 读回，数值符合预期。
finding-kernel-sysctl-needs-module = { $file } 中设置了 { $key } = { $value }，需先加载模块 { $module }。

rule-kernel-cgroup-tools-title = 通过 cgconfig/cgred 设置资源限制
rule-kernel-cgroup-tools-remedy = 改写为 systemd slice 与单元设置（MemoryMax=、CPUWeight=）。EL 9 使用 cgroup v2，且没有 libcgroup。
rule-kernel-cgroup-tools-verify = systemctl show 能读回每个服务的限制。
finding-kernel-cgroup-tools = { $unit } 设置的限制 EL 9 无法识别。

rule-kernel-own-parameters-title = 本机自有的内核参数
rule-kernel-own-parameters-remedy = 逐个确认是否仍有意义，需要的在新主机上用 grubby --update-kernel=ALL --args="..." 添加。在 EL 9 上修改 GRUB_CMDLINE_LINUX 对已安装的内核不起作用。
rule-kernel-own-parameters-verify = 新主机的 /proc/cmdline 含有全部决定保留的参数。
finding-kernel-own-parameters = 内核启动参数含有 { $names }。

rule-kernel-boot-entries-title = 自定义的启动项
rule-kernel-boot-entries-remedy = 若仍需要该启动项，在 EL 9 上写成 /boot/loader/entries 下的文件，或写入新主机的 /etc/grub.d/40_custom。
rule-kernel-boot-entries-verify = 新主机的启动菜单或 grubby --info=ALL 能看到该项。
finding-kernel-boot-entries = { $file } 从第 { $line } 行起含有自定义启动项。

rule-kernel-scheduler-names-title = EL 9 内核中已没有的 I/O 调度器
rule-kernel-scheduler-names-remedy = noop 改为 none，deadline 改为 mq-deadline，cfq 改为 bfq；也可以不设置，内核对多数磁盘的选择是合适的。
rule-kernel-scheduler-names-verify = 新主机上 cat /sys/block/*/queue/scheduler 方括号内为所需的调度器。
finding-kernel-scheduler-names = { $file } 第 { $line } 行使用 { $name }。

rule-kernel-merged-modules-title = 已并入其他模块的内核模块
rule-kernel-merged-modules-remedy = nf_conntrack_ipv4、nf_conntrack_ipv6 改为 nf_conntrack，nf_nat_ipv4、nf_nat_ipv6 改为 nf_nat，ip_conntrack_ftp 改为 nf_conntrack_ftp。找不到的模块会使 systemd-modules-load 失败。
rule-kernel-merged-modules-verify = 新主机上 systemd-modules-load 状态正常，lsmod 能看到该模块。
finding-kernel-merged-modules = { $file } 使用了 { $module }。

rule-kernel-module-scripts-title = EL 9 不再执行的模块加载脚本
rule-kernel-module-scripts-remedy = 将模块名写入 /etc/modules-load.d 下的文件，模块参数写入 /etc/modprobe.d。
rule-kernel-module-scripts-verify = 新主机重启后 lsmod 能看到该模块。
finding-kernel-module-scripts = { $file } 只有 EL 7 会在启动时执行。

rule-kernel-cgroup-paths-title = 使用 cgroup v1 的脚本或单元
rule-kernel-cgroup-paths-remedy = 改用 systemd 设置限制（MemoryMax=、CPUWeight=、systemd-run --scope -p ...），从单元自己的目录读取用量（memory.current、cpu.stat）。一时无法修改的，可暂用内核参数 systemd.unified_cgroup_hierarchy=0。
rule-kernel-cgroup-paths-verify = 新主机上 systemctl show 服务名 -p MemoryMax,CPUWeight 显示限制已生效，脚本运行无误。
finding-kernel-cgroup-paths = { $file } 使用了 { $what }。

rule-kernel-unmaintained-driver-title = EL 9 保留但不再维护的驱动
rule-kernel-unmaintained-driver-remedy = 该硬件目前在 EL 9 上可用。请在下一个大版本之前安排更换；虚拟机可改用更新的网卡或磁盘控制器型号（virtio、vmxnet3）。
rule-kernel-unmaintained-driver-verify = 新主机上 lspci -k 显示各设备使用的都是仍在维护的驱动。
finding-kernel-unmaintained-driver = 正在使用：{ $names }。

rule-kernel-removed-device-title = EL 9 的驱动不再支持的设备
rule-kernel-removed-device-remedy = 驱动本身仍在，但已不再支持该型号。确认新机器使用其他控制器或网卡，不要在这台硬件上直接重装 EL 9；确需保留时，可从 ELRepo 取得驱动（kmod-*），并在首次启动前加入 initramfs。
rule-kernel-removed-device-verify = 新主机上 lspci -nnk 为每个控制器和网卡列出在用驱动。
finding-kernel-removed-device = { $slot }（{ $id }）不再受驱动 { $driver } 支持。

rule-kernel-unmaintained-device-title = EL 9 支持但不再维护的设备
rule-kernel-unmaintained-device-remedy = 该设备目前在 EL 9 上可用，请在下一个大版本之前安排更换。
rule-kernel-unmaintained-device-verify = 新主机上 lspci -nnk 显示各控制器和网卡均在维护范围内。
finding-kernel-unmaintained-device = { $slot }（{ $id }）由驱动 { $driver } 支持，但已不再维护。

## 网络

rule-network-nic-names-title = 网卡名称会改变
rule-network-nic-names-remedy = 配置按 MAC 地址或新名称书写；如需保留原名，在新主机上用匹配 MAC 地址的 .link 文件指定。
rule-network-nic-names-verify = 连续两次重启后，ip -o link 的名称均符合预期。
finding-network-nic-names = 以下网卡的名称会改变：{ $names }。

rule-network-several-eth-title = 多块网卡使用内核名称
rule-network-several-eth-remedy = 按 MAC 地址为每块网卡指定独立名称（如 net0、net1）。新内核下 eth0 与 eth1 的先后顺序不确定。
rule-network-several-eth-verify = 连续五次重启后，名称与 MAC 地址的对应关系不变。
finding-network-several-eth = 可能互换的网卡：{ $names }。

rule-network-names-in-config-title = 配置文件中写有网卡名称
rule-network-names-in-config-remedy = 迁移该文件时替换为新名称。
rule-network-names-in-config-verify = 新主机 /etc 下不再出现旧名称。
finding-network-names-in-config = { $file } 中写有 { $name }。

rule-network-scripts-title = 网络由 network-scripts 配置
rule-network-scripts-remedy = 新主机由 NetworkManager 配置。请确认其连接的地址、路由与 DNS 与原来一致。
rule-network-scripts-verify = 新主机重启后，ip address、ip route 与 /etc/resolv.conf 一致。
finding-network-scripts-service = 网卡由 network 服务配置，EL 9 中没有该服务。
finding-network-scripts-unmanaged = { $file } 通过 NM_CONTROLLED 禁止 NetworkManager 接管，在 EL 9 上该网卡不会启用。

rule-network-ifcfg-type-title = NetworkManager 无法接管的接口类型
rule-network-ifcfg-type-remedy = 在新主机上手工编写对应的 NetworkManager 连接并测试，然后豁免此项。
rule-network-ifcfg-type-verify = nmcli -f NAME,TYPE connection 能列出该连接，且重启后流量正常。
finding-network-ifcfg-type = { $file } 的类型为 { $type }。

rule-network-team-title = 网络 team 已弃用
rule-network-team-remedy = 新主机改用 bond。
rule-network-team-verify = 逐一断开每条链路，地址始终可达。
finding-network-team = { $file } 描述的是 team。

rule-network-dhcp-client-id-title = DHCP 客户端标识的发送方式不同
rule-network-dhcp-client-id-remedy = 将标识写成十六进制字节（如 77:65:62），或在 DHCP 服务器上按 MAC 地址分配。
rule-network-dhcp-client-id-verify = 新主机获得相同的地址。
finding-network-dhcp-client-id = { $file } 发送的客户端标识为 { $id }。

rule-network-routes-title = 静态路由与策略路由
rule-network-routes-remedy = 将其写入新主机的连接配置（routes=、routing-rules=）。
rule-network-routes-verify = 新主机重启后，ip route show table all 与 ip rule 一致。
finding-network-routes-file = { $file } 以 network-scripts 的格式保存路由或规则。
finding-network-routes-live = 到 { $to } 的流量经由 { $via }。

rule-network-tcp-wrappers-title = hosts.allow 与 hosts.deny 不再起保护作用
rule-network-tcp-wrappers-remedy = 改写为等效的防火墙规则，并分别从允许与拒绝的地址测试，然后清空这两个文件或豁免此项。否则服务会对所有人开放。
rule-network-tcp-wrappers-verify = 在新主机上，来自被拒绝地址的连接失败，来自允许地址的连接成功。
finding-network-tcp-wrappers = 有 { $n } 条规则限制访问（第一条：{ $first }），EL 9 不再读取。

rule-network-xinetd-title = xinetd 已不存在
rule-network-xinetd-remedy = 改为 systemd socket 与服务模板；only_from 改写为 IPAddressAllow= 或防火墙规则。
rule-network-xinetd-verify = 新主机上端口可用，且只对允许的来源开放。
finding-network-xinetd = { $service } 由 xinetd 启动。

rule-network-firewall-rules-title = 需要迁移的 iptables 规则
rule-network-firewall-rules-remedy = 规则将以 nftables 规则的形式迁移。请核对规则数量，并分别从允许与拒绝的地址测试。
rule-network-firewall-rules-verify = 新主机上 nft list ruleset 的规则数量一致，各端口的可达性一致。
finding-network-firewall-rules = 当前生效的 iptables 规则有 { $n } 条。

rule-network-firewall-lost-title = 转换工具会丢失的 iptables 规则
rule-network-firewall-lost-remedy = 手工改写为 nftables 规则（set、meter 或 ct count）并测试，然后豁免此项。
rule-network-firewall-lost-verify = 新主机的 nft list ruleset 中有该规则，且效果不变。
finding-network-firewall-lost = 转换工具会丢弃或误读“{ $what }”：{ $rule }

rule-network-ntp-title = ntpd 改为 chronyd
rule-network-ntp-remedy = 将时间服务器写入 /etc/chrony.conf；如有其他主机向本机对时，添加 allow 行。
rule-network-ntp-verify = chronyc sources 显示服务器可达，chronyc tracking 偏差很小。
finding-network-ntp = { $daemon } 与 { $servers } 对时，EL 9 使用 chronyd。

rule-network-ntp-reference-clock-title = ntpd 使用了硬件参考时钟
rule-network-ntp-reference-clock-remedy = 在 chrony.conf 中用 refclock 描述该时钟，或改用其他时间服务器。
rule-network-ntp-reference-clock-verify = chronyc sources 列出该时钟且可达。
finding-network-ntp-reference-clock = /etc/ntp.conf 第 { $line } 行使用参考时钟 { $clock }，转换时会被丢弃。

rule-network-no-time-source-title = 没有时间同步服务
rule-network-no-time-source-remedy = 为新主机配置时间服务器。证书、日志以及报告中的指标都依赖时钟。
rule-network-no-time-source-verify = chronyc tracking 显示 Leap status 为 Normal。
finding-network-no-time-source = 没有活动的时间同步服务。

rule-network-hooks-title = EL 9 不再执行的网络钩子脚本
rule-network-hooks-remedy = 将脚本的功能写成 /etc/NetworkManager/dispatcher.d 下的脚本（属主 root，权限 0755，参数为接口名与动作），或改为连接本身的设置。
rule-network-hooks-verify = 新主机重启后，脚本原有的效果（路由、网卡卸载、队列、防火墙规则）依然存在。
finding-network-hooks = { $file } 在接口启停时执行，NetworkManager 不会调用它。

rule-network-udev-names-title = 由 udev 规则指定的网卡名
rule-network-udev-names-remedy = 改用 .link 文件命名：/etc/systemd/network/10-名称.link，写 [Match] MACAddress= 与 [Link] Name=，MAC 为新机器的地址；或者让配置改用 EL 9 给出的名称。
rule-network-udev-names-verify = 新主机重启两次后，ip -o link 的名称仍符合预期。
finding-network-udev-names = { $file } 将网卡命名为 { $name }。

rule-network-ifcfg-options-title = 须在 keyfile 中逐项书写的接口选项
rule-network-ifcfg-options-remedy = 将每个选项写入结果中指明的 keyfile 段（ethtool.feature-gro、ethtool.ring-rx、bond 选项、bridge.priority 等）；没有对应键的选项写成 dispatcher 脚本。
rule-network-ifcfg-options-verify = 新主机上 ethtool -k、ethtool -g、/proc/net/bonding/* 与 bridge -d link 的结果与之前一致。
finding-network-ifcfg-options = { $file } 含 { $setting }={ $value }，应写入 { $section }。

rule-network-wep-title = 使用 WEP 的无线网络
rule-network-wep-remedy = 将无线网络改为 WPA2 或 WPA3，或改用有线连接。EL 9 无法接入 WEP 网络。
rule-network-wep-verify = 新主机上 nmcli connection up 连接名 成功。
finding-network-wep = { $file } 以 WEP 接入无线网络。

rule-network-networkmanager-off-title = NetworkManager 已关闭
rule-network-networkmanager-off-remedy = 在 EL 9 上只有 NetworkManager 能配置网卡。新主机的连接交由它管理；安装 NetworkManager-config-server 可避免其自动生成连接；只有在没有服务等待网络时才停用 NetworkManager-wait-online。
rule-network-networkmanager-off-verify = 新主机上 systemctl is-enabled NetworkManager 为 enabled，重启后 nmcli device 显示各网卡均已连接。
finding-network-networkmanager-off = NetworkManager.service 已停用，网卡由 network-scripts 配置。

rule-network-dhclient-title = EL 9 不使用的 dhclient 设置
rule-network-dhclient-remedy = EL 9 的 NetworkManager 自带 DHCP 客户端，不读取这些文件。将其内容写入连接（ipv4.dns、ipv4.ignore-auto-dns、ipv4.dhcp-hostname、ipv4.dhcp-client-id），钩子写入 /etc/NetworkManager/dispatcher.d。
rule-network-dhclient-verify = 新主机重启后，租约、域名解析与主机名均符合预期。
finding-network-dhclient = { $file } 改变了 DHCP 客户端的行为。

rule-network-resolver-options-title = 域名解析选项
rule-network-resolver-options-remedy = EL 9 的 /etc/resolv.conf 由 NetworkManager 生成。将选项写入连接（ipv4.dns-options），或设置 dns=none 关闭其生成并带上该文件。
rule-network-resolver-options-verify = 新主机重启后 /etc/resolv.conf 含有这些选项，首个 DNS 服务器不可用时仍能解析。
finding-network-resolver-options = /etc/resolv.conf 设置了 { $names }。

rule-network-firewalld-zone-drifting-title = 数据包在 firewalld 区域间漂移，EL 9 不再允许
rule-network-firewalld-zone-drifting-remedy = 趁旧主机仍可观察时设置 AllowZoneDrifting=no，并为每个源地址区域补全其客户端用到的服务：此前源区域未决定的数据包会继续交给接口所属区域处理。
rule-network-firewalld-zone-drifting-verify = 各源地址的客户端能访问原来的服务且不能访问其他服务；每个源至少用一个地址验证。
finding-network-firewalld-zone-drifting = AllowZoneDrifting 已开启，且以下区域按源地址接收数据包：{ $zones }。

rule-network-firewalld-tftp-client-title = firewalld 的 tftp-client 服务已移除
rule-network-firewalld-tftp-client-remedy = 改用 tftp 服务；若无人使用 TFTP 则删除。EL 9 的 firewalld 不会加载引用未知服务的区域。
rule-network-firewalld-tftp-client-verify = 新主机上 firewall-cmd --check-config 返回 success。
finding-network-firewalld-tftp-client = { $file } 引用了 tftp-client 服务。

rule-network-firewalld-direct-title = firewalld 的直接规则
rule-network-firewalld-direct-remedy = 尽量改写为富规则或策略。直接规则已弃用；在 EL 9 上它们进入 iptables，而区域使用 nftables，因此直接规则放行的数据包仍可能被区域丢弃。
rule-network-firewalld-direct-verify = 从规则涉及的各方分别验证：原来放行的仍放行，原来拒绝的仍拒绝。
finding-network-firewalld-direct = { $file } 中有 { $n } 条直接规则。

rule-network-firewalld-bridge-tables-title = nftables 中没有的网桥表
rule-network-firewalld-bridge-tables-remedy = EL 9 只有 ebtables 的 filter 与 nat 表。其他表（broute）中的规则改写为 bridge 族的 nftables 规则，或改用路由实现。
rule-network-firewalld-bridge-tables-verify = 新主机上 nft list ruleset 含有这些规则，经过网桥的帧走向正确。
finding-network-firewalld-bridge-tables = { $file } 在 { $names } 表中有 ebtables 规则。

rule-network-firewalld-sets-title = 类型少见的 firewalld 地址集
rule-network-firewalld-sets-remedy = 在 EL 9 主机上用 firewall-cmd --check-config 试用该集合。若类型不被接受，改为 hash:ip、hash:net 或 hash:mac，或直接写 nftables 规则。
rule-network-firewalld-sets-verify = 新主机上 firewall-cmd --info-ipset=名称 列出全部条目。
finding-network-firewalld-sets = { $file } 的类型为 { $type }。

rule-network-filter-services-title = 由 EL 9 没有的服务加载的过滤规则
rule-network-filter-services-remedy = 在新主机可被访问之前，用 nftables（bridge、arp 族与集合）或 firewalld 重写这些规则；在此之前不会有任何过滤。
rule-network-filter-services-verify = 新主机重启后 nft list ruleset 含有这些规则，应拒绝的确被拒绝。
finding-network-filter-services = { $unit } 在启动时加载其规则。

rule-network-ip6tables-title = IPv6 包过滤规则
rule-network-ip6tables-remedy = 同样转换 /etc/sysconfig/ip6tables（ip6tables-restore-translate -f），或由 firewalld 区域覆盖 IPv6。缺少这些规则时，新主机的 IPv6 地址完全开放。
rule-network-ip6tables-verify = 新主机上 nft list ruleset 含 ip6 或 inet 族的规则；从另一台主机经 IPv6 测试已关闭的端口。
finding-network-ip6tables = ip6tables 保护着 { $addresses }。

rule-network-conntrack-helpers-title = EL 9 不再自动绑定的连接跟踪助手
rule-network-conntrack-helpers-remedy = 用规则绑定助手：nftables 中定义 ct helper 对象并用 ct helper set，或使用 firewalld 的同名服务。仅加载模块不再放行数据连接。
rule-network-conntrack-helpers-verify = 经由 EL 9 主机的传输可用（主动与被动 FTP、呼叫、TFTP 下载）。
finding-network-conntrack-helpers = 已加载以下助手，且防火墙依赖关联连接：{ $names }。


rule-network-bind-options-title = BIND：已不存在的选项
rule-network-bind-options-remedy = 删除该选项；filter-aaaa 改为加载插件。BIND 9.16 会忽略其中多数，9.18 则拒绝启动。DNSSEC 应答不能再关闭：确认转发服务器返回签名，或设置 dnssec-validation no。
rule-network-bind-options-verify = 用新主机的 BIND 执行 named-checkconf -z 无报错。
finding-network-bind-options = { $file } 设置了 { $option }。


rule-network-ntp-server-title = 本机为其他主机提供时间
rule-network-ntp-server-remedy = 在 /etc/chrony.conf 中为每个网段写 allow 网段，否则 chrony 不应答任何客户端。基于 ntpq、ntpdc 的监控须改用 chronyc，或改为模拟客户端查询。
rule-network-ntp-server-verify = 新主机上 chronyc clients 列出客户端；从其中一台执行 chronyd -Q "server 主机 iburst" 成功。
finding-network-ntp-server = ntp.conf 允许以下网段查询：{ $networks }。





rule-network-dnssec-sha1-title = DNS 区域使用 SHA-1 签名
rule-network-dnssec-sha1-remedy = EL 9 上的解析器把 SHA-1 签名视为未签名，默认加密策略下 BIND 也不再生成这类签名。请先改用算法 8 或 13：加入新密钥，等待旧记录的 TTL 过期，更换上级区域的 DS 记录，再撤下旧密钥。
rule-network-dnssec-sha1-verify = 在 EL 9 主机上执行 delv ZONE SOA 显示 "fully validated"，dig ZONE DNSKEY 中没有小于 8 的算法。
finding-network-dnssec-sha1 = 区域 { $zone } 的签名密钥使用算法 { $algorithm }。

## 安全

rule-security-selinux-disabled-title = SELinux 已关闭
rule-security-selinux-disabled-remedy = 新主机上保持 enforcing（推荐），或在内核参数中加入 selinux=0。仅在配置文件中写 SELINUX=disabled 已不能关闭它。
rule-security-selinux-disabled-verify = getenforce 与决定一致，ausearch -m avc -ts boot 没有拒绝记录。
finding-security-selinux-disabled = 此处 SELinux 为 disabled，EL 9 上会启用。
finding-security-selinux-disabled-file-only = SELinux 目前处于开启状态，而 /etc/selinux/config 写的是 disabled：本机重启后会关闭，EL 9 上则仍然开启。

rule-security-fips-title = FIPS 模式
rule-security-fips-remedy = 新主机须从安装起就启用 FIPS 模式，事后无法干净地切换。
rule-security-fips-verify = fips-mode-setup --check 显示已启用。
finding-security-fips = 主机运行在 FIPS 模式。

rule-security-ssh-removed-algorithms-title = sshd_config 中有 sshd 已移除的加密算法
rule-security-ssh-removed-algorithms-remedy = 迁移该文件时会去掉这些名称。请确认没有客户端依赖它们；更好的做法是删除整行，交由系统加密策略决定。
rule-security-ssh-removed-algorithms-verify = 新主机上 sshd -t 返回 0 且无输出。
finding-security-ssh-removed-algorithms = { $file } 第 { $line } 行包含 { $names }。

rule-security-ssh-removed-options-title = sshd_config 中有使 sshd 无法启动的选项
rule-security-ssh-removed-options-remedy = 迁移该文件时会去掉或改名。自行复制的副本请手工删除。
rule-security-ssh-removed-options-verify = 新主机上 sshd -t 返回 0 且无输出。
finding-security-ssh-removed-options = { $file } 第 { $line } 行设置了 { $option }。

rule-security-ssh-protocol-1-title = 仍提供 SSH 协议 1
rule-security-ssh-protocol-1-remedy = 迁移前找出仍使用协议 1 的客户端并更新；EL 9 的 sshd 只支持协议 2。
rule-security-ssh-protocol-1-verify = 所有需要登录的客户端都能以 ssh -2 登录。
finding-security-ssh-protocol-1 = { $file } 第 { $line } 行提供协议 1。

rule-security-ssh-obsolete-options-title = sshd 不再理会的选项
rule-security-ssh-obsolete-options-remedy = 删除该选项，它已不起作用。
rule-security-ssh-obsolete-options-verify = 新主机上 sshd -t 无输出。
finding-security-ssh-obsolete-options = { $file } 第 { $line } 行设置了 { $option }。

rule-security-root-login-title = root 密码登录依赖于已改变的默认值
rule-security-root-login-remedy = 在 sshd_config 中明确写出 PermitRootLogin，并在停用旧主机前测试第二条登录途径。
rule-security-root-login-verify = 每位管理员都能以约定的每种方式登录新主机。
finding-security-root-login = { $file } 未写 PermitRootLogin；EL 7 默认允许 root 密码登录，EL 9 不允许。

rule-security-no-sftp-title = scp 需要 sftp 子系统
rule-security-no-sftp-remedy = 在 sshd_config 中加入 “Subsystem sftp /usr/libexec/openssh/sftp-server”，仍停留在 EL 7 的主机也要加：EL 9 的 scp 使用 SFTP。
rule-security-no-sftp-verify = 从已迁移的主机用 scp 向本机复制文件成功。
finding-security-no-sftp = { $file } 中没有 sftp 子系统。

rule-security-host-keys-title = EL 9 客户端拒绝的主机密钥
rule-security-host-keys-remedy = 趁主机仍运行 EL 7 生成 ed25519 或 ECDSA 密钥并发布，弃用 DSA 密钥。
rule-security-host-keys-verify = 从已迁移的主机执行 ssh -o StrictHostKeyChecking=yes 成功。
finding-security-host-keys-dsa = { $file } 是 DSA 密钥，EL 9 的客户端均不接受。
finding-security-host-keys-only-rsa = 主机除 { $files } 外没有其他密钥。

rule-security-pam-removed-title = EL 9 中不存在的 PAM 模块
rule-security-pam-removed-remedy = 替换该模块（pam_tally2 → pam_faillock，pam_cracklib → pam_pwquality，pam_ldap、pam_krb5 → pam_sss）。缺失 required 模块会使所有人无法登录。
rule-security-pam-removed-verify = 新主机上本地用户与目录用户均可通过控制台、ssh、su 与 sudo 登录。
finding-security-pam-removed = { $file } 使用了 { $module }。

rule-security-directory-clients-title = NIS 与旧 LDAP 客户端已移除
rule-security-directory-clients-remedy = 新主机改用 SSSD 接入目录，并比对可见的用户与组。
rule-security-directory-clients-verify = 两台主机上 getent passwd 与 getent group 的结果一致。
finding-security-directory-clients = 已安装 { $package }，EL 9 中没有。

rule-security-weak-certificate-title = 证书密钥过短
rule-security-weak-certificate-remedy = 重新签发密钥不少于 2048 位的证书；使用现有证书服务将无法启动。
rule-security-weak-certificate-verify = 服务的配置检查通过，客户端验证连接成功。
finding-security-weak-certificate = { $file } 的密钥为 { $bits } 位。

rule-security-sha1-certificate-title = 证书使用 SHA-1 签名
rule-security-sha1-certificate-remedy = 以 SHA-256 重新签发；只有自签名的根证书可以保留。
rule-security-sha1-certificate-verify = 在新主机上 openssl verify 接受该证书链。
finding-security-sha1-certificate = { $file } 使用 SHA-1 签名。

rule-security-nis-accounts-title = 用户与组来自 NIS
rule-security-nis-accounts-remedy = 先将整个域的账户迁移到 LDAP 或 IdM，由 SSSD 接入。EL 9 没有 NIS 客户端：NIS 用户无法登录，其文件只显示数字属主。
rule-security-nis-accounts-verify = 两台主机上 getent passwd、getent group 与 id 用户 的结果一致。
finding-security-nis-accounts = nsswitch.conf 中 { $database } 取自 nis。

rule-security-name-sources-title = EL 9 中没有的名称来源
rule-security-name-sources-remedy = 改由 SSSD（sss）或 DNS 提供该数据库。使用 LDAP 的，将 nslcd.conf 中的服务器、搜索基准与过滤条件转到 sssd.conf。
rule-security-name-sources-verify = 两台主机上 getent 数据库 的结果一致。
finding-security-name-sources = nsswitch.conf 中 { $database } 取自 { $source }。

rule-security-authselect-title = PAM 由 authconfig 配置
rule-security-authselect-remedy = 在新主机上执行结果中的命令，即以 EL 9 的配置档实现同样的选择。EL 7 的 PAM 文件不会迁移。执行前先配置好 SSSD 或 Winbind。
rule-security-authselect-verify = authselect check 通过；本地用户与目录用户的登录、sudo、计划任务与修改密码均正常。
finding-security-authselect = 在 EL 9 上对应：{ $command }。

rule-security-pam-foreign-title = 来自发行版之外的 PAM 模块
rule-security-pam-foreign-remedy = 向厂商获取 EL 9 版本的模块，并用它制作自定义 authselect 配置档。缺少该模块时，新主机要么跳过这项检查放人登录，要么谁都无法登录。
rule-security-pam-foreign-verify = 在新主机上分别用应被放行与应被拒绝的用户登录。
finding-security-pam-foreign = { $file } 使用了 { $module }。

rule-security-password-policy-title = 自有的口令与锁定策略
rule-security-password-policy-remedy = 在新主机上重新设置：复杂度写入 /etc/security/pwquality.conf，锁定写入 /etc/security/faillock.conf，历史写入 /etc/security/pwhistory.conf，有效期写入 /etc/login.defs。这些文件不会自动迁移，等保测评会检查。
rule-security-password-policy-verify = 新主机上弱口令被拒绝，失败次数达到约定值后账户锁定，新用户的 chage -l 显示正确的有效期。
finding-security-password-policy = { $file }：{ $set }。

rule-security-sssd-options-title = EL 9 处理方式不同的 SSSD 选项
rule-security-sssd-options-remedy = local 提供者改用 proxy 或 files。目录中的 sudo 规则若对主机使用通配符，设置 ldap_sudo_include_regexp = true。本地用户若用智能卡登录，设置 enable_files_domain = true。删除已失效的选项。
rule-security-sssd-options-verify = 对各域的用户，两台主机上 id 用户 与 sudo -l -U 用户 的结果一致。
finding-security-sssd-options-local = { $domain } 的 id_provider = local，EL 9 会忽略：其中的用户将不存在。
finding-security-sssd-options-gone = { $domain } 设置了 { $option }，已不起作用。
finding-security-sssd-options-sudo = { $domain } 提供 sudo 规则且未设置 ldap_sudo_include_regexp：带通配符的规则将失效。
finding-security-sssd-options-certificates = 启用了 pam_cert_auth 而未设置 enable_files_domain：本地用户无法用证书登录。

rule-security-ipa-server-title = IdM（FreeIPA）服务器
rule-security-ipa-server-remedy = 不要按主机迁移。先后在 EL 8、EL 9 上安装新副本，转移 CA 续期与 CRL 角色，确认复制正常后，用 ipa server-del 移除本机。
rule-security-ipa-server-verify = 新副本上 ipactl status 与 ipa-healthcheck 正常；关闭本机后客户端仍能登录。
finding-security-ipa-server = ipa.service 正在使用。


rule-security-ldap-client-certificates-title = OpenLDAP 客户端信任 NSS 数据库中的证书
rule-security-ldap-client-certificates-remedy = 将 TLS_CACERT 设为 PEM 文件（把 CA 加入信任锚后使用 /etc/pki/tls/certs/ca-bundle.crt）。EL 9 不读取 cert8.db 与 cert9.db。
rule-security-ldap-client-certificates-verify = 新主机上 ldapsearch -ZZ 或 ldaps:// 可用。
finding-security-ldap-client-certificates = ldap.conf 指定了服务器，且只信任 { $folder } 中的证书。

rule-security-polkit-pkla-title = 写在 .pkla 文件中的 polkit 权限
rule-security-polkit-pkla-remedy = 改写为 /etc/polkit-1/rules.d 下的 JavaScript 规则，或在新主机上安装 polkit-pkla-compat 并带上这些文件。
rule-security-polkit-pkla-verify = 在新主机上以相关用户执行 pkcheck 或该操作本身，结果符合预期。
finding-security-polkit-pkla = { $file } 授予或拒绝了操作权限。

rule-security-kerberos-weak-title = Kerberos 使用旧加密类型
rule-security-kerberos-weak-remedy = 用 AES 重新生成 keytab 与主体（KDC 侧同样处理），并删除该设置。若 Active Directory 仍需 RC4，可执行 update-crypto-policies --set DEFAULT:AD-SUPPORT 并登记为例外。
rule-security-kerberos-weak-verify = 新主机上 kinit -k 与获取服务票据成功，klist -e 显示 AES。
finding-security-kerberos-weak = { $file } 设置了 { $setting } = { $value }。

rule-security-openssl-config-title = openssl.cnf 被修改过
rule-security-openssl-config-remedy = 以 EL 9 的文件为基础，只补充仍需要的内容。保留其中引入加密策略的行与 openssl_conf；engine 改为 provider；MinProtocol 只管 TLS，DTLS 用 DTLS.MinProtocol。
rule-security-openssl-config-verify = 新主机上 openssl version -d 与 openssl list -providers 正常，依赖该修改的程序可用。
finding-security-openssl-config = openssl.cnf 与软件包自带的不同。
finding-security-openssl-config-set = openssl.cnf 设置了 { $names }，OpenSSL 3 的处理方式不同。

rule-security-openssl-enc-title = EL 9 上 openssl enc 派生密钥的摘要算法不同
rule-security-openssl-enc-remedy = 解密旧文件处加 -md md5；写新文件处两端统一使用 -pbkdf2 与固定的 -md。否则旧主机的文件无法解密（bad decrypt）。
rule-security-openssl-enc-verify = 在新主机上解密一个真实的旧文件并比对校验和。
finding-security-openssl-enc = { $file } 调用 openssl enc 时未指定 -md。

rule-security-distrusted-certificates-title = 不受信任证书所在的目录在 EL 9 上改了名
rule-security-distrusted-certificates-remedy = 将这些文件放入新主机的 /etc/pki/ca-trust/source/blocklist 并执行 update-ca-trust。遗漏时，这些证书会重新被信任。
rule-security-distrusted-certificates-verify = 新主机上 trust list --filter=blocklist 能看到它们。
finding-security-distrusted-certificates = { $folder } 中有 { $names }。

rule-security-own-authorities-title = 主机自有的证书颁发机构
rule-security-own-authorities-remedy = 在服务启动之前，将这些文件放入新主机的 /etc/pki/ca-trust/source/anchors 并执行 update-ca-trust extract。加入 Java cacerts 的 CA 同样处理。
rule-security-own-authorities-verify = 新主机上 trust list 能看到它们，与其签发的服务器连接成功。
finding-security-own-authorities = { $folder } 中有 { $names }。

rule-security-ssh-own-algorithms-title = sshd 的算法列表在 EL 9 上不生效
rule-security-ssh-own-algorithms-remedy = EL 9 先读取加密策略，且以先出现的值为准。用 update-crypto-policies 与策略模块设置所需算法，或写入 /etc/ssh/sshd_config.d 下排序在 50-redhat.conf 之前的文件。
rule-security-ssh-own-algorithms-verify = 新主机上 sshd -T 显示所需的 ciphers、macs 与 kexalgorithms。
finding-security-ssh-own-algorithms = { $file } 设置了 { $names }。

rule-security-ssh-client-algorithms-title = SSH 客户端配置了已移除的算法
rule-security-ssh-client-algorithms-remedy = 删除这些名称。EL 9 的客户端遇到它们会报 Bad SSH2 cipher spec，该行涉及的连接全部失败。同时确认对端支持更新的算法。
rule-security-ssh-client-algorithms-verify = 新主机上 ssh -G 主机 正常输出设置，连接可用。
finding-security-ssh-client-algorithms = { $file } 第 { $line } 行使用了 { $names }。

rule-security-root-login-kept-title = 允许 root 用密码登录
rule-security-root-login-kept-remedy = EL 9 会沿用文件中的设置。建议在确认有其他登录途径后改为 prohibit-password，并使用个人账户加 sudo。
rule-security-root-login-kept-verify = 新主机上 sshd -T 的 permitrootlogin 与决定一致。
finding-security-root-login-kept = { $file } 写着 PermitRootLogin yes。

rule-security-user-keys-title = EL 9 会拒绝的登录密钥
rule-security-user-keys-remedy = 为该用户或程序换用新密钥（ed25519 或 3072 位 RSA）并删除旧行；若已无人使用则直接删除。无论 sshd_config 如何设置，EL 9 都拒绝 2048 位以下的 RSA 密钥。
rule-security-user-keys-verify = 从密钥所在处执行 ssh -o BatchMode=yes 能登录新主机。
finding-security-user-keys = { $file } 第 { $line } 行允许约 { $bits } 位的 RSA 密钥登录。

rule-security-vpn-crypto-title = 自带加密的 VPN 或隧道
rule-security-vpn-crypto-remedy = 迁移前与对端商定双方都支持的算法：OpenVPN 不用 BF-CBC，证书不低于 2048 位且为 SHA-256；IPsec 用 IKEv2 与 2048 位以上的 DH 组；stunnel 用 TLS 1.2。
rule-security-vpn-crypto-verify = 新主机与各对端的隧道能建立，业务流量正常。
finding-security-vpn-crypto = { $unit } 正在使用。

rule-security-selinux-local-title = SELinux：自有的布尔值、上下文、端口与模块
rule-security-selinux-local-remedy = 旧主机 semanage export -f 文件，新主机 semanage import -f 文件；模块从 .te 源重新构建，再对数据执行 restorecon。遗漏时，服务会被拒绝原本允许的访问。
rule-security-selinux-local-verify = 两台主机 semanage export 的结果一致；测试各服务后 ausearch -m avc -ts boot 为空。
finding-security-selinux-local = { $file } 中有 { $n } 项本地修改。
finding-security-selinux-local-modules = 本地模块：{ $names }。

rule-security-audit-plugins-title = 审计插件所在的目录 EL 9 不再读取
rule-security-audit-plugins-remedy = 将插件文件放入新主机的 /etc/audit/plugins.d，并安装其软件包（audispd-plugins）。EL 9 没有 audispd，由 auditd 直接运行插件。
rule-security-audit-plugins-verify = 执行 auditctl -m test 产生的测试事件到达插件的目的地。
finding-security-audit-plugins = { $file } 已启用。

rule-security-audit-rules-title = 自有的审计规则
rule-security-audit-rules-remedy = 将该文件放入新主机的 /etc/audit/rules.d，用 augenrules --load 加载，并去掉新内核不认识的系统调用。该文件不会自动迁移。
rule-security-audit-rules-verify = 新主机上 auditctl -l 的规则数一致，augenrules --check 显示无变化。
finding-security-audit-rules = { $file } 中有 { $n } 条规则。

rule-security-ipa-server-unused-title = 已安装但未使用的 IdM 服务器
rule-security-ipa-server-unused-remedy = 新主机上不要安装该软件包，或在本机上将其移除。
rule-security-ipa-server-unused-verify = 新主机上 rpm -q ipa-server 显示未安装。
finding-security-ipa-server-unused = 已安装 ipa-server，但 ipa.service 未运行。

rule-security-openvpn-title = OpenVPN 配置中 EL 9 版本拒绝或逐步弃用的选项
rule-security-openvpn-remedy = 在任何一端迁移之前先升级两端配置：data-ciphers AES-256-GCM:AES-128-GCM、tls-version-min 1.2，用 remote-cert-tls 取代 ns-cert-type，关闭压缩，用证书取代静态密钥。BF-CBC 只存在于 OpenSSL 3 的 legacy provider 中，只支持它的对端将无法连接。
rule-security-openvpn-verify = 新主机上 openvpn --config FILE 启动时没有 "Options error" 和 "DEPRECATED"，每类客户端均能连接，日志显示数据通道使用 AES-GCM。
finding-security-openvpn = { $file } 含有 { $settings }。
finding-security-openvpn-default = { $file } 未指定加密算法：不支持协商的对端会使用 BF-CBC。

rule-security-stunnel-title = stunnel 使用 EL 9 不提供的协议或加密套件
rule-security-stunnel-remedy = 删除 sslVersion 或改为 sslVersionMin = TLSv1.2，加密套件交由系统策略决定；若对端只支持旧协议，请先升级对端。
rule-security-stunnel-verify = 新主机上 stunnel 正常启动，openssl s_client -connect HOST:PORT 显示 TLSv1.2 或 TLSv1.3。
finding-security-stunnel = { $file } 中设置了 { $setting } = { $value }。

rule-security-libreswan-title = IPsec 隧道使用旧算法或未指定 IKE 版本
rule-security-libreswan-remedy = 与对端约定使用 IKEv2 以及双方都支持的算法（ike=aes256-sha2_512;dh19、esp=aes_gcm256），两端均设 ikev2=insist，并在任何一端迁移之前完成：未指定时 EL 7 先用 IKEv1 发起，而 EL 9 只用 IKEv2。
rule-security-libreswan-verify = 新主机上 ipsec status 显示各隧道均以 IKEv2 建立，且双向流量正常。
finding-security-libreswan = { $file } 中的 { $name } 设置了 { $setting }={ $value }。
finding-security-libreswan-version = { $file } 中的 { $name } 会先用 IKEv1 发起协商。

rule-security-keytab-weak-title = Kerberos 密钥仅有旧类型
rule-security-keytab-weak-remedy = 请 KDC 为该主体签发 AES 密钥并重新获取 keytab（kadmin ktadd、ipa-getkeytab、adcli update；Active Directory 还需设置 msDS-SupportedEncryptionTypes）。域无法支持时，可用 update-crypto-policies --set DEFAULT:AD-SUPPORT 放行 RC4，并作为例外记录在案。
rule-security-keytab-weak-verify = 新主机上 klist -ke 为每个主体列出 aes 类型，kinit -k PRINCIPAL 成功，且一个客户端能正常登录。
finding-security-keytab-weak = { $file } 中 { $principal } 仅有 { $types } 类型的密钥。

rule-security-edited-authorities-title = CA 证书被直接加入系统或 Java 自动生成的文件
rule-security-edited-authorities-remedy = 这类添加在新主机上不会存在，在本机也会被下一次 update-ca-trust 覆盖。请找出所加证书（trust list、keytool -list -cacerts 与未改动的主机对比），在新主机上放入 /etc/pki/ca-trust/source/anchors 并执行 update-ca-trust，OpenSSL 和 Java 均会读取。
rule-security-edited-authorities-verify = 新主机上 trust list 显示该 CA，各应用能访问由其签发证书的服务器。
finding-security-edited-authorities-edited = { $file } 的写入时间晚于与其一同生成的文件。
finding-security-edited-authorities-replaced = { $file } 是独立文件，而不是指向系统证书库的链接。
finding-security-edited-authorities-unsure = { $file } 是独立的证书库，无法判断是否有人添加过证书。

## 软件包

rule-packages-sha1-signatures-title = 软件包使用 SHA-1 签名
rule-packages-sha1-signatures-remedy = 向厂商索取 EL 9 的构建。EL 9 既不安装也不验证这些软件包。
rule-packages-sha1-signatures-verify = 在 DEFAULT 策略下，rpm -K 对新软件包显示 digests signatures OK。
finding-packages-sha1-signatures = { $n } 个软件包使用 SHA-1 签名：{ $names }。

rule-packages-third-party-title = 来自其他厂商的软件包
rule-packages-third-party-remedy = 找到该厂商的 EL 9 软件源并建立镜像，或决定不再使用。
rule-packages-third-party-verify = 新主机上 dnf repoquery --extras 没有意外的条目。
finding-packages-third-party = 来自 { $vendor } 的软件包 { $n } 个：{ $names }。

rule-packages-no-successor-title = 转换表中没有的软件包
rule-packages-no-successor-remedy = 在 rockhop.toml 的 [[packages.decisions]] 中逐一决定：安装其 EL 9 构建、改用其他软件包，或不再安装。在此之前计划不会包含它。rockhop packages HOST 会全部列出。
rule-packages-no-successor-verify = 使用该软件包的功能在新主机上正常。
finding-packages-no-successor-unconfirmed = Leapp 的事件最后只提到 8 版的名称 { $n } 个：{ $names }。
finding-packages-no-successor = 没有已知后继的软件包 { $n } 个：{ $names }。

rule-packages-32-bit-title = 32 位软件包
rule-packages-32-bit-remedy = 查明哪个程序需要它们。EL 9 只有少量 32 位库，没有 32 位系统。
rule-packages-32-bit-verify = 程序在新主机上能启动，ldd 能找到所有库。
finding-packages-32-bit = 32 位软件包 { $n } 个：{ $names }。

rule-packages-dead-repos-title = 软件源已停止服务
rule-packages-dead-repos-remedy = 迁移本身无需处理。此前如仍需安装软件包，请改用 vault.centos.org 或自有镜像。
rule-packages-dead-repos-verify = yum repolist 有响应，或该软件源已禁用。
finding-packages-dead-repos = 软件源 { $repo }（{ $file }）指向的服务器已关闭。

rule-packages-yum-tools-title = yum 工具在 dnf 中有所不同
rule-packages-yum-tools-remedy = yum-cron 改用 dnf-automatic，插件改用 dnf 的设置。
rule-packages-yum-tools-verify = 新主机上 systemctl list-timers 显示的更新计划符合要求。
finding-packages-yum-tools = 已安装 { $package }，dnf 以其他方式实现其功能。

rule-packages-software-collections-title = 软件集（SCL）已不存在
rule-packages-software-collections-remedy = 选用 EL 9 中对应版本的模块流或软件包，并改写脚本中的 scl enable。
rule-packages-software-collections-verify = 程序在新主机上以所需版本启动。
finding-packages-software-collections = 正在使用的软件集：{ $names }。

rule-packages-old-java-title = Java 7 或更早版本
rule-packages-old-java-remedy = 迁移前让应用在 Java 8、11、17 或 21 上运行，并明确设置堆大小（-Xmx）。
rule-packages-old-java-verify = 应用在新版本上通过测试。
finding-packages-old-java = 已安装 { $package }。

rule-packages-old-dotnet-title = 已停止维护的 .NET
rule-packages-old-dotnet-remedy = 迁移前将应用升级到受支持的 .NET 版本。
rule-packages-old-dotnet-verify = 新主机上 dotnet --list-runtimes 显示应用所需的版本。
finding-packages-old-dotnet = 已安装 { $package }，EL 9 没有该版本。

rule-packages-docker-title = Docker 容器不会随主机迁移
rule-packages-docker-remedy = 列出容器、卷与镜像，在新主机上（podman 或 docker-ce）重新建立，然后豁免此项。
rule-packages-docker-verify = 每个容器都在新主机上运行，端口、卷与环境变量一致。
finding-packages-docker = 主机上运行着 { $package }。

rule-packages-cluster-title = 主机是 Pacemaker 集群成员
rule-packages-cluster-remedy = 在 EL 9 上新建集群并将服务迁入；EL 7 与 EL 9 的成员不能共存。
rule-packages-cluster-verify = 新集群的 pcs status 正常，且隔离（fencing）测试成功。
finding-packages-cluster = { $unit } 正在使用。

rule-packages-satellite-title = Satellite、Foreman 或 Katello 服务器
rule-packages-satellite-remedy = 请用其自带的备份与恢复迁到新服务器（satellite-maintain backup），不要用 Rockhop 迁移：数据库、内容和证书必须一并搬迁。
rule-packages-satellite-verify = 在新服务器上 hammer ping 的各项服务均为 ok，且客户端可以注册。
finding-packages-satellite = 已安装 { $package }。

rule-packages-jboss-eap-title = 以软件包安装的 JBoss EAP
rule-packages-jboss-eap-remedy = 确认厂商为 EL 9 提供哪个版本的 EAP，并镜像其软件源；或改用压缩包安装。服务器配置与已部署的应用须一并搬迁。
rule-packages-jboss-eap-verify = 服务器在新主机上启动，各部署均为启用状态。
finding-packages-jboss-eap = 已安装面向 EL 7 的软件包：{ $names }。

rule-packages-own-keys-title = 自行导入的签名密钥
rule-packages-own-keys-remedy = 新主机只导入所需软件源的密钥。EL 7 软件包的密钥在新主机上没有用处。
rule-packages-own-keys-verify = 新主机上 rpm -q gpg-pubkey 列出的密钥均能说明来源。
finding-packages-own-keys = 有 { $n } 个密钥既不属于 CentOS，也不属于 EPEL：{ $ids }。

rule-packages-yum-variables-title = 自定义的 yum 变量
rule-packages-yum-variables-remedy = 将软件源仍需要的变量写入 /etc/dnf/vars。不要搬迁 releasever，否则新主机会停留在旧版本。
rule-packages-yum-variables-verify = 新主机上 dnf repolist 列出全部软件源，且 ls /etc/dnf/vars 中没有 releasever。
finding-packages-yum-variables = { $file } 的内容为“{ $value }”。

rule-packages-locked-versions-title = 锁定版本的软件包
rule-packages-locked-versions-remedy = 查明各软件包锁定的原因。EL 9 的版本不同；若原因仍然成立，请用 dnf versionlock add 重新锁定。
rule-packages-locked-versions-verify = 新主机上 dnf versionlock list 列出应当锁定的版本。
finding-packages-locked-versions = 有 { $n } 行锁定了 EL 7 的版本：{ $names }。

rule-packages-python2-libraries-title = Python 2 的库
rule-packages-python2-libraries-remedy = 找出使用这些库的程序，并移植到 Python 3。EL 9 没有 Python 2，也没有它的库。
rule-packages-python2-libraries-verify = 程序在新主机上以 Python 3 运行，且所需的每个库都能通过 python3 -c "import 库名" 导入。
finding-packages-python2-libraries = 已安装的 Python 2 库：{ $names }。

rule-packages-ruby-and-node-title = Ruby 或 Node.js 落后多个版本
rule-packages-ruby-and-node-remedy = 在 EL 9 的版本（Ruby 3、Node.js 16 或更高）上运行应用的测试，重新编译其原生扩展，并选定模块流。
rule-packages-ruby-and-node-verify = 新主机上 ruby --version 或 node --version 显示经过测试的版本，且应用能够启动。
finding-packages-ruby-and-node = 已安装 { $package }。

rule-services-perl-programs-title = 主机自有的 Perl 程序
rule-services-perl-programs-remedy = 在 Perl 5.32 下用 perl -c 检查程序：不再从当前目录查找模块，正则表达式中未转义的花括号会报错，从 CPAN 编译的模块须重新编译。
rule-services-perl-programs-verify = 新主机上 perl -c 对每个程序均显示 syntax OK，且实际运行结果正确。
finding-services-perl-programs = 由 Perl 运行：{ $names }。

rule-web-php-sessions-title = PHP 将会话保存在目录中
rule-web-php-sessions-remedy = 请决定切换时是否允许登录状态丢失。若不允许，请在最后一步搬迁该目录，或改用共享的会话存储，并将目录的属主设为新进程池的用户。
rule-web-php-sessions-verify = 切换前建立的会话在切换后仍然有效，且进程池的用户可以写入该目录。
finding-web-php-sessions = { $file } 将会话保存在 { $folder }。

## 服务

rule-services-local-units-title = 本机自编的单元
rule-services-local-units-remedy = 单元会随配置迁移，请确认其程序也一并迁移。
rule-services-local-units-verify = 新主机上 systemctl status 显示各单元均为 active。
finding-services-local-units = 本机自编的单元或 drop-in 共 { $n } 个：{ $names }。

rule-services-unit-settings-title = systemd 252 忽略或改名的单元设置
rule-services-unit-settings-remedy = 在单元中改用后继设置。权重的刻度不同：CPUShares=1024 相当于 CPUWeight=100。
rule-services-unit-settings-verify = 新主机上 systemd-analyze verify 对该单元没有提示。
finding-services-unit-settings = { $file } 设置了 { $setting }=，其后继为 { $successor }

rule-services-sysv-scripts-title = 本机自有的 SysV 启动脚本
rule-services-sysv-scripts-remedy = 为其编写单元，或在新主机上安装 initscripts 与 chkconfig。
rule-services-sysv-scripts-verify = 新主机重启后该服务为 active。
finding-services-sysv-scripts = { $file } 不属于任何软件包。

rule-services-rc-local-title = rc.local 中有命令
rule-services-rc-local-remedy = 将命令改写为单元，或在新主机上为该文件加可执行权限，否则不会执行。
rule-services-rc-local-verify = 新主机重启后，命令的效果存在。
finding-services-rc-local = rc.local 在启动时执行 { $n } 条命令。

rule-services-unmanaged-software-title = 不属于任何软件包的程序
rule-services-unmanaged-software-remedy = 迁移其目录，并在新主机上检查所依赖的库；链接到 OpenSSL 1.0 或旧 C++ 库的程序需要重新构建。
rule-services-unmanaged-software-verify = 新主机上 ldd 能找到所有库，程序响应与原来一致。
finding-services-unmanaged-software = 在系统目录之外运行的程序：{ $programs }。

rule-services-failed-units-title = 已有处于失败状态的单元
rule-services-failed-units-remedy = 迁移前修复或禁用，否则事后无法判断是否由迁移造成。
rule-services-failed-units-verify = systemctl --failed 没有输出。
finding-services-failed-units = 当前失败的单元：{ $names }。

rule-services-cron-commands-title = 定时任务调用了 EL 9 没有的命令
rule-services-cron-commands-remedy = 改用后继命令，或安装仍提供该命令的软件包。
rule-services-cron-commands-verify = 任务在新主机上运行，输出与以前一致。
finding-services-cron-commands = { $file } 调用 { $command }，EL 9 上请改用 { $successor }。

rule-services-python2-scripts-title = Python 2 脚本
rule-services-python2-scripts-remedy = 迁移前将脚本移植到 Python 3，EL 9 没有 Python 2。
rule-services-python2-scripts-verify = python3 -m py_compile 通过，且脚本在新主机上能运行。
finding-services-python2-scripts = { $file } 的首行为 { $first }

rule-services-bare-python-scripts-title = 首行写作 python 的脚本
rule-services-bare-python-scripts-remedy = 确认脚本能在 Python 3 下运行，并将首行改为 python3。
rule-services-bare-python-scripts-verify = 脚本在新主机上能运行。
finding-services-bare-python-scripts = { $file } 的首行为 { $first }，EL 9 没有这个命令。

rule-services-logrotate-cron-title = logrotate 改由定时器运行
rule-services-logrotate-cron-remedy = 不要迁移改动过的 cron 文件，将改动写入定时器或 /etc/logrotate.d。
rule-services-logrotate-cron-verify = systemctl list-timers 中有 logrotate.timer，次日日志已轮转。
finding-services-logrotate-cron = { $file } 被改动过，EL 9 由 logrotate.timer 运行。

rule-services-log-forwarding-title = 日志转发到其他主机
rule-services-log-forwarding-remedy = 迁移该行，并从新主机发送一条带标记的日志。使用旧 TLS 证书的日志服务器与 EL 9 之间可能互不接受。
rule-services-log-forwarding-verify = 带标记的日志到达日志服务器。
finding-services-log-forwarding = { $file } 第 { $line } 行将日志转发出去。

rule-services-mail-relay-title = 其他主机通过本机发送邮件
rule-services-mail-relay-remedy = 在 main.cf 中明确写出 mynetworks 与 relay_domains；Postfix 3 的默认值更窄，客户端会被拒绝。
rule-services-mail-relay-verify = 从客户端发出的测试邮件经新主机送达。
finding-services-mail-relay = 本机在 { $address } 端口 { $port } 接收邮件。

rule-services-nfs-server-title = 主机提供 NFS 文件服务
rule-services-nfs-server-remedy = 迁移 /etc/exports 并为每个导出明确指定 fsid=，将 /etc/sysconfig/nfs 改写为 /etc/nfs.conf；先让客户端停用 NFS 2 与 UDP。
rule-services-nfs-server-verify = 客户端能从新主机挂载，已打开的文件不受影响或已另行安排。
finding-services-nfs-server = { $unit } 正在使用。

rule-services-haproxy-removed-title = HAProxy 将无法启动：已移除的指令
rule-services-haproxy-removed-remedy = 按所列新写法改写；EL 7 的 HAProxy 1.5 已支持其中大部分。
rule-services-haproxy-removed-verify = 新主机上 haproxy -c -f 报告配置有效。
finding-services-haproxy-removed = { $file } 第 { $line } 行使用 { $directive }；改用 { $now }。

rule-services-squid-obsolete-title = Squid 会忽略原先生效的设置
rule-services-squid-obsolete-remedy = 删除该行或改用新写法：sslproxy_* 用 tls_outgoing_options，hierarchy_stoplist 用 always_direct 或 cache deny。
rule-services-squid-obsolete-verify = 新主机上 squid -k parse 不输出 ERROR。
finding-services-squid-obsolete = { $file } 第 { $line } 行：{ $directive } 在 Squid 5 中已废止。

rule-services-bind-lookaside-title = named 将无法启动：dnssec-lookaside
rule-services-bind-lookaside-remedy = 删除该语句；它查询的登记库已于 2017 年停用。
rule-services-bind-lookaside-verify = 新主机上 named-checkconf 无输出，delv 能验证已签名的域名。
finding-services-bind-lookaside = { $file } 启用了 dnssec-lookaside。

rule-services-bind-ipv6-title = named 将同时监听 IPv6
rule-services-bind-ipv6-remedy = 明确写出 listen-on-v6 及所需地址（可为 { "{" } none; { "}" }）；不写时新版 named 监听所有 IPv6 地址。
rule-services-bind-ipv6-verify = 新主机上 ss -ulpn 显示 named 只监听所需地址。
finding-services-bind-ipv6 = { $file } 没有 listen-on-v6。

rule-services-dhcp-server-title = 主机提供 DHCP 地址分配
rule-services-dhcp-server-remedy = 旧服务停止之后再搬运租约文件；把 /etc/sysconfig/dhcpd 中的参数写入服务单元的 drop-in；主备两台先后迁移。
rule-services-dhcp-server-verify = 客户端续租后地址不变，dhcpd -t 通过。
finding-services-dhcp-server-leases = { $units } 正在分配地址；租约属于必须带走的状态。
finding-services-dhcp-server-arguments = { $file } 第 { $line } 行以 { $arguments } 启动它，EL 9 不读取该文件。

rule-services-postfix-defaults-title = Postfix 为其他主机收信，且依赖会变化的默认值
rule-services-postfix-defaults-remedy = 在 EL 7 上就写明：mynetworks（或 mynetworks_style = subnet）、relay_domains = $mydestination、append_dot_mydomain = yes（按需）。
rule-services-postfix-defaults-verify = 客户端的邮件能经新主机转发，日志中没有 “using backwards-compatible default”。
finding-services-postfix-defaults = { $file } 未写明 { $settings }；Postfix 3 起默认值收窄。

rule-services-postfix-tables-title = 需要独立软件包的 Postfix 映射表
rule-services-postfix-tables-remedy = 在新主机上安装该软件包；EL 7 的 Postfix 自带全部类型。
rule-services-postfix-tables-verify = 新主机上 postconf -m 列出该类型。
finding-services-postfix-tables = { $file } 第 { $line } 行使用 { $kind } 类型的映射表：请安装 { $package }。

rule-services-sendmail-addresses-title = sendmail 映射表中的 IPv6 缩写地址
rule-services-sendmail-addresses-remedy = 写出完整地址（不用 “::”），并重新生成：make -C /etc/mail。
rule-services-sendmail-addresses-verify = 通过 IPv6 的测试邮件命中预期规则。
finding-services-sendmail-addresses = { $file } 第 { $line } 行有 { $address }；新版 sendmail 按完整地址比较。

rule-services-spamassassin-options-title = 新版 SpamAssassin 不接受的选项
rule-services-spamassassin-options-remedy = 删除该选项：-d（服务单元让 spamd 在前台运行），--ssl-version 及 --ssl 后的版本（由库自行选择）。
rule-services-spamassassin-options-verify = 重启后 spamassassin.service 处于活动状态，spamc 能给测试邮件评分。
finding-services-spamassassin-options = { $file } 第 { $line } 行使用 { $option }。

rule-services-dovecot-tls-title = Dovecot 的 TLS 设置已改名
rule-services-dovecot-tls-remedy = 用 ssl_min_protocol = TLSv1.2 取代 ssl_protocols；用指向 2048 位参数文件的 ssl_dh 取代 ssl_dh_parameters_length。
rule-services-dovecot-tls-verify = 新主机上 doveconf -n 无告警，邮件客户端能以 TLS 登录。
finding-services-dovecot-tls = { $file } 第 { $line } 行使用 { $setting }，Dovecot 2.3 已不再使用。

rule-services-nfs-exports-title = 未指定编号的 NFS 导出
rule-services-nfs-exports-remedy = 为每个导出加上固定的 fsid=（旧主机也加），并让客户端重新挂载一次；这样句柄在新主机上仍指向同一文件系统。
rule-services-nfs-exports-verify = 客户端已打开的文件在迁移后仍可读，或已安排重新挂载。
finding-services-nfs-exports = { $file } 第 { $line } 行导出 { $path } 而没有 fsid=；客户端会遇到失效句柄（stale handle）。

rule-services-nfs-settings-title = EL 9 不再读取的 NFS 设置文件
rule-services-nfs-settings-remedy = 改写到 /etc/nfs.conf：RPCNFSDCOUNT 对应 [nfsd] 的 threads，MOUNTD_PORT 对应 [mountd] 的 port，其余类推。
rule-services-nfs-settings-verify = 新主机上 nfsconf --dump 与 rpcinfo -p 显示这些值。
finding-services-nfs-settings = { $file } 设置了 { $settings }。

rule-services-samba-security-title = Samba 将不提供任何共享：已废止的安全模式
rule-services-samba-security-remedy = 改为 security = user；匿名访问加 map to guest = Bad User。
rule-services-samba-security-verify = 新主机上 testparm -s 无错误，客户端能打开共享。
finding-services-samba-security = { $file } 第 { $line } 行为 security = { $value }，Samba 4 已不接受。

rule-services-samba-old-protocol-title = Samba 被配置为与很旧的客户端通信
rule-services-samba-old-protocol-remedy = 用 smbstatus 找出这些客户端并升级，然后删除该设置。EL 9 最低为 SMB 2；例外须写明 server min protocol = NT1 并有人负责。
rule-services-samba-old-protocol-verify = 新主机上 smbstatus 显示所有客户端均为 SMB2 或 SMB3。
finding-services-samba-old-protocol = { $file } 第 { $line } 行：{ $setting } = { $value }。

rule-services-vsftpd-tcp-wrappers-title = vsftpd 将无法启动：tcp_wrappers=YES
rule-services-vsftpd-tcp-wrappers-remedy = 先把 hosts.allow、hosts.deny 中关于 vsftpd 的规则写入防火墙，再设 tcp_wrappers=NO；否则服务会对所有人开放。
rule-services-vsftpd-tcp-wrappers-verify = 允许的地址能登录，被拒绝的地址不能连接。
finding-services-vsftpd-tcp-wrappers = { $file } 第 { $line } 行启用 TCP wrappers，EL 9 已没有它。

rule-services-cups-settings-title = 已移动或废止的 CUPS 设置
rule-services-cups-settings-remedy = 把指令移到 cups-files.conf，把 Include 的内容并入 cupsd.conf，证书改用 ServerKeychain，Digest 改为 TLS 上的 Basic，接口脚本改为带 cupsFilter2 的 PPD。
rule-services-cups-settings-verify = 新主机上 cupsd -t 通过，各打印队列能打印测试页。
finding-services-cups-settings-directive = { $file } 第 { $line } 行使用 { $directive }。
finding-services-cups-settings-script = { $file } 是接口脚本，CUPS 已不再执行。

rule-services-clustered-stores-title = 集群型服务，自带版本共存规则
rule-services-clustered-stores-remedy = 查阅产品关于版本共存的说明，只在允许的版本组合内逐个迁移成员，并在项目中把成员声明为成对主机，避免同时迁移。
rule-services-clustered-stores-verify = 每个成员迁移前后，集群自身的健康报告均正常。
finding-services-clustered-stores = 发现：{ $names }；均不在 EL 9 中。

rule-services-shared-storage-title = 多主机共有或以磁盘形式提供的存储
rule-services-shared-storage-remedy = 按产品规定的顺序（Gluster 的 op-version、Ceph 滚动升级、DRBD 8 到 9、LIO 的 saveconfig.json）单独规划。
rule-services-shared-storage-verify = 产品自报健康，所有副本同步。
finding-services-shared-storage = 正在使用：{ $units }。

rule-services-ldap-server-title = 本机是 LDAP 服务器
rule-services-ldap-server-remedy = 选用 389 Directory Server 或 EPEL 的 slapd；用 slapcat 导出、slapadd 导入 mdb 数据库（bdb 与 hdb 已移除）；先迁移从服务器，再迁移主服务器。
rule-services-ldap-server-verify = 客户端能绑定，全树检索的条目数与迁移前一致。
finding-services-ldap-server = { $unit } 正在使用；EL 9 本身不带 OpenLDAP 服务器。

rule-services-quagga-title = EL 9 没有的路由守护进程
rule-services-quagga-remedy = 安装 frr，把 /etc/quagga 的配置改写为 /etc/frr/frr.conf 与 /etc/frr/daemons；使用 Babel 的改用其他协议。
rule-services-quagga-verify = 邻居已建立，新主机的路由表与旧主机一致。
finding-services-quagga-daemons = 本机由 Quagga 负责路由：{ $units }。
finding-services-quagga-babel = babeld 正在使用；EL 9 的 frr 不含它。

rule-services-backup-agents-title = 自带升级顺序的备份软件
rule-services-backup-agents-remedy = 按厂商顺序迁移：Bacula 与 Bareos 先迁 director 和 storage（它们可以比客户端新）；备份目录库并运行其升级脚本。
rule-services-backup-agents-verify = 用迁移后的备份恢复出已迁移主机上的一个文件。
finding-services-backup-agents = 发现：{ $agents }。

rule-services-snmp-des-title = 使用 DES 的 SNMP 用户
rule-services-snmp-des-remedy = 迁移前在两端创建使用 SHA 与 AES 的用户；EL 9 的库不再为其提供 DES。
rule-services-snmp-des-verify = 监控服务器能用新用户遍历新主机的 OID。
finding-services-snmp-des = { $file } 第 { $line } 行创建了使用 DES 的用户。

rule-services-java-options-title = 新版 Java 不接受的选项
rule-services-java-options-remedy = 继续使用 EL 9 仍提供的 java-1.8.0-openjdk，或按 Java 11/17 改写：MaxPermSize 改 MaxMetaspaceSize，CMS 改 G1，GC 日志改 -Xlog:gc*。
rule-services-java-options-verify = 新主机上用这些选项执行 java -version 能无提示启动。
finding-services-java-options = { $user } 的程序使用了 { $options }。

rule-services-systemd-in-containers-title = 内含旧 systemd 的容器
rule-services-systemd-in-containers-remedy = 基于 EL 9 重建镜像，或不经 systemd 直接运行程序；过渡期可让新主机以 systemd.unified_cgroup_hierarchy=0 启动。
rule-services-systemd-in-containers-verify = 容器在新主机上健康。
finding-services-systemd-in-containers = { $n } 个容器内含 systemd；EL 7 的 systemd 无法在 EL 9 的控制组（cgroup v2）上启动。

rule-services-tftp-title = 主机提供 TFTP 文件服务
rule-services-tftp-remedy = 把 /etc/xinetd.d/tftp 的参数写入 tftp.service 的 drop-in，搬运文件目录；引导 EL 9 的机器使用 EL 9 的引导文件。
rule-services-tftp-verify = 客户端能从新主机取到文件。
finding-services-tftp = 本机由 { $by } 提供 TFTP 服务。

rule-services-acpid-options-title = acpid 将转入后台运行
rule-services-acpid-options-remedy = 用 -df 取代 -d。
rule-services-acpid-options-verify = 新主机上 acpid.service 处于活动状态。
finding-services-acpid-options = { $file } 以 -d 启动 acpid，新版不再因此留在前台。

rule-services-ldap-backend-title = OpenLDAP 数据库使用新版本无法打开的后端
rule-services-ldap-backend-remedy = bdb 和 hdb 后端已被移除。用 slapcat -n N 导出目录，在导出的配置（slapcat -n 0）中把数据库改为 mdb（删除 olcDbCacheSize、olcDbConfig 等项，设置 olcDbMaxSize），再在新主机上用 slapadd 导入；或改用 389 Directory Server。
rule-services-ldap-backend-verify = 新主机上 slapd 正常启动，slapcat | grep -c ^dn: 的条目数与旧主机一致，各客户端的登录和查询结果与之前相同。
finding-services-ldap-backend = { $file } 中的目录使用 { $backend } 后端。

rule-services-dhcp-failover-title = DHCP 服务器是故障切换对的一端
rule-services-dhcp-failover-remedy = 两端版本不一致的时间应尽量短。先连同租约文件迁移备端，等两端都进入 normal 状态后再迁移主端；每次迁移前把留下的一端置为 partner-down，切勿在同一窗口迁移两端。
rule-services-dhcp-failover-verify = 两台服务器的日志均显示 "peer NAME: I move from ... to normal"，在一端申请的租约另一端可以查到。
finding-services-dhcp-failover = { $file } 声明了故障切换对 { $name }，对端为 { $peers }。

rule-services-spamassassin-channels-title = SpamAssassin 使用自定义规则频道
rule-services-spamassassin-channels-remedy = EL 9 的 sa-update 只接受附带 SHA-256 或 SHA-512 校验和的更新。请频道提供方发布校验和，或停用该频道。
rule-services-spamassassin-channels-verify = 新主机上 sa-update -D --channel CHANNEL 返回 0 或 1，且没有提示缺少校验和。
finding-services-spamassassin-channels = { $file } 从 { $channel } 获取规则。

rule-services-snmp-des-users-title = SNMP 用户使用 DES 加密
rule-services-snmp-des-users-remedy = EL 9 的 net-snmp 编译时不含 DES。请先在本机和监控端建立使用 SHA 与 AES 的用户，并让监控端在主机迁移之前切换过去。
rule-services-snmp-des-users-verify = 监控端执行 snmpwalk -v3 -l authPriv -a SHA -x AES 结果与之前一致；新主机上 grep -c '1.3.6.1.6.3.10.1.2.2' /var/lib/net-snmp/snmpd.conf 输出 0。
finding-services-snmp-des-users = { $all } 个 SNMP 用户中有 { $n } 个使用 DES。

rule-services-broken-unit-links-title = 单元链接指向不存在的文件
rule-services-broken-unit-links-remedy = 若单元文件在其他位置，请重新启用（systemctl reenable UNIT），否则开机不会启动；若单元已不存在，请删除链接。迁移前应确定新主机上需要启动哪些服务。
rule-services-broken-unit-links-verify = find /etc/systemd/system -xtype l 只列出已屏蔽或经确认保留的链接。
finding-services-broken-unit-links-moved = { $link } 指向不存在的文件，单元实际位于 { $unit }。
finding-services-broken-unit-links-gone = { $link } 指向的 { $target } 不存在。

rule-services-containers-with-init-title = 容器内自带 init 系统
rule-services-containers-with-init-remedy = EL 7 镜像中的 systemd 无法在 cgroup v2 上启动，无论容器目前在运行还是仅按需启动。请以 EL 8 或更新的基础镜像重建，或不经 systemd 直接运行服务；临时办法是主机以 systemd.unified_cgroup_hierarchy=0 启动。
rule-services-containers-with-init-verify = 所列容器均能在新主机上启动，podman exec NAME systemctl is-system-running 显示 running。
finding-services-containers-with-init = 容器 { $name }（镜像 { $image }）启动 { $program }。

## 账号

rule-accounts-people-below-1000-title = 个人账号使用了服务号段
rule-accounts-people-below-1000-remedy = 在新主机上为该用户分配大于 999 的 UID 并修改其文件属主，或在安装任何软件包之前先建立该用户。
rule-accounts-people-below-1000-verify = 新主机上 find / -xdev -nouser 没有输出。
finding-accounts-people-below-1000 = { $user } 的 UID 为 { $uid }，EL 9 会将该号段分配给服务。

rule-accounts-moved-numbers-title = 服务账号的 UID 与惯例不同
rule-accounts-moved-numbers-remedy = 在新主机上安装软件包之前以该 UID 建立账号，或在数据迁移后修改属主。
rule-accounts-moved-numbers-verify = stat 显示数据属主为该服务账号。
finding-accounts-moved-numbers = { $user } 在此处的 UID 为 { $uid }，EL 9 上为 { $wanted }。

rule-accounts-shared-numbers-title = 两个账号共用一个 UID
rule-accounts-shared-numbers-remedy = 决定文件归属，并为每个账号分配独立的 UID。
rule-accounts-shared-numbers-verify = 新主机的 /etc/passwd 中没有重复的 UID。
finding-accounts-shared-numbers = { $user } 与 { $other } 共用 UID { $uid }。

rule-accounts-data-owners-title = 数据属主在 EL 9 上的 UID 不同
rule-accounts-data-owners-remedy = 数据按名称而非 UID 迁移；自行保存 UID 的程序需另行处理。
rule-accounts-data-owners-verify = 新主机上 stat 显示数据属主为该服务账号。
finding-accounts-data-owners = EL 9 会重新分配 UID 的账号：{ $owners }。

rule-accounts-shells-title = 用户的 shell 在 EL 9 上默认未安装
rule-accounts-shells-remedy = 在创建用户之前于新主机安装该 shell，或改用 bash。shell 缺失时用户无法登录，其计划任务也会失败。
rule-accounts-shells-verify = 新主机上 su - 用户 能进入该 shell。
finding-accounts-shells = { $users } 的 shell 为 { $shell }。

rule-accounts-sudo-commands-title = sudo 授权了 EL 9 中没有的命令
rule-accounts-sudo-commands-remedy = 改为授权对应的新命令（ifconfig、route 用 ip，netstat 用 ss），限制条件保持一致；或在新主机上安装旧工具。
rule-accounts-sudo-commands-verify = 新主机上 sudo -l -U 用户 列出新命令，且命令都存在。
finding-accounts-sudo-commands = { $who } 可以执行 { $names }。

## Web

rule-web-removed-directive-title = nginx 无法启动：使用了已移除的指令
rule-web-removed-directive-remedy = 趁仍在 EL 7 时将 limit_zone 改写为 limit_conn_zone 与 limit_conn。
rule-web-removed-directive-verify = 新主机上 nginx -t 成功。
finding-web-removed-directive = { $file } 中写有：{ $directive }

rule-web-no-modern-tls-title = nginx 未提供 EL 9 支持的 TLS 版本
rule-web-no-modern-tls-remedy = 趁仍在 EL 7 时就在 ssl_protocols 中加入 TLSv1.2 与 TLSv1.3，并查明哪些客户端无法跟进。
rule-web-no-modern-tls-verify = openssl s_client -tls1_2 能连接新主机。
finding-web-no-modern-tls = { $file } 只提供 { $versions }。

rule-web-no-usable-cipher-title = nginx 无法启动：没有可用的加密套件
rule-web-no-usable-cipher-remedy = 删除 ssl_ciphers，或改为 OpenSSL 3 支持的套件。
rule-web-no-usable-cipher-verify = 新主机上 nginx -t 成功，客户端能连接。
finding-web-no-usable-cipher = { $file } 只使用 { $ciphers }。

rule-web-weak-dhparam-title = nginx 无法启动：DH 参数过短
rule-web-weak-dhparam-remedy = 用 openssl dhparam 2048 重新生成，或删除 ssl_dhparam 由 OpenSSL 选择。
rule-web-weak-dhparam-verify = 新主机上 nginx -t 成功，DHE 握手正常。
finding-web-weak-dhparam = { $file } 使用的 { $parameters } 不足 2048 位。

rule-web-spdy-title = nginx：SPDY 已由 HTTP/2 取代
rule-web-spdy-remedy = 迁移该文件时会改为 http2。请确认旧客户端仍能通过 HTTP/1.1 访问。
rule-web-spdy-verify = 新主机上 nginx -t 成功，curl --http2 有响应。
finding-web-spdy = { $file } 中写有：{ $directive }

rule-web-ssl-on-title = nginx：“ssl on” 即将移除
rule-web-ssl-on-remedy = 改写为 “listen 443 ssl” 并删除该行。nginx 1.20 会警告，nginx 1.26 会拒绝启动。
rule-web-ssl-on-verify = 新主机上 nginx -t 没有与 ssl 有关的提示。
finding-web-ssl-on = { $file } 中写有 “ssl on”。

rule-web-old-tls-title = 使用 TLS 1.0/1.1 的客户端将被拒绝
rule-web-old-tls-remedy = 在访问日志（$ssl_protocol）中查明仍使用这些版本的客户端并先行更新。无论 nginx 如何设置，EL 9 都会拒绝。
rule-web-old-tls-verify = EL 7 上一整周的日志中只有 TLS 1.2 与 1.3。
finding-web-old-tls = { $file } 提供 { $versions }。

rule-web-needs-module-title = nginx 指令需要独立的模块
rule-web-needs-module-remedy = 迁移前删除该指令，或改写为 EL 9 提供的模块（如 geoip2 及其数据库），否则该文件无法迁移。
rule-web-needs-module-verify = 新主机上 nginx -t 成功。
finding-web-needs-module = { $file } 使用 { $directive }，EL 9 上由 { $module } 提供。

rule-web-loaded-module-title = nginx 加载了模块
rule-web-loaded-module-remedy = 安装为 EL 9 的 nginx 构建的同一模块；其他版本的模块会被拒绝。
rule-web-loaded-module-verify = 新主机上 nginx -t 成功。
finding-web-loaded-module = { $file } 加载 { $module }。

rule-web-roots-elsewhere-title = 网站内容不在常用目录
rule-web-roots-elsewhere-remedy = 在新主机上为该目录设置 SELinux 标签：semanage fcontext -a -t httpd_sys_content_t，然后 restorecon。
rule-web-roots-elsewhere-verify = SELinux 为 enforcing 时页面正常，ausearch -m avc 没有拒绝记录。
finding-web-roots-elsewhere = 内容来自 { $paths }。

rule-web-httpd-php-settings-title = httpd 将无法启动：mod_php 的配置
rule-web-httpd-php-settings-remedy = 把这些设置移到 PHP-FPM 进程池（php_admin_value[...]）或 .user.ini 中，并删除 LoadModule 行。EL 9 以 PHP-FPM 运行 PHP，不再有 mod_php。
rule-web-httpd-php-settings-verify = 新主机上 httpd -t 通过，phpinfo() 显示这些值。
finding-web-httpd-php-settings = { $file } 第 { $line } 行使用 { $directive }；没有 mod_php 时 httpd 在此处停止。

rule-web-httpd-mod-php-title = PHP 运行在 httpd 进程内
rule-web-httpd-mod-php-remedy = 在新主机上安装 php-fpm 并规划进程池大小。另请查找 .htaccess 文件中的 php_value 与 php_flag（采集不读取这些文件）：出现一处，该目录即返回 500。
rule-web-httpd-mod-php-verify = 在各站点根目录执行 grep -rE "php_(admin_)?(value|flag)" --include=.htaccess 无结果，页面响应与迁移前一致。
finding-web-httpd-mod-php = { $file } 第 { $line } 行加载 { $module }；EL 9 由 PHP-FPM 承担。

rule-web-httpd-comments-title = httpd 将无法启动：指令行尾有注释
rule-web-httpd-comments-remedy = 把注释单独放在一行；在 EL 7 上同样正确，可以先改。
rule-web-httpd-comments-verify = 新主机上 httpd -t 通过。
finding-web-httpd-comments = { $file } 第 { $line } 行：{ $directive } 行尾带注释，新版 httpd 视为错误。

rule-web-httpd-unknown-directive-title = httpd 将无法启动：指令所属模块不存在
rule-web-httpd-unknown-directive-remedy = 用 Mutex 取代 LockFile、AcceptMutex 和 SSLMutex；删除 MinSpareServers、MaxSpareServers 或放入 <IfModule mpm_prefork_module>；把 Krb 开头的指令改写为 mod_auth_gssapi。
rule-web-httpd-unknown-directive-verify = 新主机上 httpd -t 通过。
finding-web-httpd-unknown-directive = { $file } 第 { $line } 行使用 { $directive }，EL 9 的 httpd 不认识。

rule-web-httpd-prefork-title = httpd 针对的进程模型不是 EL 9 的默认模型
rule-web-httpd-prefork-remedy = 二选一：按 event 模型换算同等上限（MaxRequestWorkers = ServerLimit × ThreadsPerChild），或在新主机的 conf.modules.d/00-mpm.conf 中选择 prefork。
rule-web-httpd-prefork-verify = 新主机上 httpd -V 显示所选模型，压测时并发能力不低于迁移前。
finding-web-httpd-prefork = { $file } 为 prefork 模型调优（{ $directives }）；EL 9 默认使用 event 模型，会忽略这些设置。

rule-web-httpd-modules-title = httpd 加载的模块在 EL 9 上换了软件包或已消失
rule-web-httpd-modules-remedy = 安装替代模块并改写其指令；没有替代的，先确定由谁承担其功能。
rule-web-httpd-modules-verify = 新主机上 httpd -M 列出替代模块。
finding-web-httpd-modules = { $file } 第 { $line } 行加载 { $module }；其替代为 { $successor }。

rule-web-httpd-tls-title = httpd 将无法启动或拒绝所有连接：TLS 配置
rule-web-httpd-tls-remedy = 改为 SSLProtocol -all +TLSv1.2 +TLSv1.3 与 SSLCipherSuite PROFILE=SYSTEM，并确认哪些客户端无法跟进。
rule-web-httpd-tls-verify = 新主机上 httpd -t 通过，openssl s_client -tls1_2 能连接。
finding-web-httpd-tls-sslv3 = { $file } 第 { $line } 行：{ $directive } { $said } 指定了 OpenSSL 3 已没有的协议，httpd 在此处停止。
finding-web-httpd-tls-old = { $file } 第 { $line } 行：SSLProtocol { $said } 没有留下 EL 9 支持的版本。
finding-web-httpd-tls-cipher = { $file } 第 { $line } 行：SSLCipherSuite { $said } 中没有 OpenSSL 3 支持的密码套件。

rule-web-httpd-sysconfig-title = /etc/sysconfig/httpd 中的 httpd 启动选项
rule-web-httpd-sysconfig-remedy = 在新主机上写入 drop-in（systemctl edit httpd）或配置文件。
rule-web-httpd-sysconfig-verify = 新主机上 systemctl show httpd -p ExecStart -p Environment 与预期一致。
finding-web-httpd-sysconfig = { $file } 第 { $line } 行设置了 { $setting }，EL 9 的服务单元不使用它。

rule-web-httpd-strict-requests-title = Apache 只接受格式严格的请求
rule-web-httpd-strict-requests-remedy = 在访问日志中查找重要客户端发出的不规范请求：缺少 Host、使用 HTTP/0.9、请求头名称含空格或下划线。无法修正的客户端可设置 HttpProtocolOptions Unsafe。
rule-web-httpd-strict-requests-verify = 把录制的旧客户端请求发往新主机，返回的状态码与原来一致。
finding-web-httpd-strict-requests = Apache 自 2.4.25 起对 2.4.6 能接受的不规范请求返回 400；本机未设置 HttpProtocolOptions。

rule-web-php-meaning-title = 同样的 PHP 代码在 PHP 8 中含义不同
rule-web-php-meaning-remedy = 把录制的请求回放到新主机并比对响应正文，语法检查发现不了这类问题。常见的有：数字与字符串比较、与类同名的构造函数、count(null)、带 /e 的 preg_replace、implode 参数颠倒。
rule-web-php-meaning-verify = 回放请求的响应正文在两台主机上一致，PHP 日志中没有新的告警。
finding-web-php-meaning = 已安装 PHP { $version }；同样的代码在 PHP 8 中可能不报错却得出不同结果。

rule-web-php-settings-title = PHP 将无法启动：已废止的设置
rule-web-php-settings-remedy = 先在 EL 7 上关闭该设置并修正依赖它的代码，再删除该行。
rule-web-php-settings-verify = 用新的 php.ini 执行 php -c，启动时没有任何提示。
finding-web-php-settings = { $file } 第 { $line } 行启用了 { $setting }；PHP 8 会以 “no longer available” 退出。

rule-web-php-extensions-title = EL 9 缺少的 PHP 扩展
rule-web-php-extensions-remedy = 迁移前把代码改用所列替代扩展；加密脚本需按新版 PHP 重新加密。
rule-web-php-extensions-verify = 新主机上 php -m 列出应用所需扩展，应用测试通过。
finding-web-php-extensions-ended = { $file } 第 { $line } 行加载 { $extension }；替代为 { $instead }。
finding-web-php-extensions-loader = { $file } 第 { $line } 行加载 { $extension }：加密脚本只能在对应版本的 PHP 上运行。

## 缓存

rule-cache-removed-directive-title = redis.conf 中有使 Redis 无法启动的指令
rule-cache-removed-directive-remedy = 迁移该文件时会去掉。自行复制的副本请手工删除。
rule-cache-removed-directive-verify = 新主机上 redis-server 能以迁移后的配置启动。
finding-cache-removed-directive = { $file } 第 { $line } 行设置了 { $directive }。

rule-cache-save-failed-title = Redis 未能保存数据
rule-cache-save-failed-remedy = 在日志中查明原因（空间、内存、权限），并执行 BGSAVE 使其保存成功。在此之前没有可以安全迁移的数据。
rule-cache-save-failed-verify = INFO persistence 显示 rdb_last_bgsave_status:ok。
finding-cache-save-failed = 端口 { $port } 的 Redis 最近一次保存失败。

rule-cache-replica-link-down-title = Redis 从节点与主节点断开
rule-cache-replica-link-down-remedy = 在任何一方迁移之前修复复制。
rule-cache-replica-link-down-verify = INFO replication 显示 master_link_status:up，且两侧偏移量一致。
finding-cache-replica-link-down = 端口 { $port } 的 Redis 与 { $master } 的连接已断开。

rule-cache-open-to-all-title = Redis 无密码监听网络
rule-cache-open-to-all-remedy = 设置 requirepass（从节点另设 masterauth），或只绑定所需地址并用防火墙限制。EL 9 上保护模式可能拒绝远程客户端。
rule-cache-open-to-all-verify = 使用密码的客户端能连接，未使用密码的被拒绝。
finding-cache-open-to-all = { $file } 绑定了网络地址且未设密码。

rule-cache-newer-than-target-title = Redis 版本高于 EL 9 默认版本
rule-cache-newer-than-target-remedy = 在新主机上启用不低于该版本的模块流（redis:7）。Redis 6.2 无法读取其转储文件。
rule-cache-newer-than-target-verify = 新主机上 redis-server --version 不低于原版本。
finding-cache-newer-than-target = 端口 { $port } 的 Redis 版本为 { $version }。

rule-cache-config-path-title = Redis 配置文件位置改变
rule-cache-config-path-remedy = 文件会迁移到 /etc/redis/，请修改写有旧路径的脚本。
rule-cache-config-path-verify = 新主机上 CONFIG GET 读回的值符合预期。
finding-cache-config-path = { $file } 将移至 /etc/redis/。

rule-cache-dump-one-way-title = Redis 数据无法回退
rule-cache-dump-one-way-remedy = 保留切换前的转储文件。回退会丢失切换后的写入，除非逐键回放。
rule-cache-dump-one-way-verify = 回退演练中，旧主机能加载保留的转储文件。
finding-cache-dump-one-way = 端口 { $port } 的 Redis 版本为 { $version }，无法读取 EL 9 上 Redis 的转储文件。

rule-cache-memcached-listen-title = memcached 的默认监听范围会收窄
rule-cache-memcached-listen-remedy = 在 OPTIONS 中用 -l 写明客户端使用的地址，用防火墙限制来源，并让客户端由 UDP 改用 TCP（或写明 -U 11211）。
rule-cache-memcached-listen-verify = 客户端主机能读到新 memcached 的统计。
finding-cache-memcached-listen-address = { $file } 未指定地址：EL 9 的 memcached 只监听回环地址。
finding-cache-memcached-listen-udp = { $file } 未提及 UDP：EL 9 上默认关闭。

## 数据库

rule-database-postgresql-settings-title = postgresql.conf 中有使新版 PostgreSQL 无法启动的参数
rule-database-postgresql-settings-remedy = 迁移该文件时会写入后继参数，请核对取值：checkpoint_segments → max_wal_size，wal_keep_segments → wal_keep_size，unix_socket_directory → unix_socket_directories。
rule-database-postgresql-settings-verify = 新主机上 postgres -C shared_buffers -c config_file=... 返回 0。
finding-database-postgresql-settings = { $file } 第 { $line } 行设置了 { $setting }。

rule-database-postgresql-hba-title = pg_hba.conf 中有 PostgreSQL 拒绝的认证方式
rule-database-postgresql-hba-remedy = 迁移该文件时 crypt 改为 md5，krb5 改为 gss。请确认每个客户端都能以此登录。
rule-database-postgresql-hba-verify = SELECT * FROM pg_hba_file_rules WHERE error IS NOT NULL 没有返回行。
finding-database-postgresql-hba = { $file } 第 { $line } 行使用了 { $method }。

rule-database-postgresql-old-title = PostgreSQL 版本过旧，无法在线跟随
rule-database-postgresql-old-remedy = 使用新主机的 pg_dump 进行导出与恢复，并为此安排停机时间。10 之前的版本不能将变更发送给新版服务器。
rule-database-postgresql-old-verify = 行数、序列、权限与扩展一致，且已执行 ANALYZE。
finding-database-postgresql-old = 端口 { $port } 的 PostgreSQL 版本为 { $version }。

rule-database-postgresql-collation-title = EL 9 上文本排序规则不同
rule-database-postgresql-collation-remedy = 通过导出恢复或逻辑复制迁移数据；若直接沿用数据文件，须在首次写入前对所有文本索引执行 REINDEX。否则查询会悄悄漏掉行。
rule-database-postgresql-collation-verify = amcheck 的 bt_index_check 对每个索引均通过，日志中没有 collation version mismatch 警告。
finding-database-postgresql-collation = 端口 { $port } 上按 C 库排序的数据库：{ $databases }。

rule-database-postgresql-extensions-title = PostgreSQL 使用了额外的扩展
rule-database-postgresql-extensions-remedy = 恢复数据前，为新版服务器安装该扩展。
rule-database-postgresql-extensions-verify = SELECT extname FROM pg_extension 的结果一致。
finding-database-postgresql-extensions = 端口 { $port } 的 PostgreSQL 使用了不随服务器提供的扩展 { $extension }。
finding-database-postgresql-extensions-ended = 端口 { $port } 的 PostgreSQL 使用的扩展 { $extension } 已不存在，须先从数据库中移除。

rule-database-postgresql-slots-title = PostgreSQL 复制槽
rule-database-postgresql-slots-remedy = 记录每个复制槽的使用者，并在新主机上重建。无人读取的复制槽会占满磁盘。
rule-database-postgresql-slots-verify = 新主机的 pg_replication_slots 列出这些复制槽且均为 active。
finding-database-postgresql-slots = 端口 { $port } 的复制槽：{ $slots }。

rule-database-postgresql-archive-title = PostgreSQL 启用了 WAL 归档
rule-database-postgresql-archive-remedy = 为新服务器配置独立的归档，并在切换前完成首次全量备份；两个大版本的归档不能混用。
rule-database-postgresql-archive-verify = pg_stat_archiver 计数增长，且能从新归档恢复。
finding-database-postgresql-archive = { $file } 第 { $line } 行设置了 archive_command。

rule-database-postgresql-stream-title = PostgreSQL 版本与 EL 9 默认版本不同
rule-database-postgresql-stream-remedy = 从模块流或 PostgreSQL 官方的 EL 9 软件源安装相同的大版本。
rule-database-postgresql-stream-verify = 新主机上 SELECT version() 显示期望的大版本。
finding-database-postgresql-stream = 端口 { $port } 的 PostgreSQL 为 { $major } 版，EL 9 默认提供 13 版。

rule-database-mariadb-options-title = my.cnf 中有使 MariaDB 无法启动的选项
rule-database-mariadb-options-remedy = 迁移该文件时会去掉或改名，请核对结果：log_slow_queries → slow_query_log_file，default-character-set → character-set-server，storage_engine → default_storage_engine。
rule-database-mariadb-options-verify = 新主机上 mariadbd --help --verbose 正常结束。
finding-database-mariadb-options = { $file } 第 { $line } 行设置了 { $option }。

rule-database-mariadb-replica-stopped-title = MariaDB 复制已停止
rule-database-mariadb-replica-stopped-remedy = 在任何一方迁移之前修复复制；停滞的从库不能作为回退手段。
rule-database-mariadb-replica-stopped-verify = SHOW SLAVE STATUS 两项均为 Yes，Seconds_Behind_Master 为 0。
finding-database-mariadb-replica-stopped = 来自 { $master } 的复制没有运行。

rule-database-mariadb-old-title = MariaDB 版本低于 EL 9
rule-database-mariadb-old-remedy = 采用导出与导入，随后执行 mariadb-upgrade。新服务器的导出文件若要导回旧服务器，须去掉第一行。
rule-database-mariadb-old-verify = 各表的行数与校验和、用户与存储过程一致。
finding-database-mariadb-old = 服务器版本为 { $version }，EL 9 提供 10.5。

rule-database-mariadb-sql-mode-title = MariaDB 默认变为严格模式
rule-database-mariadb-sql-mode-remedy = 迁移时将现有的 sql_mode 写入新服务器配置，之后再与应用一起收紧。
rule-database-mariadb-sql-mode-verify = 新主机上 SELECT @@global.sql_mode 与决定一致。
finding-database-mariadb-sql-mode = 服务器的 sql_mode 为 { $mode }；新的默认值会拒绝过长的值与无效日期。

rule-database-mariadb-stream-title = MariaDB 版本高于 EL 9 默认版本
rule-database-mariadb-stream-remedy = 启用不低于该版本的模块流（mariadb:10.11），或使用 MariaDB 官方的 EL 9 软件源。旧版服务器无法打开这些文件。
rule-database-mariadb-stream-verify = 新主机上 SELECT VERSION() 不低于原版本。
finding-database-mariadb-stream = 服务器版本为 { $version }，EL 9 默认提供 10.5。

rule-database-mariadb-ignored-options-title = 不再生效的 MariaDB 选项
rule-database-mariadb-ignored-options-remedy = 删除该选项，并判断其目的是否需要其他设置。
rule-database-mariadb-ignored-options-verify = 新主机上 SHOW VARIABLES 的值符合要求。
finding-database-mariadb-ignored-options = { $file } 第 { $line } 行设置了 { $option }。

rule-database-mariadb-layout-title = 服务器设置写在 /etc/my.cnf 中
rule-database-mariadb-layout-remedy = EL 9 上服务器设置位于 /etc/my.cnf.d/mariadb-server.cnf，将迁移到该文件。
rule-database-mariadb-layout-verify = 新主机上 my_print_defaults --mysqld 能输出这些设置。
finding-database-mariadb-layout = { $file } 中有 { $n } 项服务器设置。

rule-database-connections-full-title = 数据库连接几近用尽
rule-database-connections-full-remedy = 在新旧主机同时连接的批次之前，调高 max_connections 或缩小连接池。
rule-database-connections-full-verify = 最繁忙时段使用的连接不超过五分之四。
finding-database-connections-full = { $server } 已使用 { $max } 个连接中的 { $used } 个。

rule-database-mysql-title = MySQL 或 Percona Server
rule-database-mysql-remedy = 选定 EL 9 的软件源，逐个大版本升级（5.6、5.7、8.0），每步先运行 mysqlsh util.checkForServerUpgrade()。最后一台 EL 7 客户端下线前保留 default_authentication_plugin = mysql_native_password：其客户端库不支持 caching_sha2_password。
rule-database-mysql-verify = EL 7 与 EL 9 的客户端均能登录，行数一致。
finding-database-mysql = 本机由 { $package } { $version } 保存数据。

rule-database-old-passwords-title = MySQL 4.0 格式的密码
rule-database-old-passwords-remedy = 删除该选项，并为散列长度为 16 的用户重设密码；新版服务器与客户端拒绝该格式。
rule-database-old-passwords-verify = 不存在 16 位散列的用户，各应用均能登录。
finding-database-old-passwords = { $file } 第 { $line } 行使用 { $option }。

rule-database-backup-tools-title = 与版本绑定的备份工具
rule-database-backup-tools-remedy = 安装与新服务器匹配的版本，切换前建立新的备份链（stanza、全量备份）；旧备份过期前保留旧工具的恢复能力。
rule-database-backup-tools-verify = 已用新服务器的备份完成一次恢复。
finding-database-backup-tools = 已安装：{ $packages }。

rule-database-sap-hana-title = 本机运行 SAP HANA
rule-database-sap-hana-remedy = 按 SAP 的方式（系统复制或备份恢复）迁到其支持的版本，并把本机移出计划。
rule-database-sap-hana-verify = SAP 自带检查在新主机上通过。
finding-database-sap-hana = HANA 进程以 { $users } 身份运行。

rule-database-root-login-title = 以 root 及保存的口令登录 MariaDB
rule-database-root-login-remedy = EL 9 上全新安装的 MariaDB 只允许 root 通过套接字免密登录。请逐个脚本决定：以系统 root 身份免密执行，或为其建立权限恰当的专用账号。仅当账号原样迁移时才保留 /root/.my.cnf。
rule-database-root-login-verify = 新主机上以 root 执行 mysql -e 'SELECT CURRENT_USER()' 返回 root@localhost，所列任务均已成功运行一次。
finding-database-root-login-file = { $file } 保存了 root 的登录信息。
finding-database-root-login-command = { $file } 第 { $line } 行以 root 登录。

rule-database-old-hashes-title = MariaDB 账号仍使用 MySQL 4.1 之前的口令格式
rule-database-old-hashes-remedy = 新版服务器和客户端会拒绝这类登录。请在服务器迁移之前，以 old_passwords = 0 重新设置这些口令（SELECT User, Host FROM mysql.user WHERE LENGTH(Password) = 16 可列出账号），并确认客户端支持新格式。
rule-database-old-hashes-verify = 旧主机上 SELECT COUNT(*) FROM mysql.user WHERE LENGTH(Password) = 16 返回 0，各应用仍能登录。
finding-database-old-hashes = 有 { $n } 个账号的口令散列为 16 个字符。

## 监控

rule-monitoring-exporter-names-title = 采集器的指标名称会改变
rule-monitoring-exporter-names-remedy = 在新旧主机并存期间，让告警与看板同时查询两种名称。
rule-monitoring-exporter-names-verify = 迁移前后，每条告警的表达式对该主机都能返回至少一条序列。
finding-monitoring-exporter-names = { $package } 使用旧名称（node_cpu），EL 9 使用新名称（node_cpu_seconds_total）。

rule-monitoring-alerts-by-device-title = 告警按设备名查询
rule-monitoring-alerts-by-device-remedy = 改为按用途或挂载点查询，设备在 EL 9 上名称不同。
rule-monitoring-alerts-by-device-verify = 告警表达式对已迁移的主机能返回序列。
finding-monitoring-alerts-by-device = { $file } 中的 { $alert } 按旧设备名查询。

rule-monitoring-agent-commands-title = 监控检查调用了 EL 9 没有的命令
rule-monitoring-agent-commands-remedy = 改写检查项（netstat → ss，ifconfig → ip，ntpq → chronyc）。
rule-monitoring-agent-commands-verify = 迁移后两个周期内每个监控项都有数据。
finding-monitoring-agent-commands = { $file } 调用了 { $commands }。

rule-monitoring-zabbix-remote-commands-title = Zabbix 可在本机执行命令
rule-monitoring-zabbix-remote-commands-remedy = 为所需命令写 AllowKey=system.run[...]，其余用 DenyKey；安装不高于服务器版本的 agent。
rule-monitoring-zabbix-remote-commands-verify = 两个采集周期内该主机的监控项均有值。
finding-monitoring-zabbix-remote-commands = { $file } 第 { $line } 行为 EnableRemoteCommands=1，新版 agent 以 AllowKey 取代。

rule-monitoring-nrpe-title = Nagios 通过 NRPE 询问本机
rule-monitoring-nrpe-remedy = 迁移前两端均换为带证书的 NRPE 4：旧版使用的匿名 TLS 会被 EL 9 拒绝。
rule-monitoring-nrpe-verify = 从监控服务器执行 check_nrpe，每条命令都有回答。
finding-monitoring-nrpe = NRPE 正在使用。

rule-monitoring-sysstat-history-title = EL 9 无法读取的 sysstat 历史数据
rule-monitoring-sysstat-history-remedy = 如需对比，请在 EL 7 上导出：sadf -d -- -A /var/log/sa/saNN > saNN.csv。
rule-monitoring-sysstat-history-verify = 导出的文件可读。
finding-monitoring-sysstat-history = sysstat 在此采集；其文件格式会变化。

rule-monitoring-cgroup-readers-title = 读取 cgroup v1 的监控程序
rule-monitoring-cgroup-readers-remedy = 安装支持 cgroup v2 的版本，并按新名称调整仪表盘。
rule-monitoring-cgroup-readers-verify = 迁移后其指标仍在。
finding-monitoring-cgroup-readers = { $name } 读取控制组。

rule-monitoring-aide-title = 已废止的 AIDE 设置
rule-monitoring-aide-remedy = 用 database_in 取代 database，用 log_level 取代 verbose；主机验收后重新建立基线，旧基线留作证据。
rule-monitoring-aide-verify = 新主机上 aide --config-check 通过。
finding-monitoring-aide = { $file } 第 { $line } 行使用 { $setting }，AIDE 0.19 会拒绝。

rule-monitoring-kernel-agents-title = 与内核绑定的安全 agent
rule-monitoring-kernel-agents-remedy = 迁移前取得厂商针对 EL 9 及其内核的版本，在新主机构建阶段安装。
rule-monitoring-kernel-agents-verify = agent 在控制台在线，内核模块已加载。
finding-monitoring-kernel-agents = 已安装：{ $packages }。

rule-monitoring-log-parsers-title = 解析日志内容的程序
rule-monitoring-log-parsers-remedy = 用 EL 9 主机的日志逐条验证规则：sshd、sudo 和内核的措辞不同，fail2ban 改读 journal。
rule-monitoring-log-parsers-verify = 每条规则都能被构造的日志触发。
finding-monitoring-log-parsers = 正在使用：{ $names }。

rule-monitoring-cgroup-collectors-title = 采集器配置为读取 cgroup v1
rule-monitoring-cgroup-collectors-remedy = EL 9 使用 cgroup v2：/sys/fs/cgroup 下只有一棵树，没有 memory/、cpu/、blkio/ 目录，文件名也不同（memory.current、cpu.stat、io.stat）。请把采集器改到新路径，或改用支持 v2 的插件，并同步调整看板和告警。
rule-monitoring-cgroup-collectors-verify = 新主机上报的数据序列与旧主机一致，名称与看板所查询的相符。
finding-monitoring-cgroup-collectors = { $unit } 按 { $file } 读取 cgroup。

rule-monitoring-identity-in-inventories-title = 资产清单或许可证依赖会变化的主机标识
rule-monitoring-identity-in-inventories-remedy = 新主机的发行版名称为 Rocky Linux，machine-id 和网卡也不同。凡资产清单、监控规则或剧本中按 CentOS 判断之处，请补充新名称；绑定机器标识的许可证，请在迁移前向厂商申请新文件。
rule-monitoring-identity-in-inventories-verify = 在新主机上试运行配置管理没有意外变更，监控已将其归入正确的分组，受许可的程序正常启动。
finding-monitoring-identity-in-inventories-name = { $file } 中写有发行版名称：{ $text }
finding-monitoring-identity-in-inventories-number = { $file } 使用机器标识：{ $text }
finding-monitoring-identity-in-inventories-licence = { $file } 是绑定单台机器的许可证：{ $text }

## 机群

rule-fleet-connection-budget-title = 所有客户端的连接池超过数据库连接上限
rule-fleet-connection-budget-remedy = 调高 max_connections、缩小连接池，或减少同批迁移的客户端数量。批次进行时，新旧主机会同时占用各自的连接池。
rule-fleet-connection-budget-verify = 连接池总和（最大批次计两次）不超过上限。
finding-fleet-connection-budget = { $database } 允许 { $limit } 个连接；{ $clients } 个客户端平时占用 { $steady } 个，{ $wave ->
    [0] 其中 { $moving } 个迁移时达到 { $peak } 个。
   *[other] 批次 { $wave } 中 { $moving } 个迁移时达到 { $peak } 个。
}

rule-fleet-pair-in-one-wave-title = 主从两台主机在同一批次
rule-fleet-pair-in-one-wave-remedy = 分到不同批次，从节点在前。
rule-fleet-pair-in-one-wave-verify = 计划中两者位于不同批次。
finding-fleet-pair-in-one-wave = { $primary } 与其从节点 { $replica }（{ $service }）都在第 { $wave } 批。

rule-fleet-pair-in-one-window-title = 主从两台主机在同一变更窗口
rule-fleet-pair-in-one-window-remedy = 为其中一台安排另一晚的变更窗口，让先迁移的一台经过一天负载的检验后再迁移另一台；或确认观察期已足够长。
rule-fleet-pair-in-one-window-verify = 计划中它们处于两个变更窗口。
finding-fleet-pair-in-one-window = { $primary } 与其从节点 { $replica }（{ $service }）可能在同一变更窗口内先后迁移。

rule-fleet-replica-first-title = 主节点先于从节点迁移
rule-fleet-replica-first-remedy = 先迁移从节点。新版从节点可以跟随旧版主节点，反之不行。
rule-fleet-replica-first-verify = 计划中从节点的批次早于主节点。
finding-fleet-replica-first = { $primary } 在第 { $first } 批迁移，其 { $service } 从节点 { $replica } 在第 { $then } 批。

rule-fleet-replica-older-title = 从节点版本低于主节点
rule-fleet-replica-older-remedy = 将从节点升级到不低于主节点的版本，否则会停止跟随。
rule-fleet-replica-older-verify = 复制正常，且从节点版本不低于主节点。
finding-fleet-replica-older = { $replica }（{ $service } { $replica-version }）跟随 { $primary }（{ $primary-version }）。

rule-fleet-standby-text-order-title = 跨版本的 PostgreSQL 备库会误读文本索引
rule-fleet-standby-text-order-remedy = 此类备库只用于切换：期间不承担查询，提升后、首次写入前对文本索引执行 REINDEX；或改用逻辑复制。
rule-fleet-standby-text-order-verify = 新主库上 amcheck 的 bt_index_check 对每个索引均通过。
finding-fleet-standby-text-order = { $replica } 从 { $primary } 流复制；只要其中一台运行 EL 9，两者的文本排序就不同。

rule-fleet-alert-names-title = 主机迁移后告警会失声
rule-fleet-alert-names-remedy = 在首台主机迁移之前，用 or 在旧名称旁加上新名称，同时查询两者。
rule-fleet-alert-names-verify = 告警表达式对两个版本的主机都能返回序列，promtool test rules 通过。
finding-fleet-alert-names = { $host } 上的 { $alert }（{ $file }）查询 { $old }，已迁移的主机上报的是 { $new }。

rule-fleet-tls-floor-title = 机群内服务器只提供迁移后客户端拒绝的 TLS 版本
rule-fleet-tls-floor-remedy = 在其任何客户端迁移之前，让服务器提供 TLS 1.2。
rule-fleet-tls-floor-verify = 已迁移的客户端执行 openssl s_client -tls1_2 能连接。
finding-fleet-tls-floor = { $server } 对 { $clients } 只提供 TLS 1.1 及更早的版本。

rule-fleet-scram-clients-title = EL 7 客户端无法登录新版 PostgreSQL
rule-fleet-scram-clients-remedy = 在最后一台 EL 7 客户端迁移之前，新服务器保持 password_encryption = md5，之后再以 scram-sha-256 重设密码。
rule-fleet-scram-clients-verify = 仍运行 EL 7 的主机用 psql 能登录新服务器。
finding-fleet-scram-clients = { $clients } 使用 EL 7 的客户端库连接 { $server }。

rule-fleet-time-servers-title = 为其他主机授时的主机
rule-fleet-time-servers-remedy = 在新主机的 chrony.conf 中加入 allow 行，并将多台时间服务器分到不同批次。
rule-fleet-time-servers-verify = 客户端上 chronyc sources 能连到已迁移的服务器。
finding-fleet-time-servers = { $client } 向 { $server } 对时；chrony 未经允许不会应答。

rule-fleet-tls-old-client-title = 机群内客户端只会使用已迁移主机拒绝的 TLS 版本
rule-fleet-tls-old-client-remedy = 在该客户端或其服务器迁移之前让它使用 TLS 1.2：删去设置中的版本限制，或升级不支持的库。
rule-fleet-tls-old-client-verify = 服务器日志显示该客户端的连接为 TLSv1.2 或更新版本。
finding-fleet-tls-old-client = { $client } 与 { $servers } 之间只使用 { $versions }（{ $place }）。

rule-fleet-ssh-algorithms-title = 两台主机之间的 SSH 将没有共同算法
rule-fleet-ssh-algorithms-remedy = 在首台主机迁移之前，删去 ssh_config 或 sshd_config 中的列表，或加入两个版本默认都接受的算法（aes256-ctr、hmac-sha2-256、curve25519-sha256）。
rule-fleet-ssh-algorithms-verify = 每次迁移前后，两台主机之间双向执行 ssh -o BatchMode=yes 均成功。
finding-fleet-ssh-algorithms = { $clients } 与 { $server } 的 { $option } 没有交集：{ $state ->
    [server-first] { $server } 已迁移而客户端尚未迁移时。
    [client-first] 客户端已迁移而 { $server } 尚未迁移时。
   *[both] 两端均已迁移时。
}

rule-fleet-quorum-in-one-wave-title = 同一批次会破坏仲裁多数
rule-fleet-quorum-in-one-wave-remedy = 在项目中把成员声明为成对主机，避免同时迁移；每迁移一台，等全部成员互相可见后再继续。
rule-fleet-quorum-in-one-wave-verify = 计划中每个成员处于不同批次。
finding-fleet-quorum-in-one-wave = { $service } { $name }：批次 { $wave } 会带走 { $hosts }，剩余 { $left } 个，而需要 { $needed } 个达成一致。

rule-fleet-shared-address-title = 共享同一地址的主机处于同一批次
rule-fleet-shared-address-remedy = 分到不同批次，备机先行；每次迁移后用 arping 确认只有一台主机应答该地址。
rule-fleet-shared-address-verify = 计划中它们处于两个批次。
finding-fleet-shared-address = { $hosts } 共同持有 { $address }，且都在批次 { $wave }。

rule-fleet-shared-address-settings-title = 共享同一地址的主机配置不一致
rule-fleet-shared-address-settings-remedy = 让各成员的 virtual_router_id 与 advert_int 一致；否则 keepalived 版本变化后两台会同时占用该地址。
rule-fleet-shared-address-settings-verify = 各成员执行 ip addr，该地址只出现一次。
finding-fleet-shared-address-settings = { $hosts } 以不同的 VRRP 设置持有 { $address }。

rule-fleet-name-servers-title = 主机将没有可用的域名服务器
rule-fleet-name-servers-remedy = 在首台迁移之前，增加一台位于其他批次或机群之外的域名服务器。
rule-fleet-name-servers-verify = 服务器离线期间，客户端执行 getent hosts 仍有回答。
finding-fleet-name-servers = { $n } 台主机（{ $clients }）只向 { $servers } 查询域名，其迁移期间无人应答。

rule-fleet-directory-servers-title = 主机将没有可用的目录服务
rule-fleet-directory-servers-remedy = 增加一台处于其他批次的服务器，并确认 SSSD 缓存能覆盖迁移所需时间。
rule-fleet-directory-servers-verify = 服务器离线期间，目录用户能登录客户端。
finding-fleet-directory-servers = { $n } 台主机（{ $clients }）的用户与票据只依赖 { $servers }。

rule-fleet-mail-relays-title = 主机的全部邮件都经一台将迁移的主机转发
rule-fleet-mail-relays-remedy = 选择邮件量小的时段迁移，邮件会在客户端队列中等待；确认新转发主机放行这些地址（mynetworks）。
rule-fleet-mail-relays-verify = 迁移后客户端 postqueue -p 为空。
finding-fleet-mail-relays = { $n } 台主机（{ $clients }）只经 { $servers } 发信。

rule-fleet-log-collectors-title = 主机把日志发往一台将迁移的主机
rule-fleet-log-collectors-remedy = 为客户端 rsyslog 配置磁盘队列（queue.type="LinkedList" queue.filename="..."）以免丢失；UDP 发送的会丢失。
rule-fleet-log-collectors-verify = 迁移后每台客户端的标记日志都能到达。
finding-fleet-log-collectors = { $n } 台主机（{ $clients }）的日志只发往 { $servers }。

rule-fleet-file-servers-title = 主机挂载了将迁移主机上的文件
rule-fleet-file-servers-remedy = 切换前卸载；或为每个导出固定 fsid 且新服务器沿用同一地址，其间写入的程序会挂起直到恢复应答。
rule-fleet-file-servers-verify = 迁移后对已挂载文件执行 stat 有回答，没有 “Stale file handle”。
finding-fleet-file-servers = { $n } 台主机（{ $clients }）挂载了 { $servers } 的文件系统。

rule-fleet-monitoring-servers-title = agent 接受并连接一台将迁移的监控服务器
rule-fleet-monitoring-servers-remedy = Zabbix 服务器先于 agent 迁移：agent 可以比服务器旧，不可更新；若计划未如此安排，请声明依赖。
rule-fleet-monitoring-servers-verify = 服务器迁移后两个采集周期内，各 agent 均有数据。
finding-fleet-monitoring-servers = { $n } 台主机（{ $clients }）只由 { $servers } 监控。

rule-fleet-accepts-by-address-title = 主机按单个地址放行其他主机
rule-fleet-accepts-by-address-remedy = 新机器在切换前使用自己的地址：若需提前访问（复制、检查），请在迁移前对其放行，之后删除。
rule-fleet-accepts-by-address-verify = 已迁移主机能从服务地址访问。
finding-fleet-accepts-by-address = { $host } 按地址放行 { $clients }（{ $place }）。

# 新机器的软件包从哪里来

rule-packages-no-repositories-title = 新机器没有软件仓库
rule-packages-no-repositories-remedy = 在 rockhop.toml 的 [[repositories]] 中声明新主机的安装来源，并将其启用。
rule-packages-no-repositories-verify = 新主机上 dnf repolist 列出所声明的仓库。
finding-packages-no-repositories = rockhop.toml 声明了软件仓库，但没有一个已启用的仓库用于该主机。

rule-packages-base-repositories-title = 新机器的仓库中缺少 BaseOS 或 AppStream
rule-packages-base-repositories-remedy = 在 rockhop.toml 的 [[repositories]] 中声明它。若自建镜像使用其他名称，请在该条目中写 holds = ["baseos", "appstream"]。
rule-packages-base-repositories-verify = 新主机上 dnf repolist 列出的仓库包含 BaseOS 和 AppStream 的软件包。
finding-packages-base-repositories = 已启用的仓库中没有 { $repository }，也没有仓库声明包含它。

rule-packages-repository-twice-title = 同一仓库声明了两次
rule-packages-repository-twice-remedy = 在 rockhop.toml 中只保留其中一条，或为另一条使用不同的 id。
rule-packages-repository-twice-verify = 新主机上 dnf repolist 不再提示仓库重复定义。
finding-packages-repository-twice = { $repository } 为该主机声明了不止一次。

rule-packages-repository-missing-title = 没有依据表明由谁定义的仓库
rule-packages-repository-missing-remedy = 在 rockhop.toml 中为该仓库填写地址；或声明包含这些软件包的仓库，并把缺少的名称写入其 holds。
rule-packages-repository-missing-verify = 新主机上 dnf repolist 列出该仓库，dnf makecache 正常返回。
finding-packages-repository-missing-undefined = { $repository } 声明时没有地址，而 Rocky Linux 9 本身并不定义它。
finding-packages-repository-missing-mapped = 按 Leapp 的映射，{ $repository } 的后继为 { $follows }；新机器未声明其中任何一个。
finding-packages-repository-missing-unplaced = Leapp 的事件从 { $repository } 取软件包，但无法确定它在 Rocky Linux 9 上对应哪个仓库：{ $names }。

rule-packages-repository-key-missing-title = 新机器的仓库没有签名密钥
rule-packages-repository-key-missing-remedy = 把密钥文件放入项目，并在该条目中指明：gpgkey = "keys/RPM-GPG-KEY-site"。
rule-packages-repository-key-missing-verify = 新主机上用 dnf install 从该仓库安装软件包时不再询问密钥。
finding-packages-repository-key-missing = { $repository } 要求校验签名却没有给出密钥，首次从中安装会失败。

rule-packages-repository-key-unknown-title = 无人核对过的签名密钥
rule-packages-repository-key-unknown-remedy = 先取得密钥，与发布方公布的指纹核对，再把文件放入项目：gpgkey = "keys/RPM-GPG-KEY-site"。它会随已签字的计划下发到新机器。
rule-packages-repository-key-unknown-verify = 新主机上 rpm -q gpg-pubkey 只列出指纹已核对过的密钥。
finding-packages-repository-key-unknown-fetched = { $repository } 的密钥取自 { $key }，届时返回什么就信任什么。
finding-packages-repository-key-unknown-file = { $repository } 的密钥应为 { $key }，而全新安装的 Rocky Linux 9 上没有该文件。

rule-packages-repository-unchecked-title = 仓库不校验签名
rule-packages-repository-unchecked-remedy = 从 rockhop.toml 中去掉 gpgcheck = false 并给出密钥；自行构建的软件包请先签名。
rule-packages-repository-unchecked-verify = 新主机上对该仓库的软件包执行 rpm -K 显示 digests signatures OK。
finding-packages-repository-unchecked = { $repository } 关闭了 gpgcheck：能写入该仓库或截获传输的人可以决定安装什么。

rule-packages-repository-off-title = 软件包来自新机器未启用的仓库
rule-packages-repository-off-remedy = 在 rockhop.toml 的 [[repositories]] 中声明该仓库：Rocky 自带的仓库写 id = "crb" 即可，其他仓库需要地址。若已声明的仓库包含这些软件包，请把名称写入其 holds。
rule-packages-repository-off-verify = 新主机上 dnf repolist 列出该仓库，dnf repoquery 能查到每个软件包。
finding-packages-repository-off = { $n } 个软件包来自未启用的 { $repository }：{ $names }。

rule-packages-unmapped-repositories-title = 旧主机的仓库没有已知后继
rule-packages-unmapped-repositories-remedy = 确认其软件包是否有 EL 9 构建，然后在 rockhop.toml 的 [[repositories]] 中声明相应仓库，并把旧仓库的 id 写入其 holds。没有后继的软件包由另一条规则逐一列出。
rule-packages-unmapped-repositories-verify = 新主机上 dnf repolist 列出替代它的仓库，或所需软件包均不来自它。
finding-packages-unmapped-repositories = { $repository }（{ $address }）已启用，但没有依据说明由什么仓库接替。

rule-packages-repositories-unsaid-title = 没有说明新机器从哪里安装软件包
rule-packages-repositories-unsaid-remedy = 在 rockhop.toml 的 [[repositories]] 中声明仓库，即可在迁移前加以检查。否则计划会在每台新机器上、触及旧主机之前，检查所有软件包是否可以获得。
rule-packages-repositories-unsaid-verify = 步骤 build.repositories 在每台新机器上都正常结束。
finding-packages-repositories-unsaid = rockhop.toml 没有声明软件仓库；新机器从哪里安装软件包由创建它的程序决定。

## 软件包之外的内容

rule-packages-census-title = 尚未清查，或清查结果过旧
rule-packages-census-remedy = 请对该主机执行 `rockhop census`。它以最低优先级清点不属于任何软件包的内容；与之相关的规则尚未检查。
rule-packages-census-verify = `rockhop assess` 不再对该主机报告此规则。
finding-packages-census = 清查结果比采集结果早 { $days } 天。
rule-packages-census-scope-title = 清查未遍历的目录
rule-packages-census-scope-remedy = 其中存放程序或源码的目录请一并清查：`rockhop census --also 目录`。纯数据目录不必遍历；位于其他机器上的目录请在该机器上检查。
rule-packages-census-scope-verify = 下一次清查的遍历范围包含该目录，或已有人确认其中只有数据。
finding-packages-census-scope = 以下目录未要求清查，其中内容未知：{ $folders }。
finding-packages-census-scope-elsewhere = 以下目录位于其他机器上，未遍历：{ $folders }。

rule-packages-lost-libraries-title = rpm 之外的程序缺少所需的库
rule-packages-lost-libraries-remedy = 请为 EL 9 重新编译该程序，或取得厂商的 EL 9 版本。若 EL 9 以单独的软件包提供该库，请安装该软件包。不要把 EL 7 的库复制过去，它们已无人修补。
rule-packages-lost-libraries-verify = 在新主机上对该程序执行 ldd，没有 not found 的库；来源不可信的程序请改用 readelf -d 查看。
finding-packages-lost-libraries = EL 9 没有 { $library }（对应的是 { $instead }），rpm 之外有 { $n } 个程序或库需要它：{ $files }。
finding-packages-lost-libraries-asked = { $library } 在 EL 9 上由 { $instead } 提供，默认不安装；rpm 之外有 { $n } 个程序或库需要它：{ $files }。
finding-packages-lost-libraries-missing = 主机上没有 { $library }，而 rpm 之外有 { $n } 个程序或库需要它：{ $files }。

rule-packages-pip-modules-title = rpm 之外的 Python 包
rule-packages-pip-modules-remedy = 请在 EL 9 上用 Python 3.9 或更新版本重建环境：用 pip freeze 导出清单并试装，含编译内容的重新编译。Python 2 的包须先移植。不要复制 site-packages 目录。
rule-packages-pip-modules-verify = 新主机上 pip check 无输出，使用该环境的程序通过测试。
finding-packages-pip-modules = { $folder } 中有 { $n } 个不由 rpm 安装的包，针对 EL 7 的 Python 构建：{ $names }。
finding-packages-pip-modules-python2 = { $folder } 中有 { $n } 个 Python 2 的包，而 EL 9 没有 Python 2：{ $names }。

rule-packages-cpan-modules-title = rpm 之外的 Perl 模块
rule-packages-cpan-modules-remedy = 请先在 EL 9 的软件包中查找每个模块（dnf provides 'perl(Foo::Bar)'）；没有的，在 Perl 5.32 下从 CPAN 重新编译。EL 7 上编译的模块无法加载。
rule-packages-cpan-modules-verify = 新主机上对每个模块执行 perl -MFoo::Bar -e 1 均无输出。
finding-packages-cpan-modules = 从 CPAN 安装了 { $n } 个发行包：{ $names }。
finding-packages-cpan-modules-folder = { $folder } 中有 { $n } 个不属于任何软件包的模块。

rule-packages-unpacked-java-title = 手工解压的旧版 Java
rule-packages-unpacked-java-remedy = 请将应用改用 Java 8 或更新版本（EL 9 的软件包或厂商版本）。早于 8u372 的 Java 看不到服务的内存限制，请设置 -Xmx。
rule-packages-unpacked-java-verify = 新主机上运行中的进程，其 java -version 为 8 或更高。
finding-packages-unpacked-java = { $folder } 是 Java { $version }，EL 9 没有同版本的后继。
finding-packages-unpacked-java-unsaid = { $folder } 没有注明 Java 版本；各厂商的 Java 6 及更早版本都不注明。

rule-packages-replaced-files-title = 被手工替换的软件包程序
rule-packages-replaced-files-remedy = 请查明由谁替换、为何替换。新主机上软件包会带来自己的文件：手工修补的内容不复存在，此处已删除的文件也会重新出现。
rule-packages-replaced-files-verify = 已逐一确认可使用 EL 9 自带的文件，或其替代品已为 EL 9 构建。
finding-packages-replaced-files = 与软件包提供的内容不同（{ $n } 个）：{ $files }。
finding-packages-replaced-files-missing = 由软件包提供但已被删除（{ $n } 个）：{ $files }。

rule-security-key-stores-title = OpenSSL 3 无法打开的密钥库
rule-security-key-stores-remedy = 请在旧主机仍在时用 AES-256 重新导出：在旧主机上读出，在 EL 9 上用 openssl pkcs12 -export 写入。Java 程序两种格式都能读取。
rule-security-key-stores-verify = 新主机上 openssl pkcs12 -in 文件 -noout 不加 -legacy 即返回 0。
finding-security-key-stores = 使用了 RC2、RC4 或 DES，OpenSSL 3 只有启用 legacy provider 才支持：{ $files }。

rule-security-openssl-enc-elsewhere-title = 各处调用 openssl enc 的脚本
rule-security-openssl-enc-elsewhere-remedy = 请确认它们是否仍在使用。解密旧文件处加 -md md5；写新文件处两端统一使用 -pbkdf2 与固定的 -md。
rule-security-openssl-enc-elsewhere-verify = 在新主机上用该脚本解密一个真实的旧文件并比对校验和。
finding-security-openssl-enc-elsewhere = 有 { $n } 个脚本用 openssl enc 由口令派生密钥且未指定摘要，EL 7 写出的文件在 EL 9 上无法解密：{ $files }。

rule-services-python2-elsewhere-title = 常用目录之外的 Python 2 脚本
rule-services-python2-elsewhere-remedy = 请确认它们是否仍在使用，在用的移植到 Python 3。EL 9 没有 Python 2，也没有不带版本号的 python。
rule-services-python2-elsewhere-verify = 每个脚本 python3 -m py_compile 均通过，且在新主机上能运行。
finding-services-python2-elsewhere = 有 { $n } 个脚本要求 Python 2 或不带版本号的 python：{ $files }。

rule-services-perl-elsewhere-title = 不属于任何软件包的 Perl 程序
rule-services-perl-elsewhere-remedy = 在 Perl 5.32 下用 perl -c 逐一检查：不再从当前目录查找模块，正则表达式中未转义的花括号会报错。
rule-services-perl-elsewhere-verify = 新主机上 perl -c 对每个程序均显示 syntax OK，且实际运行结果正确。
finding-services-perl-elsewhere = 有 { $n } 个程序由 Perl 编写：{ $files }。

rule-services-systemd-images-title = 内含 systemd 的容器镜像
rule-services-systemd-images-remedy = 请基于 EL 8 或更新版本重做镜像，或改为以单个服务作为首个进程。EL 7 的 systemd 无法在 cgroup v2（EL 9 的默认设置）上启动。
rule-services-systemd-images-verify = 用该镜像创建的容器在新主机上状态正常。
finding-services-systemd-images = 以下镜像启动 systemd：{ $images }。

rule-web-htaccess-php-title = .htaccess 中的 PHP 设置
rule-web-htaccess-php-remedy = 请将这些设置移到 php-fpm 的进程池（php_admin_value[...]）或应用目录下的 .user.ini，并从 .htaccess 中删除。没有 mod_php 时，Apache 对该目录返回 500。
rule-web-htaccess-php-verify = 新主机上该目录的页面返回 200，且 phpinfo 显示该值。
finding-web-htaccess-php = { $file } 设置了 { $settings }；没有 mod_php 时该目录返回 500。

rule-web-php-gone-functions-title = PHP 调用了已移除的函数
rule-web-php-gone-functions-remedy = 请替换：mysql_* 改用 mysqli 或 PDO，ereg* 与 split 改用 preg_*，mcrypt_* 改用 openssl 或 sodium，each 改用 foreach，create_function 改用闭包。php -l 查不出这些问题，调用时才会报错。只在旧版 PHP 下才会执行到的调用可以保留。
rule-web-php-gone-functions-verify = 录制的请求在新主机上得到相同应答，错误日志中没有 undefined function。
finding-web-php-gone-functions = PHP 8 没有 { $functions }，共调用 { $n } 次：{ $places }。

rule-web-php-syntax-title = PHP 8 无法解析的 PHP 源码
rule-web-php-syntax-remedy = 请修改源码：$s{"{"}0{"}"} 改为 $s[0]，一个 switch 只留一个 default，调用时参数前不加 &。没有任何地方加载的源码可以保留。
rule-web-php-syntax-verify = EL 9 的 php -l 对每个会被加载的源文件均通过。
finding-web-php-syntax-offset-braces = $s{"{"}0{"}"} 的写法无法解析，共 { $n } 处：{ $places }。
finding-web-php-syntax-two-defaults = 一个 switch 中有两个 default 无法解析，共 { $n } 处：{ $places }。
finding-web-php-syntax-call-time-reference = 调用时在参数前加 & 无法解析，共 { $n } 处：{ $places }。

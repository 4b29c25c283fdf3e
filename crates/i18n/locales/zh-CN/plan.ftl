### plan：主机为何按此顺序迁移、什么妨碍计划生成、阅读者应知事项、配置文件如何迁移。

plan-because-replica = { $what }：从库 { $replica } 先于主库 { $primary } 迁移；新版本从库可以跟随旧版本主库，反之不行
plan-because-declared = { $from } 依赖 { $to }：{ $reason }
plan-because-role-after = 项目规定 { $then } 在 { $first } 之后迁移
plan-because-role-usual = 通常 { $first } 先于 { $then }，且没有其他规定
plan-because-client-first = { $what }：{ $first } 先于 { $then } 迁移。EL 9 客户端仍能连接 EL 7 服务器，反之可能被拒绝（{ $seen ->
    [connection] 依据实际连接
   *[configuration] 依据配置
}）
plan-because-server-first = { $what }：{ $first } 先于 { $then } 迁移。上报方可以比服务器旧，不可更新（{ $seen ->
    [connection] 依据实际连接
   *[configuration] 依据配置
}）
plan-because-watcher-first = { $what }：{ $first } 先于 { $then } 迁移。监控方须先能识别迁移后的主机（{ $seen ->
    [connection] 依据实际连接
   *[configuration] 依据配置
}）
plan-because-backup-first = { $what }：{ $first } 先于 { $then } 迁移。未持有共享地址的主机先行
plan-note-order-overruled = { $what }：按所见 { $first } 应先于 { $then } 迁移；项目另有规定，{ $first } 迁移之前可能被拒绝

plan-refuse-gate = 准入门 { $gate } 无可查询：其服务没有属于该环境的主机。请在 `gates.{ $gate }` 中改用其他服务，或为该服务指定主机。
plan-refuse-nobody-moves = 该环境中没有要迁移的主机。请检查各角色的 `moves` 和 `groups`。
plan-refuse-cycle = 这些主机互相等待：{ $hosts }。请去掉其中一条声明的依赖；若顺序来自实际所见，请声明一条依赖来决定。
plan-refuse-no-facts = { $host } 尚未采集。请先采集。
plan-refuse-not-el7 = { $host } 运行的不是 EL 7。
plan-refuse-stale = { $host } 的主机事实已有 { $hours } 小时；项目允许 { $limit } 小时。请重新采集。
plan-refuse-archive = { $host } 的主机事实来自其他工具的归档，可用于评估，但不足以迁移。请重新采集。
plan-refuse-arch = { $host }：Rocky Linux 9 不支持 { $arch } 架构。
plan-refuse-no-release = { $host }：没有任何软件包说明发行版的版本，无法判断其软件包的去向。
plan-refuse-not-known = { $host }：{ $rule } 属于阻断级检查，但未能进行（{ $why }）。请重新采集使其可以检查，或由责任人署名豁免。
plan-refuse-strategy = { $host } 的迁移方式为 { $strategy }；目前只能为 replace 制定计划。
plan-refuse-stream = { $host }：Leapp 的事件要求启用模块流 { $stream }，该名称无法用于命令。请修正该文件，或对软件包作出决定。
plan-refuse-no-key = { $host }：没有读取到签名密钥 { $path }。它应当是项目中的文件。
plan-refuse-blocked = { $host } 被 { $finding } 阻断。请整改，或由责任人署名豁免。
plan-refuse-unknown = { $host }：{ $section } 未知（{ $why }），缺少它无法制定计划。
plan-refuse-address-elsewhere = { $host } 上没有清单中登记的地址 { $address }。
plan-refuse-which-address = { $host } 有多个地址。请在清单中写明对外服务使用的地址。
plan-refuse-no-ifcfg = { $host }：没有 ifcfg 文件设置 { $address }，无从得知接替者应如何取得该地址。
plan-refuse-routes = { $host }：{ $path } 采用旧式 ADDRESS、NETMASK、GATEWAY 写法。请改写为 `ip route` 的行。
plan-refuse-instances = { $host } 上运行着多个 { $service } 实例。Rockhop 只迁移单实例的主机。
plan-refuse-redis-local = { $host }：Redis 不对外监听，接替者无法跟随。
plan-refuse-redis-place = { $host }：Redis 读取 { $path }；Rockhop 只认识 /etc/redis.conf。
plan-refuse-redis-renamed = { $host }：Redis 改了命令名（rename-command），而迁移需要用到原名。
plan-refuse-postgresql-place = { $host }：位于 { $path } 的 PostgreSQL { $version } 在 EL 9 上没有相同主版本。请先改用 postgresql.org 的软件包。
plan-refuse-postgresql-no-primary = { $host }：这台备库没有写明主库。
plan-refuse-mariadb-version = { $host }：MariaDB { $version } 无法在所有从库收齐数据后再停止（10.4 起可以）。请先升级。
plan-refuse-mariadb-no-log = { $host }：未开启二进制日志，没有服务器能跟随它。请设置 log_bin。

plan-note-file-not-carried = { $path } 有改动但不迁移：没有对应的转换规则
plan-note-unit-not-carried = { $unit } 在旧主机上开机启动，在新主机上不会启动：没有处理它的规则
plan-note-interface-not-carried = { $path } 不迁移：只迁移带有服务地址的网卡
plan-note-packages-unconfirmed = 以下名称在 Leapp 的事件中最后只涉及 8 版，新主机上不安装；请核实后在 [[packages.decisions]] 中作出决定：{ $packages }
plan-note-packages-unknown = 以下软件包的对应关系未知，新主机上不安装：{ $packages }
plan-note-firewalld = firewalld 的区域配置不迁移
plan-note-held = 切换之后，只有 Rockhop 回退该主机时，旧主机才会启动数据服务。手工操作：删除 { $path } 再启动。
plan-note-login = 为保留回退之路，复制账户 { $login } 在迁移后仍然存在。旧机器退役时请删除它。
plan-note-collation = EL 9 的文本排序规则不同：在任何写入之前重建受影响的索引，所用时间计入中断。
plan-note-collation-standby = 在主库迁移之前，这台备库上的文本比较可能用到按旧顺序排序的索引
plan-note-metrics-not-in-vault = { $path } 中的历史数据在切换时复制，不进入备份库

plan-loses-nothing = 回退不丢失任何数据
plan-loses-postgresql-if-gone = 只要新主机仍可读取，回退不丢失数据：旧服务器会取回新写入的内容。若不可读取，切换之后的写入留在封存的机器上。
plan-loses-mariadb-if-gone = 只要新主机仍可读取，回退不丢失数据：旧服务器会取回新写入的内容。若不可读取，切换之后的写入留在封存的机器上。
plan-loses-redis-if-gone = 只要新主机仍可读取，回退不丢失数据：旧服务器会取回新写入的内容。若不可读取，切换之后的写入留在封存的机器上。
plan-loses-redis = 回退会丢失切换之后写入 Redis 的数据：旧版本读不了新版本的数据。这些数据留在封存的机器上。
plan-loses-metrics = 回退会丢失切换之后采集的指标。它们留在封存的机器上。

config-not-utf8 = { $host }：{ $path } 不是 UTF-8 文本
config-no-assignment = { $host }：{ $path } 第 { $line } 行：不是“名称=值”的形式
config-no-value = { $host }：{ $path } 第 { $line } 行：{ $setting } 没有值
config-not-a-number = { $host }：{ $path } 第 { $line } 行：{ $setting } 不是数字
config-bad-address = { $host }：{ $path } 第 { $line } 行：{ $setting } 不是地址
config-bad-netmask = { $host }：{ $path } 第 { $line } 行：不是子网掩码
config-unknown-setting = { $host }：{ $path } 第 { $line } 行：不知道如何处理 { $setting }
config-retired = { $path } 第 { $line } 行：EL 9 没有 { $setting }，改为注释或略去
config-renamed = { $path } 第 { $line } 行：{ $setting } 改为 { $new }
config-bare-python = { $path } 第 { $line } 行：{ $setting } 调用不带版本的 python，EL 9 上没有
config-command-gone = { $path } 第 { $line } 行：EL 9 不自带 { $setting }
config-environment-export = { $path } 第 { $line } 行：去掉 { $setting } 前的 `export`
config-environment-runs-command = { $host }：{ $path } 第 { $line } 行：{ $setting } 要执行命令；systemd 单元只会原样传递文本
config-ifcfg-dhcp = { $host }：{ $path } 第 { $line } 行：地址由 DHCP 分配；租约属于网卡，无法接管
config-ifcfg-kind = { $host }：{ $path } 第 { $line } 行：类型为 { $setting } 的网卡
config-ifcfg-no-address = { $host }：{ $path }：没有地址
config-ifcfg-no-device = { $host }：{ $path }：没有 DEVICE
config-ifcfg-other-card = { $path } 第 { $line } 行：略去 { $setting }，因为新机器的网卡不同
config-route = { $host }：{ $path }：有一条路由无法读懂
config-iptables-only-ipv4 = { $path }：规则与以前一样只管 IPv4
config-iptables-chain = { $host }：{ $path } 第 { $line } 行：无法迁移的链
config-iptables-command = { $host }：{ $path } 第 { $line } 行：不是规则
config-iptables-match = { $host }：{ $path } 第 { $line } 行：匹配模块 { $setting } 没有能完整保留规则的对应写法
config-iptables-no-table = { $host }：{ $path } 第 { $line } 行：规则不在任何表内
config-iptables-quote = { $host }：{ $path } 第 { $line } 行：有一个值无法加引号
config-iptables-table = { $host }：{ $path } 第 { $line } 行：表 { $setting }
config-iptables-target = { $host }：{ $path } 第 { $line } 行：目标 { $setting } 没有对应写法
config-iptables-word = { $host }：{ $path } 第 { $line } 行：{ $setting } 无法迁移
config-metric-renamed = { $path } 第 { $line } 行：新版导出器把 { $setting } 改名为 { $new }；使用旧名的规则永远不会触发
config-mycnf-ambiguous = { $host }：{ $path } 第 { $line } 行：{ $setting } 有歧义，会使服务器停止。请写 general_log_file。
config-mycnf-includes = { $host }：{ $path } 第 { $line } 行：{ $setting } 读取其他位置的文件
config-nginx-no-module = { $host }：{ $path } 第 { $line } 行：EL 9 没有 { $setting } 所需的模块
config-nginx-ssl-on = { $path } 第 { $line } 行：`ssl on` 目前只是警告，以后会被移除；请写 `listen ... ssl`
config-tls-raised = { $path } 第 { $line } 行：{ $setting } 中低于 TLS 1.2 的部分略去，因为 EL 9 拒绝它们
config-ntp-keys = { $path } 第 { $line } 行：密钥不迁移；请放到 /etc/chrony.keys
config-ntp-no-counterpart = { $host }：{ $path } 第 { $line } 行：chrony 没有类似 { $setting } 的功能
config-ntp-reference-clock = { $host }：{ $path } 第 { $line } 行：参考时钟 { $setting } 没有自动的对应写法
config-ntp-serves-nobody = { $path } 第 { $line } 行：ntpd 回应所有人；chrony 在未放行网段前不回应任何人
config-redis-module = { $host }：{ $path } 第 { $line } 行：Redis 模块
config-redis-loopback = { $path } 第 { $line } 行：Redis 同时监听回环地址，供迁移过程查询
config-redis-under-systemd = { $path } 第 { $line } 行：关闭 { $setting }，因为由 systemd 看护服务器
config-sshd-listens-on-address = { $host }：{ $path } 第 { $line } 行：sshd 只监听指定地址；切换之前将无法登录新机器
config-sshd-no-algorithm-left = { $host }：{ $path } 第 { $line } 行：{ $setting } 中没有 EL 9 认识的算法
config-sshd-root-login = { $path }：未设置 PermitRootLogin；在 EL 9 上 root 不能再用密码登录
config-sshd-weak-dropped = { $path } 第 { $line } 行：{ $setting } 去掉 EL 9 不认识的算法
config-sysctl-needs-module = { $path } 第 { $line } 行：{ $setting } 需要先加载内核模块
config-unit-weight = { $path } 第 { $line } 行：{ $setting } 的权重改用新的尺度

# 计划：排序理由、回退损失、说明，以及为何无法制定计划。

plan-because-role-after = 项目规定 { $then } 在 { $first } 之后
plan-because-role-usual = 通常 { $first } 先于 { $then }
plan-because-replica = { $what }：从库 { $replica } 先于主库 { $primary }，因为新版从库可以跟随旧版主库
plan-because-declared = { $from } 依赖 { $to }：{ $reason }

plan-loses-nothing = 回退没有损失：该主机自身不保存数据。
plan-loses-metrics = 回退会丢失切换后写入的指标与静默；数据保留在封存的新机上。
plan-loses-redis = 回退会丢失切换后写入 Redis 的数据；数据保留在封存的新机上。
plan-loses-redis-if-gone = 回退时会带回切换后写入 Redis 的数据；只有新机已无法访问时才会丢失，此时数据保留在封存的新机上。
plan-loses-postgresql-if-gone = 回退时会带回切换后提交到 PostgreSQL 的数据；只有新机已无法访问时才会丢失，此时数据保留在封存的新机上。
plan-loses-mariadb-if-gone = 回退时会带回切换后提交到 MariaDB 的数据；只有新机已无法访问时才会丢失，此时数据保留在封存的新机上。

plan-note-file-not-carried = { $path } 不迁移：尚不清楚它在 Rocky Linux 9 上的含义。
plan-note-interface-not-carried = { $path } 不迁移：只迁移业务地址所在的网卡。
plan-note-unit-not-carried = 服务单元 { $unit } 不迁移。
plan-note-packages-unknown = 以下软件包的去向未知，因此不安装：{ $packages }。
plan-note-held = 旧机最后的状态保存在新机的 { $path }，直到验收。
plan-note-firewalld = firewalld 的防火墙按现有规则迁移。
plan-note-login = 迁移期间数据库中存在账号 { $login }，结束时删除。
plan-note-metrics-not-in-vault = 不进备份库，切换时复制：{ $path }
plan-note-collation = Rocky Linux 9 上文本排序规则不同：首次写入前重建文本索引。
plan-note-collation-standby = Rocky Linux 9 上文本排序规则不同：主库迁移并重建文本索引之前，请勿查询该备库。

plan-refuse-cycle = 这些主机互相等待：{ $hosts }
plan-refuse-nobody-moves = 该环境中没有要迁移的主机。
plan-refuse-no-facts = { $host } 从未调查。
plan-refuse-not-el7 = { $host } 不是 EL 7 主机。
plan-refuse-stale = { $host } 的事实已有 { $hours } 小时，项目允许 { $limit } 小时。
plan-refuse-blocked = { $host }：检查结果 { $finding } 阻断迁移。
plan-refuse-unknown = { $host }：{ $section } 无法读取（{ $why }），而计划需要它。
plan-refuse-routes = { $host }：{ $path } 中有自定义路由，目前尚不能迁移。
plan-refuse-no-ifcfg = { $host }：没有 ifcfg 文件包含地址 { $address }。
plan-refuse-address-elsewhere = { $host }：地址 { $address } 不在它的任何网卡上。
plan-refuse-which-address = { $host } 以名称访问且有多个地址：请在清单中写明地址。
plan-refuse-instances = { $host } 运行多个 { $service } 实例；每台主机只迁移一个。
plan-refuse-redis-local = { $host }：Redis 只监听本机，新机无法从它复制。
plan-refuse-redis-place = { $host }：Redis 的配置文件 { $path } 位置未知。
plan-refuse-postgresql-place = { $host }：PostgreSQL { $version } 的数据目录 { $path } 位置未知。
plan-refuse-postgresql-no-primary = { $host } 是备库，但未说明主库。
plan-refuse-mariadb-version = { $host }：MariaDB { $version } 无法复制到 Rocky Linux 9 上安装的版本。
plan-refuse-mariadb-no-log = { $host }：MariaDB 未写二进制日志，新机无法从它复制。

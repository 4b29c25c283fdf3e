# 由程序在旧主机上执行、并可撤销的处置。

step-remedy-fstab = 开机挂载项，改写成 EL 9 同样能读懂的行
step-remedy-sysctl = EL 9 已没有的内核参数
step-remedy-sshd = EL 9 的 SSH 服务不接受的设置
step-remedy-modules = EL 9 不认识的内核模块名

remedy-kind-fstab-uuid = 改用 UUID 指定文件系统；UUID 由主机在该设备挂载期间给出
remedy-kind-fstab-comment = 把注释移到单独一行
remedy-kind-xfs-options = 删掉 EL 9 内核拒绝的挂载选项
remedy-kind-fstab-twice = 两行完全相同时，把第二行改为注释
remedy-kind-sysctl-gone = 把该参数改为注释
remedy-kind-ssh-algorithms = 从列表中删掉这些算法；新文件先经 sshd -t 检查才生效
remedy-kind-ssh-removed-option = 把该选项改为注释，或改用新名称；新文件先经 sshd -t 检查才生效
remedy-kind-ssh-obsolete-option = 把该选项改为注释；新文件先经 sshd -t 检查才生效
remedy-kind-module-name = 改用同一模块的现行名称

remedy-effect-never = 对旧主机：含义不变。
remedy-effect-at-boot = 对旧主机：现在没有变化；下次启动或挂载起不再有该设置，与 EL 9 一致。
remedy-effect-at-restart = 对旧主机：现在没有变化；sshd 下次重启或重载后不再有该设置，与 EL 9 一致。

remedy-by-machine = { $kind }。{ $effect }（rockhop remedy）

remedy-hand-none-made = 没有可由程序安全完成的改动：请看该规则的处置说明（rockhop rules show）。
remedy-hand-not-read = 采集没有完整读到该文件。
remedy-hand-not-looked = 该规则无法检查这台主机。
remedy-hand-secret = 文件中有密钥或口令，其内容不得写入计划。
remedy-hand-other-form = 该行的写法不适合由程序修改。
remedy-hand-vendors = 该文件不属于本机自己的配置。
remedy-hand-not-in-use = 该设备没有挂载在这一行所写的位置，无法判断指的是哪个文件系统。
remedy-hand-nothing-left = 删完后列表为空：请决定 sshd 应提供哪些算法。
remedy-hand-changes = 这会改变主机现在的行为，或者有不止一种理解。

remedy-head = { $project } 的处置计划 { $plan }
remedy-host = { $host }（采集于 { $taken }）
remedy-by-hand = 需要人工处理（{ $n } 项）：
remedy-nothing = 没有可由程序处置的内容，未生成计划。
remedy-nothing-there = 该计划对这些主机没有可执行的改动，列出的内容需人工处理。
remedy-made = 处置计划 { $plan }：{ $hosts } 台主机，{ $files } 个文件。
remedy-made-next = 先阅读（rockhop remedy show --steps），再请人批准（rockhop approve { $plan } --key 私钥文件），然后：rockhop remedy apply { $plan }
remedy-made-next-rehearse = 然后：rockhop remedy apply { $plan }
remedy-applied = 已完成 { $done } 个，失败 { $failed } 个，未开始 { $left } 个。
remedy-undone = 已恢复原样 { $done } 个，未能撤销 { $failed } 个，未开始 { $left } 个。
remedy-survey-again = 是否已处置，以重新采集的结果为准：先 rockhop survey，再 rockhop assess。此前制定的迁移计划需要重新制定。

remedy-standing-untouched = 未开始
remedy-standing-open = 已开始，结果未知：再次执行 apply 或 undo 会接着处理
remedy-standing-applied = 已完成
remedy-standing-failed = 失败
remedy-standing-undoing = 正在撤销，结果未知：再次执行 undo 会接着处理
remedy-standing-undone = 已撤销
remedy-standing-not-undone = 未能撤销

remedy-afterwards-not-surveyed = 此后尚未重新采集，该检查结果仍然有效
remedy-afterwards-gone = 最新采集中已不再出现
remedy-afterwards-still-there = 最新采集中仍然存在
remedy-afterwards-unknown = 最新采集无法判断

event-remedies-planned = { $by } 制定了处置计划 { $plan }：{ $hosts } 台主机，{ $files } 个文件
event-remedies-started = { $by } 开始在 { $hosts } 台主机上执行处置 { $plan }
event-remedies-undo-started = { $by } 开始在 { $hosts } 台主机上撤销处置 { $plan }
event-remedies-ended = 处置 { $plan } 结束：{ $done } 个符合预期，{ $failed } 个失败，{ $left } 个未开始

fault-remedy-changed = { $host } 上的 { $path } 已被他人改动；未对其做任何操作

error-no-remedies = 还没有处置计划。
error-no-remedies-next = 先制定一个：rockhop remedy plan
error-remedy-host-stays = { $host } 不在本环境要迁移的主机之列。
error-remedy-simulated = 本项目的主机是模拟的，没有可处置的文件。
error-remedy-moved = 部分主机已开始迁移；处置只针对迁移之前的主机。
error-remedy-moved-next = 请排除这些主机：rockhop remedy apply 计划 主机...
error-remedy-host-moved = { $host } 已开始迁移或已迁移完毕

### 各命令运行时输出的内容，以及迁移计划与执行过程的视图。

label-error = 错误：
label-warning = 警告：

## rockhop 的退出码

exit-well = 要求的事情已经达成。
exit-failed = 工具或其所在机器无法完成：磁盘已满、文件无权限，或程序缺陷。
exit-blocked = 存在阻断迁移的检查结果。
exit-not-approved = 迁移计划未经批准，或与已批准的计划不是同一份。
exit-stale-facts = 主机事实缺失、超过策略允许的时限，或与计划所依据的不一致。
exit-hosts-failed = 至少有一台主机已回退，或正等待人工处理。
exit-stopped = 停止规则提前终止了本次迁移。
exit-evidence = 台账、证据或备份未通过校验。
exit-untrusted = 主机出示的密钥与记录不符，或拒绝登录。
exit-busy = 另一个控制端正在操作本项目。
exit-incomplete = 部分主机无法连接或读取；能完成的均已完成。
exit-unfinished = 没有失败，但尚未完成：执行已暂停、变更窗口已关闭，或有记录尚未签名。
exit-usage = 命令行无法识别。
exit-no-lab = 本机无法运行实验环境：需要 root、命名空间与容器。
exit-config = rockhop.toml、主机清单或项目的其他文件有误。
exit-interrupted = 被 Ctrl-C 中止。

man-written = 已将 { $n } 篇手册页写入 { $dir }

## 视图用词

view-plan = 计划 { $digest }
view-wave = 第 { $no } 批 { $name }
view-elapsed = 已用 { $time }
view-left = 约剩 { $time }，预计 { $at } 结束
view-left-unmeasured = 剩余时间未知：尚无与 { $host } 同类主机的实测时长
view-left-never = { $host } 的所有变更窗口都不够长
view-rate = 每小时 { $n } 台
view-services = 服务：{ $away ->
    [0] { $all } 个全部正常
   *[other] { $all } 个中有 { $away } 个异常
}
view-paused = 已由 { $by } 暂停：不再开始新的主机，迁移中的主机在安全处等待（按 p 继续）
view-stopped = 已停止：{ $rule }
view-ended = 已结束：本次执行不会再自行动作
view-keys = q 离开   p 暂停/继续   上/下 滚动
view-troubles = { $n } 台主机有问题
view-more = … 上方还有 { $above } 行，下方还有 { $below } 行
view-waves-hidden = 另有 { $n } 个批次
view-attempt = 第 { $n } 次尝试
view-count-accepted = 完成 { $n }
view-count-moving = 进行中 { $n }
view-count-rolling-back = 回退中 { $n }
view-count-rolled-back = 已回退 { $n }
view-count-held = 待处理 { $n }
view-count-waiting = 等待 { $n }

view-phase-waiting = 等待
view-phase-securing = 备份验证
view-phase-moving = 迁移中
view-phase-accepted = 已完成
view-phase-rolling-back = 回退中
view-phase-rolled-back = 已回退
view-phase-held = 待人工处理

view-stage-secure = 备份
view-stage-build = 建机
view-stage-carry = 搬运
view-stage-cutover = 切换
view-stage-prove = 验证
view-stage-accept = 接收

view-place-old = 在旧主机上
view-place-new = 在新主机上
view-side-old = 旧主机
view-side-new = 新主机
view-place-controller = 在 Rockhop 所在机器上

view-wait-paused = 执行已暂停
view-wait-budget = 本次迁移已停止
view-wait-dependency = 第 { $value } 批尚未完成
view-wait-canary = 本批首台主机 { $value } 尚未完成
view-wait-order = 须等 { $value } 先验收
view-wait-lock = 与其互备的 { $value } 正在迁移
view-wait-role-limit = 同角色离线主机已达上限（{ $value }）
view-wait-fleet-limit = 迁移中的主机已达上限（{ $value }）
view-wait-window = 变更窗口将于 { $value } 打开
view-wait-window-never = 其变更窗口不会再打开
view-wait-cutoff = 已来不及在窗口关闭（{ $value }）之前做完
view-wait-stale-facts = 主机事实已过期，请重新采集
view-wait-gate = 准入门 { $value } 未开
view-wait-approval = 迁移计划未经批准

view-service-up = 正常
view-service-down = 中断
view-service-unknown = 无法探测

view-environment-production = 生产
view-environment-preproduction = 预生产
view-scenery-lab = 实验环境
view-scenery-simulated = 模拟
mark-simulated = 模拟：未接触任何主机

view-fault = { $class }：{ $what }
view-fault-said = { $class }：{ $what }其输出：{ $said }
view-fault-failed = 失败
view-fault-unreachable = 无法连接
view-fault-unknown = 结果无法判断
view-fault-timed-out = 超时
view-fault-stale = 与采集时不一致
view-fault-untrusted = 不可信

## 每个事件一行

event-surveyed = 已采集；{ $unknown ->
    [0] 全部读取成功
   *[other] { $unknown } 项无法读取
}
event-census-taken = 已清查；{ $unknown ->
    [0] 全部读取成功
   *[other] { $unknown } 项无法读取
}
event-assessed = 已检查：阻断 { $blocks } 项，警告 { $warns } 项，无法检查 { $unknown } 项
event-planned = { $by } 制定了计划 { $plan }，共 { $hosts } 台主机
event-approved = { $by } 用密钥 { $key } 批准了计划 { $plan }
event-run-started = { $by } 开始执行计划 { $plan }
event-run-resumed = 执行已恢复；中断时有 { $n } 台主机在迁移
event-run-paused = { $by } 已暂停
event-run-unpaused = { $by } 让其继续
event-run-stopped = 已停止：{ $rule }
event-run-ended = 执行结束：完成 { $accepted }，回退 { $rolled }，待处理 { $held }，未开始 { $waiting }
event-wave-started = { $wave }开始
event-wave-ended = { $wave }完成
event-waiting = 等待：{ $why }
event-begun = 开始迁移，{ $wave }
event-step-started = { $step } { $id }：{ $what }（第 { $attempt } 次）
event-step-adopted = 步骤 { $step }：在主机上找到第 { $attempt } 次尝试的任务并接管
event-step-finished = { $step } { $id } 完成，用时 { $took }
event-step-failed = { $step } { $id } 第 { $attempt } 次尝试，{ $took } 后：{ $why }
event-backed-up = 备份 { $snapshot } 已完成
event-backup-proven = 备份 { $snapshot } 已验证，用时 { $took }：读回并比对 { $files } 个文件
event-machine-made = 新机器地址 { $address }
event-rollback-asked = { $by } 要求回退：{ $why }
event-undo-started = 撤销 { $step } { $id }：{ $what }
event-undo-finished = { $step } { $id } 已撤销，用时 { $took }
event-undo-failed = { $step } { $id } 无法撤销：{ $why }
event-salvaged = 切换后写入的数据：{ $written }（保存在 { $kept }）
event-retry-asked = { $by } 要求重试
event-service-changed = 服务 { $service }：{ $state }
event-gate-open = 准入门 { $gate } 已开
event-gate-closed = 准入门 { $gate } 未开：{ $why }
event-gate-unknown = 准入门 { $gate } 无法查询，按未开处理：{ $why }
event-measured = { $subject } 的 { $metric }：{ $value } { $unit }（{ $n } 个样本）
event-noted = { $by }：{ $text }
event-other = 本版本无法描述的事件

## 供审阅的迁移计划

show-made = 制定于 { $at }
show-limit-parallel = 同时迁移 { $n } 台
show-limit-away = 最多 { $n } 台离线
show-limit-budget = 失败超过 { $n } 台即停止
show-limit-facts = 主机事实不超过 { $time }
show-limit-reserve = 为回退预留 { $time }
show-on-failure-rollback = 失败的主机自动回退
show-on-failure-hold = 失败的主机等待人工处理
show-window = 变更窗口：{ $days } { $start }-{ $end }（{ $zone }），最后 { $cutoff } 分钟不再开始
show-window-none = 无变更窗口限制，随时可以开始
show-freeze = 封网 { $from } 至 { $to }：{ $reason }
show-day-mon = 周一
show-day-tue = 周二
show-day-wed = 周三
show-day-thu = 周四
show-day-fri = 周五
show-day-sat = 周六
show-day-sun = 周日
show-canary = 首台先行
show-forecast = 预计 { $takes }，服务中断 { $away }
show-forecast-none = 时长尚未实测
show-head-order = 顺序的理由
show-head-gates = 准入条件
show-gate = { $gate }：{ $question } · { $when } · { $roles }
show-gate-alerts = { $url } 中没有活动告警
show-gate-query = { $query } { $limits }，查询 { $url }
show-gate-at-most = 不大于 { $limit }
show-gate-at-least = 不小于 { $limit }
show-gate-and = { $first }，{ $second }
show-gate-service = { $services } 有应答
show-gate-command = 控制机上的程序以 0 结束：{ $command }
show-gate-from = { $url }（经 { $host }）
show-gate-before = 主机开始之前
show-gate-soak = 观察期内
show-gate-after = 验收之前
show-gate-all-hosts = 全部主机
show-gate-roles = 角色 { $roles } 的主机
show-constraint = { $first } 先于 { $then }：{ $why }
show-head-no-return = 不可无损回退点
show-no-return = { $host }：第 { $step } 步（{ $what }）之后回退将丢失：{ $loses }
show-no-return-none = 无，任何一步回退都不丢失数据：{ $host }
show-head-picture = 时间安排
show-facts = 依据主机事实 { $digest }，采集于 { $at }
show-only-after = 须待 { $hosts } 验收后才开始
show-packages = 软件包：{ $keeps } 个保留原名，{ $replaced } 个被替换，{ $comes } 个随新系统提供，{ $removed } 个不安装，{ $unknown } 个未知
show-apart = 不与 { $hosts } 同时迁移
show-point-of-no-return = 不可无损回退点
show-outage-begins = 服务自此中断
show-outage-ends = 此步之后服务恢复
show-step-limits = 最长 { $time }，{ $retries ->
    [0] 不重试
   *[other] 可重试 { $retries } 次
}
show-script-check = 检查（是否已经如此）
show-script-apply = 执行
show-script-verify = 验证
show-script-look = 反复查看
show-script-undo = 撤销
show-backup-paths = 路径：{ $paths }
show-backup-exclude = 不备份：{ $paths }
show-backup-volatile = 备份期间可能变化：{ $paths }
show-backup-dump = 导出 { $name }
show-machine = { $os }，至少 { $cpus } 个 CPU、{ $memory } 内存、{ $disk } 磁盘
show-power-on = 开启{ $machine }
show-power-off = 关闭{ $machine }
show-soak = 持续 { $time }
show-undo-nothing = 撤销：无需撤销
show-undo-set-aside = 撤销：停止新机器并留存
show-undo-power = 撤销：{ $what }
show-rollback-check = 回退之后须成功的检查
show-rollback-salvage = 回退之前先询问新主机写入了什么

picture-time = 若现在开始：{ $from } 至 { $to }（共 { $takes }，含等待变更窗口）
picture-order = 仅示顺序：尚无与 { $host } 同类主机的实测时长。演练之后即可显示时间。
picture-never = 仅示顺序：{ $host } 的所有变更窗口都不够长。
show-svg-written = 图已写入 { $path }

## 对执行的请求

control-pause = 暂停
control-resume = 继续
control-rollback = 回退
control-retry = 重试
control-left = 已请求正在进行的执行：{ $verb }。数秒内生效，可用 `rockhop status` 查看。
control-left-for-later = 已留给下一次执行：{ $verb }。本项目目前没有正在进行的执行。

## 证据

verify-evidence-whole = { $n ->
    [0] 台账尚未引用任何证据。
   *[other] 已重新读取 { $n } 件证据，内容均与其名称相符。
}
verify-evidence-broken = { $all } 件证据中有 { $n } 件与台账所记不符
verify-evidence-broken-next = 请从副本恢复 .rockhop/evidence。在此之前，依据这些证据的指标均不成立。

## 采集与检查

survey-host = { $os }，{ $packages } 个软件包，{ $unknown ->
    [0] 全部读取
   *[other] { $unknown } 项未能读取
}
survey-done = 已读取 { $read } 台主机，{ $failed } 台未能读取

rules-counted = 共 { $n } 条规则
assess-blocks = 阻断
assess-warns = 警告
assess-informs = 提示
assess-raised = 已由策略提级，规则原为“{ $own }”
assess-waived = 豁免
assess-remedy = 处置：{ $what }
assess-waived-by = 由 { $owner } 豁免，有效期至 { $until }：{ $reason }
assess-could-not-look = 无法检查：{ $why }
assess-waiver-expired = { $owner } 对 { $rule } 的豁免已过期，不再生效
assess-readiness = 共 { $hosts } 台主机：{ $ready } 台就绪，{ $remedies } 台处置后可迁移，{ $unknown } 台信息不足，{ $blocked } 台被阻断，{ $arrived } 台已是 EL 9
assess-totals = 阻断 { $blocks } 项，警告 { $warns } 项，无法检查 { $unknown } 项，豁免 { $waived } 项
assess-more-hosts = 另有 { $n } 台
assess-not-known-hosts = 信息不足：{ $hosts }。没有发现阻断项，但有阻断级检查未能进行；请重新采集，或由责任人署名豁免这些规则
assess-blocked-hosts = 被阻断：{ $hosts }
assess-archive-hosts = 依据其他工具的归档评估，制定计划前须重新采集：{ $hosts }

## 实验环境

lab-started = { $what } ...
lab-finished = { $what }：完成，用时 { $took }
lab-already-so = { $what }：已经如此
lab-is-up = 实验环境已启动：{ $n } 台主机，用时 { $took }。
lab-is-down = 实验环境已停止。
lab-next = 下一步：rockhop -C { $dir } survey
lab-next-own-project = { $dir } 中的项目文件保持不变。下一步：rockhop -C { $dir } survey
lab-simulated-ready = 模拟机群已写好：{ $n } 台主机仅存在于内存中，此后不会连接任何机器。
lab-simulated-kept = { $dir } 中的模拟项目保持不变。
lab-broken = { $target } 已被破坏：{ $fault }
lab-planted = { $target } 已埋入隐患：{ $defect }；应由规则 { $rule } 发现
lab-uprooted = { $target } 的隐患已清除：{ $defect }
lab-mended = { $target } 已修复：{ $fault }
lab-status-up = 实验环境 { $namespace } 已启动，{ $subnet }。
lab-status-down = 实验环境 { $namespace } 未启动。

## 迁移计划

plan-made = 计划 { $plan } 已制定：{ $hosts } 台主机，{ $waves } 个批次。
plan-made-next = 下一步：用 `rockhop plan show` 审阅，再用 `rockhop approve` 签字批准。
plan-made-next-rehearse = 下一步：用 `rockhop plan show` 审阅，再运行 `rockhop rehearse`。
diff-same = 两份计划内容相同。
diff-added = 仅第二份计划迁移：{ $hosts }
diff-removed = 仅第一份计划迁移：{ $hosts }
diff-other-wave = { $host } 改到批次 { $after }，原为 { $before }
diff-policy = 限制
diff-services = 监测的服务
diff-gates = 准入门
diff-steps-added = 仅第二份计划有的步骤：{ $steps }
diff-steps-removed = 仅第一份计划有的步骤：{ $steps }
diff-reordered = 共有步骤的顺序不同
diff-rest = 回退方式、地址与说明

# 调查、审批、演练、执行
survey-host-read = { $host }：{ $packages } 个软件包，{ $unknown } 项未知
survey-host-failed = { $host }：{ $why }
approve-done = { $by } 已用密钥 { $key } 批准计划 { $plan }。
rehearse-drill = 迁移过程已完成，现在演练回退：逐台回退全部主机。
rehearse-drill-done = { $hosts } 台旧机中已有 { $back } 台恢复服务。
run-done = 验收 { $accepted } 台，回退 { $rolledback } 台，待处理 { $held } 台，未开始 { $left } 台（{ $run }）。
run-host-back = { $host }：{ $why }

## 项目、报告、备份库

init-written = 已写入：{ $path }
init-kept = 保持不变：{ $path }
init-next = 下一步：把 rockhop.toml 与 inventory.ini 改为实际内容，然后运行 `rockhop survey`。
report-contradictions = 报告中有 { $n } 项指标与其他指标矛盾，报告中已注明
report-ledger-broken = 台账未通过校验，报告首页已注明
report-no-pdf = rockhop.toml 要求 PDF：请打印 HTML 页面，其版式适用于 A4
report-no-docx = rockhop.toml 要求 DOCX，本版本不生成该格式
vault-verified = { $path } 中每份备份的每个字节均已读取，与其哈希相符（用时 { $took }）。

run-goes-on = 执行仍在继续；按 Ctrl-C 会停止控制端，再次运行 `rockhop run` 将从各主机当前状态继续。
survey-script-written = 已写入 { $path }。请以 root 在主机上运行，并带回其输出：
    sh { $name } >HOST.survey
  然后运行：rockhop survey import HOST.survey
error-survey-name = 从 { $path } 看不出是哪台主机。
error-survey-name-next = 请以主机名命名文件（HOST.survey），或写成 HOST={ $path }。
error-survey-big = { $path } 超过采集结果的大小上限（{ $limit } MiB）。
error-survey-file = { $path } 未导入。
error-survey-future = { $host } 的采集时间为 { $at }，尚未到来。
error-survey-future-next = 请校正该主机的时钟后重新采集。
error-survey-older = { $host }：已有更新的主机事实（{ $known }），此文件为 { $at }。
error-import-simulated = 本项目的主机是模拟的，没有可导入采集结果的机器。
error-import-twice = 有两个文件属于 { $host }，第二个是 { $path }。
error-import-one-host = --host 只能用于一个文件；多个文件请逐个写成 HOST=FILE。
error-import-host-unknown = { $path } 所属主机自称“{ $told }”，项目中没有这台主机。
error-import-host-ambiguous = { $path } 所属主机自称“{ $told }”，项目中有多台主机与之相符。
error-import-host-next = 请指明主机：--host HOST，或写成 HOST={ $path }。

## 软件包能否安装
installable-yes = { $wanted } 项均可安装，共装入 { $packages } 个软件包。
installable-security = 这些软件包已包含 { $carried } 条安全公告的修复。元数据副本中最新的公告为 { $newest }（{ $issued }），此后发布的不在其中。
installable-no = 不能全部安装：{ $wanted } 项中有 { $failing } 项无法满足；去掉后其余 { $others } 项可以安装。
installable-older = 若接受较旧的版本则可全部安装：`dnf install --nobest`。Rocky 9 默认要求最新版本。
installable-loaded = { $repositories } 个软件源共 { $packages } 个软件包，读取并判定用时 { $took } 毫秒（libsolv { $libsolv }）。
installable-no-libsolv = 软件包能否安装由 libsolv（dnf 所用的依赖求解库）判定，而本机没有可用的 libsolv：{ $why }。
installable-no-libsolv-next = 下一步：安装 libsolv（EL9：dnf install libsolv；Debian、Ubuntu：apt install libsolv1），或在装有 dnf 的机器上执行。
installable-host-yes = { $host }：{ $wanted } 个软件包均可安装，连同依赖共 { $packages } 个。
installable-host-no = { $host }：{ $wanted } 个软件包中有 { $failing } 个无法安装。
installable-host-not-known = { $host }：无法判定。{ $why }
installable-never-surveyed = 该主机从未采集；请执行 `rockhop survey`。
installable-no-repositories = 没有为 { $host } 声明任何启用的软件源，无从得知新主机从哪里安装。
installable-no-repositories-next = 下一步：在 rockhop.toml 的 [[repositories]] 中声明，并写明 metadata = "目录"；或用 --repo 指定目录。
installable-no-metadata = { $host } 所用的软件源中有的没有元数据副本：{ $repositories }。只凭其余软件源得出的结论不可信。
installable-no-metadata-next = 下一步：把它们的 repodata 复制到本机，并在 rockhop.toml 对应的行中写明 metadata = "目录"；或用 --repo 指定目录。
installable-comes = { $package }  来自 { $repository }

installable-nothing-wanted = 没有指定任何软件包：命令行和 { $file } 中都没有。
installable-nothing-wanted-next = 下一步：在命令行写出软件包名，或用 --names-from 文件 给出清单（- 表示标准输入）。
installable-names-file = 无法读取名单 { $file }：{ $why }。
installable-names-line = { $file }:{ $line }：一行中有多个词：{ $text }
installable-names-line-next = 下一步：每行只写一个软件包；# 之后为注释。

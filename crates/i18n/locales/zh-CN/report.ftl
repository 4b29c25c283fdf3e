### 执行报告：指标、各章正文、证据。

report-title = 执行报告
report-title-rehearsal = 演练报告
report-title-plain = { $project } { $kind }
report-title-marked = { $project } { $kind }（{ $word }）
report-word-lab = 实验室报告
report-word-simulated = 模拟
report-marking-lab = 实验室报告：主机均为实验室环境，内核与系统库为布景，所有数据均非生产实测。
report-marking-simulated = 模拟：机群仅存在于内存中，所有数据均未在真实机器上测得。
report-foot = { $project } · 执行报告 { $version } 版 · 密级：{ $class }
report-contents = 目录
report-organisation = 单位
report-status = 状态
report-run = 执行编号
report-made-at = 报告生成时间
report-version = 报告版本
report-environment = 环境
report-environment-production = 生产
report-environment-preproduction = 演练（预生产）
report-machines = 机器类型
report-scenery-real = 真实机器
report-scenery-lab = 实验室机器
report-scenery-simulated = 模拟机器
report-plan = 迁移计划
report-started = 开始时间
report-ended = 结束时间
report-contacts = 联系人
report-contact = { $name }（{ $role }）
report-total = 合计
report-total-of = 合计（{ $what }）
report-hours = 工时
report-open = 未关闭
report-not-measured = 未测量
report-not-given = 未提供
report-not-reached = 未达成
report-list-comma = 、
report-colon = ：
report-list-semicolon = ；

report-time-ms = { $ms } 毫秒
report-time-s = { $s } 秒
report-time-min = { $min } 分 { $s } 秒
report-time-h = { $h } 小时 { $min } 分
report-time-d = { $d } 天 { $h } 小时
report-time-days = { $n } 天
report-time-hours = { $n } 小时
report-time-years = { $n } 年
report-unit-points = { $n } 个百分点
report-unit-person-hours = { $n } 人时

report-chapter-overview = 概况与状态
report-chapter-record = 执行记录
report-chapter-measures = 技术指标
report-chapter-incidents = 问题与经验
report-chapter-cost = 成本与收益
report-chapter-ahead = 后续监控与维护
report-chapter-summary = 总结
report-chapter-control = 签字与文档控制
report-chapter-evidence = 附录　证据清单

report-no-run = 台账中尚无执行记录，本章暂无内容。

## 状态

report-status-complete = 完成
report-status-complete-with-exceptions = 完成，有遗留事项
report-status-stopped = 已中止
report-status-in-progress = 进行中
report-says-not-begun = 尚未开始执行，没有主机迁移。
report-says-complete = 计划内 { $planned } 台主机已全部迁移至 Rocky Linux 9 并通过验收，无未关闭问题。
report-says-complete-with-exceptions = 本次执行已结束。计划 { $planned } 台主机，{ $accepted } 台已迁移至 Rocky Linux 9 并通过验收；回退 { $back } 台，挂起 { $held } 台，未开始 { $waiting } 台。遗留事项已逐项列明。
report-says-stopped = 本次执行中止，未达成目标。计划 { $planned } 台主机，验收 { $accepted } 台；回退 { $back } 台，挂起 { $held } 台，未开始 { $waiting } 台。
report-says-in-progress = 本次执行尚未结束。计划 { $planned } 台主机，目前验收 { $accepted } 台；迁移中 { $moving } 台，回退 { $back } 台，挂起 { $held } 台，未开始 { $waiting } 台。
report-no-exceptions = 无遗留事项：计划内主机全部验收，各项服务的中断时间均已测量，问题全部关闭，台账校验完整。
report-audit-failed = 本报告未通过自检：以下指标相互矛盾，查明原因前不得签字。
report-must-not-sign = 请勿签字：本报告未通过自检（见第 1 章）。

report-card-accepted = 验收主机
report-card-of-planned = 计划 { $n } 台
report-card-rate = 成功率
report-card-rate-below = 验收数 ÷ 计划数
report-card-downtime = 单项服务最长中断
report-card-upper = {" "}· 取上界
report-card-unmeasured = { $n } 项服务未测量
report-card-incidents = 问题
report-card-open = 未关闭 { $n } 个
report-card-backups = 已验证备份
report-card-read-back = {" "}全量回读
report-card-length = 执行时长
report-card-length-below = 首条至末条记录

report-section-exceptions = 遗留事项
report-section-scope = 执行范围
report-section-reading = 阅读说明
report-reading-links = 每个数字都附有证据链接：L 为台账记录，E 为一组记录，P 为迁移计划，F 为主机事实，PF 为项目文件。全部证据列于附录。
report-reading-missing = 未测量的指标如实注明并说明原因，不以估算填补。
report-reading-points = 两个百分比之差以百分点表示，不写作百分比。
report-reading-clock = 时间均为 { $clock }。

report-exception-rolled-back = { $n } 台主机已回退，仍运行 CentOS 7：{ $hosts }
report-exception-held = { $n } 台主机挂起，等待人工处理：{ $hosts }
report-exception-in-motion = { $n } 台主机正在迁移：{ $hosts }
report-exception-not-begun = { $n } 台主机未开始：{ $hosts }
report-exception-unmeasured = { $n } 项服务的中断时间未测量：{ $services }
report-exception-still-away = { $n } 项服务在记录结束时仍未恢复：{ $services }
report-exception-promise = { $n } 项服务未达到承诺的可用性：{ $services }
report-exception-open = { $n } 个问题未关闭
report-exception-regressed = { $subject } 的 { $metric } 变差
report-exception-lost = { $subject } 的 { $metric } 不为零，存在数据丢失
report-exception-ledger-broken = 台账哈希链在第 { $seq } 条记录处断裂
report-exception-ledger-not-checked = 台账哈希链未经校验

## 执行记录

report-section-milestones = 里程碑：计划与实际
report-section-stages = 三个阶段
report-section-roles = 按角色统计
report-section-waves = 按批次统计
report-section-hosts = 各主机过程
report-section-backups = 备份
report-section-approvals = 审批
report-stage-preparation = 准备
report-no-rehearsal = 台账中没有演练记录。
report-no-approvals = 所执行的迁移计划无人签字。
report-hosts-note = 表中为当日时刻，日期见批次表。“步骤计时”从停止服务的步骤起，到恢复服务的步骤验证通过为止；“探测计时”为外部观测的上界，仅适用于独立承载某项服务的主机。
report-backups-sum = 共 { $n } 份备份经全量回读并与主机逐一比对：{ $files } 个文件，{ $bytes }。

report-milestone-surveyed = 完成主机普查
report-milestone-assessed = 完成评估
report-milestone-planned = 制定迁移计划
report-milestone-approved = 计划获批
report-milestone-rehearsed = 演练结束
report-milestone-started = 执行开始
report-milestone-wave = 批次结束：
report-milestone-ended = 执行结束

report-prepared-surveyed = 普查主机
report-prepared-unread = 未能读取的项目
report-prepared-blocks = 阻断项
report-prepared-warns = 警告项
report-prepared-unknown = 无法判断的规则
report-ran-planned = 计划
report-ran-accepted = 验收
report-ran-failed = 回退或挂起
report-ran-length = 用时

report-end-accepted = 已验收
report-end-rolled-back = 已回退
report-end-held = 挂起
report-end-in-motion = 迁移中
report-end-not-begun = 未开始

report-col-milestone = 里程碑
report-col-planned = 计划
report-col-actual = 实际
report-col-deviation = 偏差（+ 为延后）
report-col-stage = 阶段
report-col-began = 开始
report-col-ended = 结束
report-col-result = 结果
report-col-role = 角色
report-col-succeeded = 成功
report-col-failed = 回退
report-col-held = 挂起
report-col-open = 未完成
report-col-retried = 其中重试后成功
report-col-rate = 成功率
report-col-wave = 批次
report-col-took = 用时
report-col-host = 主机
report-col-end = 结果
report-col-begun = 开始
report-col-proven = 备份验证
report-col-cutover = 切换
report-col-settled = 定局
report-col-forecast = 预计用时
report-col-by-steps = 中断（步骤计时）
report-col-by-prober = 中断（探测计时）
report-col-snapshot = 快照
report-col-files = 文件数
report-col-bytes = 大小
report-col-read-back = 回读
report-col-compared = 比对文件数
report-col-who = 人员
report-col-key = 密钥
report-col-plan = 迁移计划
report-col-when = 时间

## 技术指标

report-section-performance = 迁移前后性能
report-section-security = 迁移前后安全
report-section-availability = 中断时间与可用性
report-section-outages = 各次中断
report-section-readings = 其他测量
report-performance-note = “迁移前”指 CentOS 7，“迁移后”指 Rocky Linux 9，取各次测值的中位数。两侧各有 { $needed } 个以上测值才作判定：变化量的 95% 置信区间落在迁移前数值的 ±{ $margin }% 以内为“相当”，完全落在范围以外为“改善”或“变差”，否则为“尚无定论”。
report-interval = 95% 区间
report-verdict-improved = 改善
report-verdict-equivalent = 相当
report-verdict-regressed = 变差
report-verdict-inconclusive = 尚无定论
report-verdict-not-measured = 未测量
report-scenery-note = 这些机器的以下部分为布景：{ $parts }。其版本不代表真实机器。
report-supported-hosts = 系统仍在厂商支持期内的主机
report-hosts-read = 已采集事实的主机
report-support-until = 支持至 { $day }
report-support-ended = 已于 { $day } 终止
report-support-unknown = 未知
report-vulnerabilities-fixed = 已修复（逐项有证据）
report-vulnerabilities-unknown = 不再列出但缺乏证据（不计入已修复）
report-vulnerabilities-introduced = 新引入
report-vulnerabilities-remaining = 仍存在
report-no-services = 迁移计划未列出服务，探测未进行，中断时间未测量。
report-downtime-note-bounds = 每次中断的下界为首次至末次探测失败之间的时间，上界为故障前最后一次成功至恢复后首次成功之间的时间。本报告以上界为准。
report-downtime-note-limit = 短于检出限的中断无法察觉。无人探测的时间单列为“未观测”，在判定可用性承诺时按中断计算。
report-availability-note = 可用性按本次执行的时长计算，不剔除任何时间，计划内的切换同样计入。承诺是否守住，以 { $days } 天内允许的中断时间衡量；这 { $days } 天中其余时间的情况不在本台账之内。
report-promise-kept = 额度之内
report-promise-broken = 超出额度
report-promise-not-shown = 无法证明
report-promise-not-judged = 未判定
report-explained-by = 迁移{" "}
report-unexplained = 与迁移无关，原因待查
report-still-away = 未恢复
report-period-before = 迁移前
report-period-during = 迁移中
report-period-after = 迁移后

report-metric-latency = 响应延迟
report-metric-probes-asked = 探测次数
report-metric-probes-answered = 探测成功次数
report-col-metric = 指标
report-col-subject = 对象
report-col-before = 迁移前
report-col-after = 迁移后
report-col-delta = 差值
report-col-relative = 相对变化
report-col-samples = 样本数
report-col-verdict = 判定
report-col-what = 项目
report-col-period = 时期
report-col-system = 操作系统
report-col-support = 厂商支持
report-col-hosts = 主机数
report-col-kernel = 内核
report-col-openssl = OpenSSL
report-col-openssh = OpenSSH
report-col-packages = 软件包数
report-col-vulnerabilities = 漏洞
report-col-count = 数量
report-col-service = 服务
report-col-probes = 探测次数
report-col-outages = 中断次数
report-col-upper = 中断时间（上界）
report-col-lower = 下界
report-col-unobserved = 未观测
report-col-limit = 检出限
report-col-observed = 观测时长
report-col-availability-low = 可用性（下界）
report-col-availability-high = 上界
report-col-promised = 承诺
report-col-budget-used = 已用额度（上界）
report-col-promise = 承诺判定
report-col-first-fail = 首次发现中断
report-col-first-ok = 确认恢复
report-col-explained = 原因
report-col-value = 数值

## 问题

report-section-causes = 原因
report-section-gates = 准入门
report-gates-note = 只有当主机除准入门外已可继续时，才会查询准入门。从关闭的那一行到下一行之间，它从未被看到打开。
report-gate-closed = 未开
report-gate-unknown = 无法查询
report-why-gate-not-asked = 从未查询：没有主机走到这一步
report-section-lessons = 经验
report-section-remarks = 台账备注
report-incidents-none = 本次执行的台账中没有问题记录。
report-incidents-sum = 本次执行共发生 { $n } 个问题，未关闭 { $open } 个。
report-severity-minor = 轻微
report-severity-major = 严重
report-severity-critical = 重大
report-subject-controller = 控制端
report-subject-campaign = 整个执行
report-remedy-none = 尚未处理
report-remedy-retried = 第 { $n } 次尝试成功
report-remedy-rolled-back = 已回退，原主机恢复服务
report-remedy-operator = 由 { $name } 处理
report-remedy-resumed = { $n ->
    [0] 依台账续跑
   *[other] 依台账续跑，接管 { $n } 个仍在运行的任务
}
report-remedy-came-back = 自行恢复
report-remedy-ended = 执行就此结束
report-at-step = 步骤：
report-host-said = 主机最后输出：
report-cause-controller-away = 控制端在这两条记录之间离线。其间已启动的步骤继续运行，未启动新的步骤，服务无人探测。
report-cause-stopped = 执行被中止。
report-cause-unexplained-outage = 服务 { $service } 中断，而承载它的主机均不在切换中。
report-lesson-step-healed = 步骤 { $step } 在 { $n } 台主机上首次失败、重试成功。后续批次不应依赖重试，须先查明首次失败的原因。
report-lesson-step-failed = 步骤 { $step } 在 { $n } 台主机上最终失败。应将其原因写成检查规则，使下一份计划在评估阶段即予阻断。
report-lesson-resumed = 控制端离线后，执行依台账续跑。控制端应部署在稳定的机器上，离线期间服务无人探测。
report-lesson-rolled-back = 回退启用 { $n } 次，均已生效。消除原因后，相关主机须重新制定计划。
report-lesson-unexplained = { $n } 次中断与迁移无关。应排查计划中未登记的依赖关系。
report-lesson-stopped = 中止规则在更多主机失败之前结束了执行。消除原因后方可批准新的计划。
report-lesson-open = { $n } 个问题未关闭，签字前须指定责任人。
report-lessons-none = 未发生问题，无相应经验。

report-col-no = 编号
report-col-opened = 发生时间
report-col-severity = 级别
report-col-where = 位置
report-col-tries = 失败次数
report-col-remedy = 处理
report-col-gate = 准入门
report-col-times-shut = 未开次数
report-col-gate-state = 状态
report-col-gate-from = 自
report-col-gate-to = 至
report-col-lasted = 时长
report-col-cause = 原因
report-col-closed = 关闭时间
report-col-time-to-fix = 修复用时
report-col-remark = 备注

## 成本

report-cost-note = 本章数字出自项目文件，并非由 Rockhop 测得。
report-no-budget = 项目文件未提供预算，成本未测量。
report-section-benefits = 收益与回报
report-first-year-return = 首年投资回报率
report-col-item = 项目
report-col-budget = 预算
report-col-actual-cost = 实际
report-col-difference = 差额
report-col-used = 执行率
report-col-benefit = 收益
report-col-yearly = 每年

## 后续

report-section-open-work = 待办事项
report-section-maintenance = 维护日历
report-section-watch = 每周巡检必查
report-open-work-none = 无待办事项。
report-work-run = 执行已批准的迁移计划。
report-work-remaining = { $n } 台主机尚未迁移至 Rocky Linux 9：{ $hosts }。消除原因后重新制定计划并报批。
report-work-kept = { $n } 台旧机器已停机并原样保留，作为退路。须确定其下线日期。
report-work-vulnerabilities = 进行漏洞扫描：本报告没有比对数据，不能据此宣称修复了多少漏洞。
report-work-latency = { $n } 项对比数据不足、尚无判定。须在更多日期采集延迟数据后再下结论。
report-work-support = 新系统中最早的厂商支持终止日期为 { $day }，请将下一次迁移列入日程。
report-no-maintenance = 项目文件未列出例行维护，更新与恢复演练目前无人负责。
report-watch-drift = 新主机的配置相对验收状态是否漂移。
report-watch-sources = 更新源是否新鲜：更新源为空或过期时必须告警，不得显示为零更新。
report-watch-promise = 各项服务已用的中断额度。
report-col-task = 工作
report-col-every = 频次

## 总结

report-section-gaps = 本报告未能回答的问题
report-section-baseline = 与以往项目对照
report-sum-backups = { $planned } 台主机中，{ $n } 台在改动之前已有经全量回读并比对的备份（{ $bytes }）。
report-sum-downtime = { $all } 项服务中，{ $n } 项测得中断时间，最长不超过 { $upper }（{ $service }），检出限为 { $limit }。
report-sum-downtime-none = 各项服务的中断时间均未测量。
report-sum-promises = 可用性承诺：{ $kept } 项服务在额度之内，{ $broken } 项超出额度，{ $open } 项无法证明，{ $none } 项未判定。
report-sum-incidents = 共发生 { $n } 个问题，未关闭 { $open } 个，最长修复用时 { $longest }。
report-sum-performance = { $n } 项性能对比：改善 { $improved } 项，相当 { $equivalent } 项，变差 { $regressed } 项，尚无定论 { $inconclusive } 项，数据不足 { $none } 项。
report-sum-performance-none = 未测量迁移前后的性能。
report-sum-support = 系统在厂商支持期内的主机：迁移前 { $before_of } 台中 { $before } 台，迁移后已采集的 { $after_of } 台中 { $after } 台。
report-gaps-none = 本报告的指标均已测量。
report-gaps-note = 以下逐条列出原因及所涉指标：
report-gaps-more = {" "}等，另有 { $n } 项
report-baseline-note = “{ $name }”的数字出自项目文件，并非由 Rockhop 测得，统计口径不详；两个项目的差异不限于所用工具。
report-baseline-hosts = 主机数
report-baseline-waves = 批次数
report-baseline-length = 历时（本项目自台账首条记录至执行结束）
report-baseline-downtime = 中断时间（本次为各项服务上界合计）
report-baseline-incidents = 问题数
report-col-this-run = 本次执行

## 签字

report-section-signatures = 签字
report-section-document = 文档信息
report-no-signers = 项目文件未指定签字人。
report-classification = 密级
report-archive-on = 归档日期
report-retention = 保存期限
report-ledger-rows = 台账记录数
report-ledger-head = 台账末条哈希
report-ledger-check = 台账校验
report-ledger-signed = 台账 { $n } 条记录首尾相接、无断裂，末条已由密钥 { $key } 签名。
report-ledger-whole = 台账 { $n } 条记录首尾相接、无断裂，末条未签名。
report-chain-broken = 台账哈希链在第 { $seq } 条记录处断裂：{ $why }
report-ledger-not-checked = 台账哈希链未经校验。
report-col-function = 职务
report-col-name = 姓名
report-col-signature = 签字
report-col-date = 日期

## 证据

report-evidence-note = 此处列出正文所引用的全部证据。迁移计划与主机事实的全文以摘要为名存于证据库。
report-section-papers = 文件
report-section-sets = 记录组
report-section-rows = 台账记录
report-col-set = 组号
report-col-origins = 出处
report-col-mark = 标记
report-col-paper = 说明
report-col-row = 记录
report-col-time = 时间
report-col-kind = 类型
report-col-text = 内容
report-row-missing = 台账中没有这条记录
report-paper-plan = 迁移计划{" "}
report-paper-facts = 主机事实{" "}
report-paper-project = 项目文件：由人员填报，非实测
report-paper-ledger = 为本报告所做的台账哈希链校验
report-paper-request = 生成本报告的请求
report-paper-vulnerabilities = 漏洞数据：{ $source }；{ $which }

report-row-surveyed = 事实 { $facts }，{ $n } 项未能读取
report-row-assessed = 阻断 { $blocks } 项，警告 { $warns } 项，无法判断 { $unknown } 项
report-row-planned = 计划 { $plan }，{ $n } 台主机，制定人 { $by }
report-row-approved = 计划 { $plan } 由 { $by } 签字，密钥 { $key }
report-row-run-started = 计划 { $plan }，发起人 { $by }
report-row-run-resumed = 当时有 { $n } 台主机正在迁移
report-row-by = 操作人 { $by }
report-row-run-ended = 验收 { $accepted } 台，回退 { $back } 台，挂起 { $held } 台，未开始 { $waiting } 台
report-row-wave = 批次 { $n }
report-row-step-try = { $step }，第 { $n } 次尝试
report-row-adopted = 接管仍在运行的任务，第 { $n } 次尝试
report-row-already-so = { $step } 已符合要求（{ $took }）
report-row-applied = { $step } 完成并通过验证（{ $took }）
report-row-adopted-outcome = { $step } 已由持续运行的任务完成（{ $took }）
report-row-step-failed = { $step }，第 { $n } 次尝试：{ $why }
report-row-backup-proven = 快照 { $snapshot }：{ $n } 个文件，{ $bytes }，已回读并比对（{ $took }）
report-row-rollback-asked = { $by } 要求回退：{ $why }
report-row-undone = { $step } 已撤销（{ $took }）
report-row-undo-failed = { $step } 未能撤销：{ $why }
report-row-salvaged = 存于 { $kept }
report-row-gate-open = { $gate } 已开
report-row-gate-closed = { $gate } 未开：{ $why }
report-row-gate-unknown = { $gate } 无法查询：{ $why }
report-row-service-up = { $service } 恢复服务，此前最后一次失败 { $last }
report-row-service-down = { $service } 中断，此前最后一次正常 { $last }
report-row-service-unknown = { $service } 无法探测，此前最后一次探测 { $last }

## 图

report-chart-gantt = 执行时间轴（按批次与主机）
report-chart-roles = 各角色结果（台）
report-chart-downtime = 各项服务中断时间及上下界
report-chart-latency = 迁移后延迟相对迁移前的百分比（越靠左越快）
report-chart-wave = 批次 { $n } { $name }
report-chart-host = { $host }：用时 { $took }，中断 { $away }
report-legend-securing = 复核与备份
report-legend-accepted = 迁移至验收
report-legend-rolled-back = 已回退
report-legend-away = 服务中断
report-legend-incident = 问题
report-legend-gap = 控制端离线
report-legend-open = 迁移中或未开始
report-legend-lower = 下界
report-legend-upper = 上界
report-legend-before = 迁移前（100%）
report-legend-after = 迁移后

## 未测量的原因

report-why-nothing-to-divide = 分母为零
report-why-not-begun = 主机或批次尚未开始
report-why-not-ended = 尚未结束
report-why-no-rehearsal-of-role = 该角色没有演练计时
report-why-no-own-service = 该主机与其他主机共同承载服务，探测无法区分
report-why-no-prober = 探测没有留下该服务的记录
report-why-probes-without-rows = 探测统计有失败，却没有状态变化记录
report-why-no-probe-count = 台账中没有探测次数
report-why-no-interval = 台账中没有探测间隔
report-why-no-promise = 没有可用性承诺
report-why-promise-allows-nothing = 承诺不允许任何中断
report-why-promise-unreadable = 承诺的可用性不是有效的百分比
report-why-one-side = 迁移前后缺少一侧的测值
report-why-points = 两侧均为百分比，差值以百分点表示
report-why-too-few-values = 两侧分别有 { $before } 个和 { $after } 个测值，各需 { $needed } 个
report-why-no-direction = 无法确定该指标的优劣方向
report-why-no-measurements = 台账中没有迁移前后的测量
report-why-no-facts = 未提供该时期的主机事实
report-why-not-read = 普查未能读取
report-why-support-unknown = { $n } 台主机的支持期限未知
report-why-no-vulnerability-data = 未提供漏洞比对数据
report-why-open = 尚未关闭
report-why-clock-set-back = 其间控制端时钟被拨回
report-why-not-planned = 项目文件未给出日期
report-why-not-reached = 尚未达成
report-why-not-assessed = 台账中没有评估记录
report-why-not-surveyed = 台账中没有普查记录
report-why-empty-ledger = 台账为空
report-why-not-stated = 项目文件未填报
report-why-no-single-currency = 预算不是单一币种
report-why-no-benefits = 项目文件未填报收益
report-why-benefit-not-in-money = 有收益未按预算币种计价
report-why-ledger-not-whole = 台账未经证实完整
report-note-still-away = 记录结束时仍未恢复
report-note-not-ended = 执行尚未结束

## 报告自检

report-audit-parts-not-planned = { $subject }：各类结果合计 { $a } 台，计划为 { $b } 台
report-audit-failed-not-sum = { $subject }：失败数 { $a } 不等于回退（{ $b }）与挂起之和
report-audit-rate = { $subject }：成功率（千分之一百分比 { $a }）与计数不符（验收 { $b } 台）
report-audit-table-not-total = { $subject }：各行合计 { $a }，合计栏为 { $b }
report-audit-bounds = { $subject }：下界 { $a } 高于上界 { $b }
report-audit-downtime-over-run = { $subject }：中断时间（{ $a } 毫秒）长于执行时长（{ $b } 毫秒）
report-audit-not-a-share = { $subject }：千分之一百分比 { $a } 不是有效的比例
report-audit-outage-count = { $subject }：计有 { $a } 次中断，与所列次数不符
report-audit-promise = { $subject }：承诺判定与已用额度（千分之一百分比 { $a }）不符
report-audit-accepted-without-backup = { $subject } 已验收，却没有经验证的备份
report-audit-not-read-back = { $subject }：备份 { $b } 字节中只回读了 { $a } 字节
report-audit-incident = 问题 { $subject }：起止时间不符
report-audit-engine-tally = { $subject }：引擎计数 { $a }，台账记录为 { $b }
report-audit-praise = { $subject }：状态为“完成”，但 { $b } 台中只验收 { $a } 台，或仍有未决事项
report-audit-delta = { $subject }：差值 { $a } 与两侧数值不符
report-audit-points = { $subject }：百分比之差应以百分点表示，其余则不应
report-audit-ledger-gap = 台账缺少记录：应为第 { $b } 条，实为第 { $a } 条
report-audit-ledger-count = 校验 { $a } 条记录，报告读到 { $b } 条
report-audit-no-origin = { $subject }：数字 { $a } 没有出处

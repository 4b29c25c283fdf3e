### 评估结论：终端、网页与电子表格。

outlook-now = 可立即迁移
outlook-after-remedies = 处置后可迁移
outlook-not-known = 信息不足
outlook-never = 现有机器无法迁移
outlook-arrived = 已是 EL 9
outlook-stays = 不迁移

finding-state-new = 新增
finding-state-still = 仍存在
finding-state-gone = 已消失
finding-state-waived = 已豁免

## 表头

assess-all-roles = 合计
assess-col-host = 主机
assess-col-role = 角色
assess-col-site = 站点
assess-col-hosts = 主机数
assess-col-outlook = 能否迁移
assess-col-area = 领域
assess-col-rule = 规则
assess-col-title = 问题
assess-col-severity = 级别
assess-col-state = 状态
assess-col-since = 起始日期
assess-col-finding = 检查结果
assess-col-findings = 检查结果数
assess-col-unknown = 未知
assess-col-waived = 豁免
assess-col-hours = 人时
assess-col-strategy = 迁移方式
assess-col-raised = 原级别
strategy-replace = 新机替换
strategy-reimage = 原机重装
strategy-inplace = 原地升级
assess-col-surveyed = 采集时间
assess-col-kind = 工作类型
assess-col-once = 每角色（分钟）
assess-col-each = 每台（分钟）
assess-col-owner = 责任人
assess-col-reason = 理由
assess-col-until = 有效期至
assess-label-remedy = 处置
assess-label-verify = 验证
assess-label-founded = 依据
assess-label-looks-at = 检查内容

## 终端

assess-hours = { $hours } 小时
assess-more-sentences = 该规则另有 { $n } 条结果，用 --all 或 --html 查看
assess-never-hosts = 现有机器无法迁移：{ $hosts }（{ $title }）
assess-first = 这是首次评估，所有结果均为新增。
assess-changes = 与 { $at } 相比：新增 { $new } 项，仍存在 { $still } 项，已消失 { $gone } 项，已豁免 { $waived } 项。
assess-left = 已不在项目中，不计入“已消失”：{ $hosts }
assess-work = 预估工作量：{ $total }人工（按角色一次性 { $once }，逐台 { $each }，人工查看无法检查的项 { $looking }）。不含已豁免的结果、不迁移的主机以及无法迁移的主机；计算依据见 knowledge/effort.toml。
assess-written = 已写入：{ $path }

## 网页与电子表格

assess-hosts-heading = 主机
assess-between-hosts = 主机之间
assess-title = 评估：{ $project }
assess-made-at = 评估时间：{ $at }。
assess-by-role = 按角色
assess-by-area = 按领域
assess-by-rule = 按规则
assess-over-fleet = 主机之间
assess-with-others = 本机与其他主机之间
assess-more-results = 另有 { $n } 项，见各规则页面。
assess-waivers = 豁免
assess-left-heading = 已不在项目中
assess-unread-hosts = 从未采集且不迁移的主机
assess-unread-sections = 未能读取的内容
assess-card-now = 没有待办事项
assess-card-not-known = 没有发现阻断项，但有阻断级检查未能进行
assess-card-after-remedies = 需先处置或作出决定
assess-card-never = 在现有机器上没有处置办法
assess-card-hosts = { $arrived } 台已是 EL 9，{ $stays } 台不迁移
assess-card-findings = 阻断 { $blocks } 项，警告 { $warns } 项，未知 { $unknown } 项
assess-card-work = 估算值，说明见页尾
assess-never-why = 以下主机无法在现有机器上迁移：
assess-never-here = 本机无法在现有机器上迁移：
assess-nothing-found = 没有规则发现问题。
assess-pill-unknown = 无法检查
assess-since = 自 { $day }
assess-gone-clear = { $day } 起不再出现；首次发现于 { $found }
assess-gone-arrived = { $day } 起不再出现，主机已是 EL 9；首次发现于 { $found }
assess-gone-retired = { $day } 起不再检查，当前版本已无此规则；首次发现于 { $found }
assess-survey = 采集结果
assess-rules-clear = 未发现问题的规则数
assess-work-here = 本机工作量
assess-work-here-note = 估算值，不含按角色一次性完成的部分
assess-effort = 每个角色一次性 { $once } 分钟，每台主机 { $each } 分钟。
assess-effort-all = 本次合计：{ $hours } 小时。
assess-rule-counts = 发现 { $found } 项，无法检查 { $unknown } 项，豁免 { $waived } 项；新增 { $new } 项，消失 { $gone } 项
assess-search = 搜索主机、角色、站点
assess-any-role = 所有角色
assess-any-outlook = 不限能否迁移
assess-any-finding = 不限结果
assess-no-script = 主机列表需要 JavaScript。没有它时，可从上面各规则页面找到每台有问题的主机。
assess-pages = 分页
assess-page-back = 上一页
assess-page-on = 下一页
assess-page-of = 第 %n% 页，共 %all% 页
assess-shown = 显示 %n% 台，共 %all% 台
assess-unprinted = 另有 %n% 台主机未打印；请先筛选，或打印电子表格。
assess-work-heading = 预估工作量
assess-work-once = 按角色一次性工作
assess-work-each = 逐台工作
assess-work-looking = 人工查看无法检查的项
assess-work-total = 工作量合计
assess-work-basis = 本数为估算，并非实测：每条规则按工作类型计，出现问题的每个角色计一次性分钟数，每台主机再计逐台分钟数（见 knowledge/effort.toml；项目可在 rockhop.toml 的 [effort] 中填写自己的数值）。已豁免的结果、不迁移的主机和无法迁移的主机不计入。人工查看后可能还有更多工作。等待、复制数据和迁移本身的时间不计入。
assess-sheet-summary = 概览
assess-sheet-hosts = 主机
assess-sheet-findings = 检查结果
assess-sheet-rules = 规则

## 工作类型

effort-kind-nothing = 无需处置
effort-kind-look = 人工查看无法检查的项
effort-kind-check = 迁移后核对
effort-kind-setting = 修改配置
effort-kind-decision = 调查并作出决定
effort-kind-declaration = rockhop.toml 中的声明
effort-kind-package = 获取 EL 9 版软件
effort-kind-script = 移植脚本
effort-kind-rewrite = 替换服务或机制
effort-kind-clients = 升级依赖方
effort-kind-application = 重新构建或测试应用
effort-kind-data = 以专门方式迁移数据
effort-kind-repair = 修复现有故障
effort-kind-machine = 增加内存、空间或更换设备
effort-kind-command = 执行一条命令进行检查
effort-kind-elsewhere = 在现有机器上没有处置办法

## 出错时

error-assessment-since = 没有 { $day } 或更早的评估；最早的一次在 { $first }
error-assessment-since-next = 请指定更晚的日期，或用 --against FILE 与文件比较。
error-assessment-none = 还没有可供比较的评估
error-assessment-none-next = 请先运行不带 --since 的 rockhop assess。
error-assessment-unreadable = { $name } 不是评估文件：{ $why }
error-assessment-unreadable-next = 请给出 rockhop assess --json 输出的文件。
error-assess-folder = { $path } 不为空，且其中内容不是 rockhop assess 写入的
error-assess-folder-next = 请为 --html 指定新的或空的目录。
effort-no-such-rule = rockhop.toml 的 [effort]：没有规则 { $rule }，最接近的是 { $nearest }

## 同一主机的两次采集

survey-diff-times = { $before } 与 { $after } 对比
survey-diff-same = 没有差异。
survey-diff-unknown-before = 前一次未能读取，不作比较
survey-diff-unknown-after = 本次未能读取，不作比较
error-survey-diff-none = { $host } 从未采集过
error-survey-diff-none-next = 请先采集：rockhop survey { $host }
error-survey-diff-one = { $host } 没有更早的采集结果可供比较
error-survey-diff-one-next = 请再次采集，或指定更晚的日期。

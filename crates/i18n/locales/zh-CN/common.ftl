### 各部分共用的词与句子。
### Fluent 语法：每行一个“键 = 句子”；`{ $name }` 处填入取值；取值是数字时可以区分单复数。

project = 项目
fleet = 机群
host = 主机
role = 角色
site = 站点
facts = 主机事实
rule = 检查规则
finding = 检查结果
waiver = 豁免
plan = 迁移计划
wave = 批次
window = 变更窗口
gate = 准入门
step = 步骤
journey = 迁移过程
run = 执行
rehearsal = 演练
vault = 备份库
cutover = 切换
rollback = 回退
incident = 问题
ledger = 台账
evidence = 证据
figure = 指标
sign-off = 签字

yes = 是
no = 否
unknown = 未知
none = 无
next-step = 下一步：{ $what }

count-hosts = { $n } 台主机
count-waves = { $n } 个批次
count-findings = { $n } 项检查结果
count-steps = { $n } 个步骤
count-minutes = { $n } 分钟
count-seconds = { $n } 秒

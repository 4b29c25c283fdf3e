### 出了什么问题；`<键>-next` 说明接下来怎么办。

error-internal = { $what }：{ $why }
error-internal-next = 这不应发生。请连同所运行的命令一起反馈。
error-output = 无法写出输出：{ $why }
error-read = 无法读取 { $path }：{ $why }
error-read-next = 请确认文件存在，且当前用户有权读取。
error-write = 无法写入 { $path }：{ $why }
error-write-next = 请检查剩余空间以及写入权限。

error-no-plan = 尚无迁移计划
error-no-plan-next = 请先采集主机、查看 `rockhop assess`，再运行 `rockhop plan`。
error-no-run = 尚无执行
error-no-run-next = 用 `rockhop run` 开始执行。
error-plan-unknown = 没有名为 { $name } 的计划或文件
error-plan-unknown-next = 请给出文件，或计划摘要的至少四位；`rockhop ledger show` 会列出所有计划。
error-plan-ambiguous = 有多份计划以 { $name } 开头
error-plan-ambiguous-next = 请多给几位。
error-plan-file = { $name } 不是可以执行的计划
error-plan-file-next = 请用 `rockhop plan` 重新制定。
error-plan-malformed = 无法读取：{ $why }
error-plan-format = 其格式为 { $found }，本版本读取 { $known }。
error-plan-unsound = 违反了执行所依赖的规则：{ $why }
error-host-not-in-plan = 计划中没有主机 { $host }
error-host-not-in-plan-next = `rockhop plan show` 会列出其中的主机。
error-fold = 台账与其计划不符：{ $why }
error-fold-next = 请运行 `rockhop ledger verify`；若未发现问题，请反馈。
error-not-an-event = 第 { $seq } 条记录（{ $kind }）无法读取：{ $why }
error-not-an-event-next = 可能由更新的版本写入，请使用该版本。

error-no-project = 没有项目文件 { $path }
error-no-project-next = 用 `rockhop init` 生成，或用 --project 指定项目目录。
error-project = { $path } 有 { $n } 处错误
error-project-next = 请改正后重新运行同一命令。`rockhop schema` 可输出供编辑器使用的模式文件。
error-inventory = 主机清单 { $path } 无法使用
error-fleet = 项目与主机清单有 { $n } 处不一致
error-fleet-next = 请改正 rockhop.toml 或主机清单。任何主机都不会被悄悄略过。
error-host-not-in-project = 项目中没有主机 { $host }
error-host-not-in-project-next = 项目的主机来自 rockhop.toml 所列的主机清单。
error-salt = { $path } 已损坏：缺少它便无法在主机之间比较机密
error-salt-next = 请从副本恢复。若没有副本，请删除该文件并重新采集所有主机。
error-not-surveyed = 有 { $n } 台主机从未采集
error-not-surveyed-next = 请运行 `rockhop survey`。
error-host-unread = { $host }
error-facts-unreadable = 本版本无法读取主机事实 { $digest }：{ $why }
error-facts-unreadable-next = 请重新采集该主机。

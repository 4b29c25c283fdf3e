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

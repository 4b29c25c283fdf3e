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

error-plan-refused = 有 { $n } 个原因使计划无法制定
error-plan-refused-next = 请逐项处置，或在 rockhop.toml 中豁免；对已过期的重新采集；然后重新制定计划。
error-order-blocked = 依据 rockhop.toml 得出的顺序会造成破坏
error-order-blocked-next = 请在 rockhop.toml 中写明依赖关系（after、edges、pairs），然后重新制定计划。

# 主机迁移途中的故障：哪台主机、哪一步、发生了什么。
fault-asked-back = { $by } 要求将 { $host } 回退。
fault-backup-not-proven = { $host } 的备份不能作为退路：{ $why }。
fault-check-could-not-look = { $host }：步骤 { $step } 无法判断是否已完成（状态 { $status }）。
fault-config-arrived-otherwise = { $host }：新机上的配置与发送的内容不一致（步骤 { $step }，状态 { $status }）。
fault-config-cut = { $host }：{ $path } 未完整送达（步骤 { $step }）。
fault-config-drifted = { $host }：{ $path } 在调查之后已变化，计划不再适用（步骤 { $step }）。请重新调查、制定计划并审批。
fault-config-untranslatable = { $host }：{ $path } 的含义无法转换到 Rocky Linux 9。
fault-copy-broke-off = { $host }：复制 { $path } 中断（状态 { $status }）。
fault-defect = 本程序缺陷：{ $what }。
fault-host-not-in-inventory = 清单中没有主机 { $host }。
fault-no-new-machine = { $host }：步骤 { $step } 需要新机，但新机尚未创建。
fault-no-snapshot = { $host }：步骤 { $step } 没有可验证的备份。
fault-no-snapshot-name = { $snapshot } 不是备份的名称。
fault-old-does-not-serve = { $host }：旧机已恢复，但未能提供服务（步骤 { $step }，状态 { $status }）。
fault-provisioner = 供给程序未能为 { $host } 完成“{ $verb }”：{ $why }。
fault-soak-failed = { $host }：观察期内检查未通过（步骤 { $step }，状态 { $status }）。
fault-step-failed = { $host }：步骤 { $step } 以状态 { $status } 结束。
fault-step-not-an-action = { $host }：步骤 { $step } 无法以这种方式执行。
fault-step-timed-out = { $host }：步骤 { $step } 超时仍未结束。
fault-undo-failed = { $host }：步骤 { $step } 无法撤销（状态 { $status }）。
fault-verify-failed = { $host }：步骤 { $step } 已执行，但验证未通过（状态 { $status }）。
fault-unreachable = { $host } 没有响应。
stop-failure-budget = 已有 { $spent } 台主机未能验收，计划只允许 { $budget } 台。
error-no-provisioner = rockhop.toml 未指定供给程序。
error-no-provisioner-next = 请在 [provisioner] 中填写创建 Rocky Linux 9 新机的命令，协议见 docs/provisioner.md。
error-no-such-wave = 计划中没有第 { $wave } 批。
error-no-vault-password = rockhop.toml 没有为备份库指定密码文件或密钥文件。
error-no-vault-password-next = 请在 [vault] 中填写 password_file 或 key_file。
error-not-approved = 计划 { $plan } 需要 { $needed } 个审批，目前有 { $have } 个。
error-not-approved-next = 请先用 “rockhop plan show --steps” 审阅，再用 “rockhop approve --key 文件” 签名。

error-not-an-approver = { $name } 的批准不算数：project.contacts.approvers 所列为 { $approvers }
error-not-an-approver-next = 请由其中一人签名，或在 rockhop.toml 的 project.contacts.approvers 中加入该姓名。

error-no-such-run = 台账中没有执行 { $run }
error-no-such-run-next = `rockhop ledger show` 会列出所有执行。
error-no-vault = { $path } 中没有备份库
error-no-vault-next = 首次备份时会自动创建；若曾经有过，请检查其磁盘。

### 批准：错误与下一步。

approval-unknown-approver = { $approver }（密钥 { $key }）不在批准人之列。请在 `approvers.allowed` 中加入该行，或由批准人签名。
approval-bad-signature = { $approver } 的签名与批准书不符：签名之后内容被改动。请重新签名。
approval-plan-changed = 已批准的是计划 { $approved }，将要执行的却是计划 { $actual }。请对新计划重新批准。
approval-other-environment = 该计划是为 { $approved } 批准的，不适用于 { $actual }。请针对实际环境批准。
approval-requester = { $name } 是本计划的申请人，不能自行批准。须由他人签名。
approval-unreadable = 这不是批准书：{ $why }。
approval-bad-name = “{ $name }”不能用作批准人姓名。请使用不含空格的单词或邮箱地址。
approval-key-locked = 密钥 { $path } 设有口令。请用 `ssh-add` 载入，再经由代理签名。
approval-key = 密钥 { $path } 无法使用：{ $why }。需要 OpenSSH 格式的 Ed25519 或 RSA 密钥。
approval-agent = SSH 代理未签名：{ $why }。请用 `ssh-add -l` 查看其中是否有该密钥。
approval-approvers = { $path } 第 { $line } 行无法使用：{ $why }。任何一行都不会被忽略，请改正或删除。
approval-io = 无法读取 { $path }：{ $why }。

### 备份库：错误与下一步。

vault-not-a-vault = { $path } 既不是备份库，也不是空目录。请指定空目录或备份库。
vault-wrong-password = 该密码打不开备份库 { $path }。没有密码便读不出其中任何备份：请找到与之对应的密码文件。
vault-password-file = 备份库的密码文件 { $path } 无法使用：{ $why }。
vault-stream = 未能取得备份 { $label }：{ $why }。没有留下任何内容，可以重新执行该步骤。
vault-not-whole = 备份 { $label } 未能完整写入，已丢弃：{ $why }。请检查备份库所在磁盘，再重新执行该步骤。
vault-no-such-backup = 备份库 { $path } 中没有备份 { $snapshot }。可用 `restic snapshots` 列出已有备份。
vault-no-such-file = { $path } 的备份 { $snapshot } 中没有文件 { $file }。
vault-damaged-pack = { $path } 中的备份 { $snapshot } 已损坏：数据包 { $pack }：{ $why }。它不能作为退路。请检查备份库所在磁盘，并重新备份。
vault-damaged = { $path } 中的备份 { $snapshot } 已损坏：{ $why }。它不能作为退路。请检查备份库所在磁盘，并重新备份。
vault-manifest = 主机为备份 { $snapshot } 给出的清单无法读取：{ $why }。备份未得到验证，请重新执行该步骤。
vault-refused = 备份库 { $path } 拒绝操作：{ $why }。
vault-files-refused = 文件系统在 { $path } 处拒绝操作：{ $why }。请检查剩余空间与权限。

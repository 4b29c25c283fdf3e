### 台账与证据：核验结论、缺陷、错误与下一步。

ledger-sealed = 台账完整：{ $records } 条记录全部已签名，文件与签名时逐字节一致。
ledger-open-tail = 第 { $records } 条记录及以前与签名时逐字节一致；其后 { $unsigned } 条已入链、尚未签名；日志中有 { $torn } 字节无法读取。执行结束时会签名；若曾崩溃，由下一条写入台账的命令补签。
ledger-unsealed = 已签名的 { $records } 条记录均与签名一致，其后 { $unsigned } 条也已入链，但文件本身不是签名时的文件。签名途中崩溃会如此，记录之外的改动也会如此。请与最近一份报告中的台账头核对。
ledger-broken = 台账与签名不符：共 { $flaws } 处缺陷。请保持目录原样，并从副本恢复。

ledger-flaw-no-head = 缺少已签名的台账头。
ledger-flaw-head-unreadable = 已签名的台账头无法读取：{ $why }。
ledger-flaw-head-by-stranger = 台账头由不受信任的密钥签名：{ $key }。
ledger-flaw-head-forged = 台账头的签名与内容不符。
ledger-flaw-truncated = 末尾被截断：签名时有 { $signed } 条记录，现有 { $found } 条。
ledger-flaw-not-what-was-signed = 第 { $seq } 条记录不是签名时的那一条。
ledger-flaw-gap = 缺少第 { $seq } 条记录。
ledger-flaw-altered = 第 { $seq } 条记录被改动。
ledger-flaw-unlinked = 第 { $seq } 条记录与前一条不衔接。
ledger-flaw-unreadable = 第 { $seq } 条记录有一列无法读取：{ $column }。
ledger-flaw-schema = 数据表或禁止改动的触发器被更改。
ledger-flaw-database = 数据库已损坏：{ $detail }。

ledger-busy = 进程 { $pid } 正在使用 { $path } 中的台账。请等待其结束或将其停止；进程结束后锁自动释放。
ledger-busy-unknown = 另一个进程正在使用 { $path } 中的台账。请等待其结束或将其停止；进程结束后锁自动释放。
ledger-already-there = { $path } 中已有台账，现予保留。请打开它，不要新建。
ledger-not-there = { $path } 中没有台账。请指定项目目录；首次采集会建立台账。
ledger-refused = { $path } 中的台账与签名不符（{ $flaws } 处缺陷），因此不作任何操作。请用 `rockhop ledger verify` 查看，保持目录原样，并从副本恢复。
ledger-not-json = 类型为 { $kind } 的事件无法写入：{ $why }。
ledger-not-an-event = { $path } 中第 { $seq } 条记录的类型 { $kind } 不为本版本所识别。请使用写入它的版本或更新的版本。
ledger-key-unusable = 签名密钥 { $path } 无法使用：{ $why }。请从项目副本恢复。
ledger-key-exposed = 他人可以读取签名密钥 { $path }（权限 { $mode }）。请先查明原因，再执行 `chmod 600`。
ledger-readers-in-the-way = 有程序正在读取 { $path } 中的数据库，暂时无法签名。请将其关闭，下次签名会补上。
ledger-schema = 无法建立 { $path } 的数据表：{ $why }。它可能由更新版本的 Rockhop 写入。
ledger-old-sqlite = SQLite { $version } 可能损坏台账。请用 SQLite 3.51.3 或更新版本构建 Rockhop。
ledger-database-refused = 数据库 { $path } 拒绝操作：{ $why }。请检查磁盘的剩余空间与健康状况。
ledger-files-refused = 文件系统在 { $path } 处拒绝操作：{ $why }。请检查剩余空间与权限。

evidence-missing = { $path } 中没有证据 { $digest }。请从副本恢复该目录。
evidence-altered = 证据文件 { $path } 被改动：其内容的摘要为 { $actual }。请从副本恢复。

### 软件包能否安装：不能安装的原因、所缺内容在哪里，以及无法读取的软件源。

## 原因
solver-not-found = 没有名为 { $wanted } 的软件包，也没有软件包提供它。
solver-no-such-stream = 没有模块流 { $stream }。该模块有：{ $has }。
solver-no-such-module = 这些软件源中没有模块 { $module }。
solver-missing = { $package } 需要 { $capability }，而这里没有软件包提供它。
solver-missing-through = { $package } 需要 { $capability }，而这里没有软件包提供它。依赖路径：{ $through }。
solver-conflict = { $package } 与 { $with } 冲突（声明冲突的是 { $capability }）。
solver-replaces = { $package } 会取代 { $replaced }（声明取代的是 { $capability }），而两者都被需要。
solver-two-versions = { $one } 与 { $other } 需要同时安装，而一台机器上只能有其中一个版本。
solver-not-the-newest = { $newest } 是最新版本，但无法安装。
solver-other-arch = 需要 { $package }，而同一软件包的另一架构也被需要，两者不能并存。
solver-incompatible = 以下软件包不能并存：{ $packages }。

## 怎么办
solver-nobody-has = 给出的软件源都没有它。请加入含有它的软件源副本（通常是 CRB 或 EPEL），或用 --elsewhere 指定软件源以查明在哪里；否则请去掉该软件包。
solver-built-for = 该软件包是为 EL{ $release } 构建的：请改用 EL9 的构建，或重新构建。
solver-where-elsewhere = 软件源 { $repository } 中的 { $package } 提供它：请在主机上启用该软件源。
solver-where-stream = { $package } 提供它，但所在的模块流未启用：`dnf module enable { $stream }`（此处用 --enable-module { $stream }）。
solver-where-hidden = { $package } 提供它，但被已启用的模块流 { $stream } 屏蔽：请停用该模块流，或改用模块流自带的软件包。
solver-where-arch = { $package } 提供它，但只适用于 { $arch } 机器：请寻找适合主机架构的构建。
solver-where-version = 有 { $package }，提供的是 { $provides }，与所需版本不符：请从同一发行版本取得两者。
solver-where-soname = { $package } 提供的是 { $provides }：该库的版本号已经升高。请改用与之链接的构建，或 compat- 兼容包。
solver-where-similar = 有名为 { $name } 的软件包：是否是它？

## 无法使用的软件源
repo-read = 无法读取 { $file }：{ $why }。
repo-no-repodata = { $file } 不是软件源：既没有 repodata/repomd.xml，也没有 repomd.xml。请指定含有 repodata 的目录，或 repodata 的副本。
repo-escapes = { $file } 指向软件源之外的 { $href }。未读取任何内容。请从可信来源重新复制该软件源。
repo-no-entry = { $file } 中没有 { $what }。Rockhop 读取 XML 元数据，请用 createrepo_c 生成。
repo-checksum = { $file } 与 repomd.xml 的描述不符：{ $kind } 为 { $found }，应为 { $said }。副本已损坏，或由不同日期的文件拼成：请重新复制整个 repodata 目录。
repo-checksum-kind = { $file } 的校验和类型为 { $kind }；只支持 sha256、sha512、sha384 和 sha1。请用 createrepo_c 重新生成元数据。
repo-unpack = { $file } 无法解压，文件不完整或已损坏：{ $why }。请重新复制。
repo-too-big = { $file } 解压后超过 { $limit } 字节，超出应有大小。未保留任何内容。请从可信来源重新复制。
repo-too-long = { $file } 中有单个标签或文本超过 { $limit } 字节，真实的元数据不会如此；未保留任何内容。
repo-encoding = { $file } 不是 UTF-8 编码：{ $why }。请用 createrepo_c 重新生成元数据。
repo-form = { $file } 格式有误：{ $why }。请重新复制。
repo-field = { $file }：<{ $tag }> 中的 { $what } 缺失或有误。请用 createrepo_c 重新生成元数据。

### 软件包的去向：Leapp 数据文件、第三方软件包，以及单台主机的说明。

error-leapp-data = Leapp 数据文件无法使用，其内容均未采用
error-leapp-data-next = 请使用其软件包原样提供的文件，或不提供该文件：Rockhop 没有它也能工作。
error-too-large = { $path } 超过 { $megabytes } MB
error-too-large-next = 该文件不是预期内容，请指定正确的文件。
error-not-a-public-key = { $path } 不是文本格式的签名公钥
error-not-a-public-key-next = 请在 rockhop.toml 的 gpgkey 中指定以 -----BEGIN PGP PUBLIC KEY BLOCK----- 开头的文件，其中不得含有私密内容。
error-packages-unknown = 无法判断 { $host } 上软件包的去向
error-packages-unknown-next = 请用 `rockhop survey { $host }` 重新采集该主机。
packages-no-arch = Rocky Linux 9 不支持 { $arch } 架构
packages-no-release = 没有任何软件包说明发行版的版本

pes-not-utf8 = { $place }：自第 { $byte } 字节起不是 UTF-8 文本
pes-not-json = { $place }：第 { $line } 行第 { $column } 列不是合法的 JSON：{ $why }
pes-shape = { $place }：{ $why }
pes-no-events = { $place }：没有任何事件
pes-unknown-action = { $place }：没有编号为 { $code } 的动作，可用 0 到 8
pes-unknown-architecture = { $place }：没有名为 { $name } 的架构，可用 x86_64、aarch64、ppc64le 和 s390x

repomap-not-json = { $file }：第 { $line } 行第 { $column } 列不是软件源映射：{ $why }
repomap-format = { $file }：格式为 { $found }，支持 1 和 2
repomap-release = { $file }：{ $place }：{ $found } 不是主版本号
repomap-unknown-family = { $file }：{ $place }：{ $pesid } 在文件中没有对应的软件源

vendors-not-a-key = { $file }：第 { $line } 行不是长密钥 ID：{ $text }
vendors-cells = { $file }：第 { $line } 行有 { $cells } 个单元格，应为 9 个
vendors-not-text = { $file } 不是 UTF-8 文本

packages-head = { $host }：EL { $from } -> Rocky Linux 9，共 { $n } 个软件包，其中第三方 { $third } 个，未知 { $unknown } 个
packages-events = 已使用 Leapp 数据中的 { $n } 个事件：{ $path }。
packages-no-events = 未使用 Leapp 数据；可在 rockhop.toml 的 `packages.leapp_data` 或用 --pes 指定。
packages-unsaid = 有 { $n } 个软件包未说明构建者，按名称判断。
packages-replaced = 被替换：{ $n } 个
packages-removed = 没有替代：{ $n } 个
packages-keeps = 同名安装：{ $n } 个
packages-comes = 由新系统自带：{ $n } 个
packages-maker = { $maker }：{ $n } 个
packages-unknown = 未知，有待决定：{ $n } 个
packages-unknown-next = 这些软件包没有任何依据。请在 rockhop.toml 中为每个软件包写一段 [[packages.decisions]]：package、install（留空表示放弃）、owner、reason。
packages-install = 在 Rocky Linux 9 上：
packages-repository = { $maker } 来自 { $where }
packages-unplaced = 事件提到软件源 { $repository }，无法确定它在 Rocky Linux 9 上对应什么
packages-confirm = 有 { $n } 个名称的依据只到 8 版；最后一条命令能查到的再安装
packages-install-nothing = 最小安装之外无需安装任何软件包。

family-scl = EL9 不提供 Software Collections。请改用 AppStream 或模块中的版本，并改写调用 `scl enable` 或引用 /opt/rh 的地方。
family-pgdg = PGDG 为 EL9 提供较新的版本，名称不变。较旧的版本没有：请先升级数据，或在迁移途中升级。
family-mysql = MySQL 为 EL9 提供 8.0 及以上版本。5.7 及更早的服务器须经 8.0 升级；请先运行其自带的升级检查工具。
family-mariadb = MariaDB.org 为 EL9 提供仍受支持的版本，名称不变；版本由软件源地址决定。
family-percona = Percona 为 EL9 提供 8.0 及以上版本，名称为小写。5.7 及更早的软件包须单独决定。
family-remi = Remi 提供 EL9 构建；php 本身来自相应版本的模块流（php:remi-8.x），php74 一类的集合名称不变。
family-docker = Docker 为 EL9 提供同名的引擎。它运行在 cgroup v2 上；迁移的是镜像和数据卷，不是存储驱动。
family-kubernetes = 旧软件源（packages.cloud.google.com）已下线；pkgs.k8s.io 按次版本各有一个软件源。请排空节点后重新加入集群。
family-zabbix = Zabbix 为 EL9 提供同名的 agent，6.0 起也提供 server；版本由软件源地址决定。
family-elastic = Elastic 的软件包不区分 EL 版本，软件源可继续使用。
family-nginx = nginx.org 提供同名的 EL9 构建。AppStream 也有 nginx：请只用其中一个来源。
family-hashicorp = HashiCorp 有面向 EL9 的软件源，名称不变。
family-gitlab = GitLab 只为仍受支持的版本提供 EL9 构建；恢复备份时两侧版本必须一致。
family-grafana = Grafana 官方软件源适用于各个 EL 版本。AppStream 中有同名但较旧的 grafana。
family-oracle-jdk = Oracle JDK 由 Oracle 的文件手工安装。请在同一 JDK 与 java-1.8.0、11、17、21-openjdk 之间做出选择。
family-elrepo = ELRepo 的内核和驱动只适用于一个发行版本。请先确认 EL9 内核是否已有该驱动。
family-ius = IUS 不支持 EL9；其中大部分软件在 AppStream 及其模块中有更新的版本。
family-epel = EPEL 9 的软件包少于 EPEL 7，有一部分已进入 AppStream。此处未列出的须到 EPEL 9 中确认。

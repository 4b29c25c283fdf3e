### lab

## 进度
lab-prerequisites = 实验环境所需的程序
lab-prerequisites-install = 安装实验环境所需的 Debian 软件包：{ $packages }
lab-limit-raised = 所有容器共用的一项内核限制低于实验环境所需：{ $limit } 原为 { $from }，下次重启前改为 { $to }。
lab-disk = 实验环境的磁盘
lab-disk-copies = 本机不允许在 loop 设备上使用 btrfs：每台主机都是一份完整拷贝，占用空间和时间都更多。
lab-build-image = 构建根文件系统 { $image }
lab-network = 实验环境的网络
lab-boot = 启动 { $count } 台机器
lab-booted = { $machine } 已应答
lab-left-off = { $machine } 是被有意关机的，保持关机。如需开机：echo '{"{"}"machine":"{ $machine }"{"}"}' | rockhop lab hook power-on
lab-hosts-older = 以下主机由另一个版本的实验环境创建，保持原样：{ $hosts }。如需重建：先执行 rockhop lab down，再执行 rockhop lab up。
lab-stop = 停止所有机器
lab-remove-hosts = 删除主机
lab-images-kept = 构建好的根文件系统保留在 { $state }，下次启动会很快。如需一并删除：rockhop lab down --purge
lab-purge = 删除全部内容

## 错误
lab-error-not-root = 实验环境要创建容器、磁盘和网络，必须以 root 身份运行。请改用 root 再执行一次。
lab-error-refused = 本机无法运行实验环境，因为不允许{ $what ->
    [namespaces] 创建自己的命名空间
    [containers] 为容器建立控制组
    [network] 创建自己的网桥和网卡
   *[packages] 安装所需的软件包
}：{ $why }
lab-error-refused-next = 没有实验环境时，可用内存中的模拟机群运行同样的计划、引擎和报告：rockhop lab up --simulated
lab-error-not-root-next = 没有 root 权限时，可用内存中的模拟机群运行同样的计划、引擎和报告：rockhop lab up --simulated
lab-error-busy = 另一个实验环境命令正在使用 { $state }，请等它结束。
lab-error-other-lab = { $state } 中的实验环境创建时使用的命名空间是 { $namespace }，子网是 { $subnet }。请沿用这些名称，或换一个状态目录。
lab-error-io = 对 { $path } 的操作（{ $doing }）失败：{ $why }
lab-error-command = { $program } 执行失败（{ $status }）：{ $tail }
lab-error-unknown-machine = 实验环境中没有机器 { $name }。用 `rockhop lab status` 查看现有的机器。
lab-error-absent = { $machine } 不存在。机群主机由 `rockhop lab up` 创建，新主机由迁移执行时的供应程序创建。
lab-error-not-running = { $machine } 没有运行，请先开机。
lab-error-not-discardable = { $machine } 是机群中的主机。只有名称以 -new 结尾的新主机才可以弃用。
lab-error-not-migrating = { $host } 不参与迁移，没有与之并列的新主机。
lab-error-silent = { $machine } 在 { $seconds } 秒内没有应答 ssh。控制台输出在 { $log }。
lab-error-undead = { $machine } 被强制终止后仍有进程。请检查内核在等待什么。
lab-error-namespace = 无法进入网络命名空间 { $namespace }：{ $why }。请确认实验环境已启动，并且您是 root。
lab-error-not-up = 实验环境没有启动：不存在网络命名空间 { $namespace }。请先执行 rockhop lab up。
lab-error-bad-request = 请求无法理解：{ $why }
lab-error-other-system = 实验环境提供的是 { $offered }，不是 { $asked }。
lab-error-fault-does-not-fit = 故障 { $fault } 不适用于 { $target }。
lab-error-bad-package = { $list } 第 { $line } 行不是软件包：{ $text }

### 清查：主机上软件包之外的内容。

census-progress = { $host }：第 { $n } 项，共 { $of } 项：{ $what }
census-progress-kept = { $host }：第 { $n } 项，共 { $of } 项：{ $what }（此前已完成）
census-taken = { $host }：软件包之外有 { $folders } 个目录含可执行文件，程序和库 { $programs } 个（其中 { $lost } 个所需的库在 EL 9 上没有），Python 包 { $python } 个，npm 全局包 { $node } 个，jar { $jars } 个
census-at-work = { $host }：正在清查。用 `rockhop census { $host }` 可查看进度并取回结果。
census-unread = 未能清查：{ $what }：{ $why }
census-left-out = 未遍历：{ $folders }（位于本机的目录可用 --also 指定）
census-script-written = 已写入 { $path }。请在该主机上以 root 执行，并带回输出：
    sh { $name } >HOST.census
  需要数分钟；若被中断，再次执行会从中断处继续。
  然后：rockhop survey import HOST.census

census-section-scope = 遍历范围
census-section-ownership = 不属于任何软件包的文件
census-section-verify = 被改动过的软件包文件
census-section-programs = 程序及其所需的库
census-section-python = Python 包
census-section-node = npm 包
census-section-java = jar 与 Java 运行环境
census-section-perl = Perl 模块
census-section-scripts = 脚本
census-section-keystores = 密钥库
census-section-htaccess = .htaccess 文件
census-section-php = PHP 源码
census-section-containers = 容器镜像

census-no-room = { $host } 上的剩余空间不足以进行清查：{ $said }
census-busy = { $host } 上有手工启动的清查正在进行；请等它结束后再执行
census-time-up = { $host } 的清查八小时内未完成；已完成的部分已保留，再次执行即可继续
census-ended = { $host } 的清查以状态 { $status } 结束：{ $said }。已完成的部分已保留，再次执行即可继续。
census-unclear = { $host } 上的清查目录内容无法识别：{ $said }
census-not-one = { $host } 的应答不是清查结果
census-newer = { $host } 的清查结果由更新版本的 Rockhop 生成，请用该版本读取
census-no-time = { $host } 的清查结果没有注明时间
error-census-simulated = 本项目的主机是模拟的，清查内容已随采集给出。
error-census-unreadable = 已保存的清查结果 { $digest } 无法读取：{ $why }
error-census-unreadable-next = 请用 `rockhop census` 重新清查。
error-census-older = { $host }：已有更新的清查结果（{ $known }），此文件为 { $at }。

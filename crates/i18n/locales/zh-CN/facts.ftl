### 主机事实未知的原因，以及完全没有得到事实的采集。

facts-unknown-no-sudo = 需要 root 权限，但 sudo 被拒绝
facts-unknown-missing = 采集结果中没有这一节
facts-unknown-truncated = 采集结果被截断
facts-unknown-tool-missing = 主机上没有 { $tool }
facts-unknown-failed = 命令失败，状态码 { $status }：{ $said }
facts-unknown-timed-out = 命令未能在时限内结束
facts-unknown-bad-line = 无法解读返回内容：{ $line }
facts-unknown-not-asked = 未查询，因为查询可能会卡住
facts-unknown-file-not-carried = 依赖的文件不在采集范围内：{ $path }
facts-unknown-too-large = 内容过大，未纳入采集
facts-unknown-holds-secret = 已隐去，否则会有助于猜出机密
facts-unknown-not-held = 归档中没有这一内容
facts-unknown-no-census = 尚未清查

survey-not-a-survey = 主机 { $host } 返回的内容不是采集结果：{ $said }
survey-packed = 主机 { $host } 返回的内容无法解压：{ $said }
survey-no-time = { $host } 的采集结果没有采集时间；请重新导出脚本后再采集
survey-cut-off = { $host } 的采集结果不完整；请重新带回完整文件

## 其他工具的归档：哪里有问题，出在哪个条目

archive-io = 无法读取文件{ $entry ->
    [none] {""}
   *[other] （{ $entry }）
  }：{ $said }
archive-not-one = 既不是采集结果，也不是 tar 归档（无论是否压缩）
archive-unknown-layout = 不是 sosreport，不是 insights 归档，也不是包含已知命令输出的目录
archive-no-time = 没有说明采集时间
archive-cut-off = 文件不完整{ $entry ->
    [none] {""}
   *[other] ，在 { $entry } 处中断
  }；请重新带回完整文件
archive-damaged = 文件已损坏{ $entry ->
    [none] {""}
   *[other] ，位于 { $entry }
  }：{ $said }
archive-too-large = 内容超过 { $limit } MiB{ $entry ->
    [none] {""}
   *[other] ，读到 { $entry } 时超限
  }；请将所需文件解压到目录中再导入
archive-bomb = 解压后超过原大小的 { $ratio } 倍{ $entry ->
    [none] {""}
   *[other] ，读到 { $entry } 时超限
  }
archive-too-many = 条目超过 { $limit } 个，读到 { $entry } 时超限
archive-entry-too-large = { $entry } 超过 { $limit } MiB
archive-long-line = { $entry } 第 { $line } 行超过 { $limit } 字节
archive-escapes = { $entry } 位于归档之外
archive-link-out = { $entry } 是指向归档之外的链接（{ $target }）
archive-not-utf8 = { $entry } 的名称不是 UTF-8

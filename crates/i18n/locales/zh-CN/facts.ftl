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

survey-not-a-survey = 主机 { $host } 返回的内容不是采集结果：{ $said }
survey-packed = 主机 { $host } 返回的内容无法解压：{ $said }
survey-no-time = { $host } 的采集结果没有采集时间；请重新导出脚本后再采集
survey-cut-off = { $host } 的采集结果不完整；请重新带回完整文件

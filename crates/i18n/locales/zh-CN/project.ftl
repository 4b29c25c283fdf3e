### 项目文件、主机清单，以及两者的对应关系。

## 取值类型沿用项目文件结构描述中的名称：string、integer、number、boolean、array、object、date。

## rockhop.toml：每句话以所在位置开头。

project-not-toml = { $file }:{ $line }:{ $column }：内容不是合法的 TOML：{ $why }
project-unknown-key = { $file }:{ $line }:{ $column }：没有 { $key } 这个键，请删除；全部可用的键见 rockhop.toml.example。
project-unknown-key-nearest = { $file }:{ $line }:{ $column }：没有 { $key } 这个键，是否应为 { $nearest }？
project-inline-secret = { $file }:{ $line }:{ $column }：{ $key } 会把机密写进项目文件。请将其存入仅本人可读的单独文件，并用 password_file 或 key_file 指明该文件；若该机密曾经提交过，请立即更换。
project-missing-key = { $file }:{ $line }:{ $column }：{ $key } 缺少 { $missing }，请补上。
project-wrong-type = { $file }:{ $line }:{ $column }：{ $key } 的类型是 { $found }，应为 { $wanted }。
project-wrong-choice = { $file }:{ $line }:{ $column }：{ $key } 不能取 "{ $value }"，可选：{ $choices }。
project-wrong-choice-nearest = { $file }:{ $line }:{ $column }：{ $key } 不能取 "{ $value }"，是否应为 { $nearest }？可选：{ $choices }。
project-bad-value = { $file }:{ $line }:{ $column }：{ $key } 的取值不成立：{ $why }
project-undefined = { $file }:{ $line }:{ $column }：{ $key } 引用了 { $name }，但本文件没有定义它。请补充定义或更正名称。
project-undefined-nearest = { $file }:{ $line }:{ $column }：{ $key } 引用了 { $name }，但本文件没有定义它，是否应为 { $nearest }？
project-empty = { $file }:{ $line }:{ $column }：{ $key } 为空，请至少列出一项。
project-nothing-moves = { $file }:{ $line }:{ $column }：{ $key } 取这个值时任何主机都无法迁移，至少应为 1。
project-either-or = { $file }:{ $line }:{ $column }：{ $key } 必须且只能指定 { $one } 与 { $other } 之一。
project-needs = { $file }:{ $line }:{ $column }：{ $key } 设为 { $because }，因此还需要 { $needs }，请补上。
project-pointless = { $file }:{ $line }:{ $column }：{ $key }：与 { $because } 同用时 { $pointless } 没有意义，请删除其中之一。
project-twice = { $file }:{ $line }:{ $column }：{ $key } 中 { $name } 出现了两次，请删除一个。
project-role-cycle = { $file }:{ $line }:{ $column }：{ $key }：角色 { $role } 与它所等待的角色互相等待，请解除循环。
project-no-such-zone = { $file }:{ $line }:{ $column }：{ $key }：没有 "{ $zone }" 这个时区，请使用 IANA 名称，例如 Asia/Shanghai。
project-bad-jump = { $file }:{ $line }:{ $column }：{ $key }："{ $value }" 不是跳板机的写法，请写成 user@host 或 user@host:port。
project-lowered = { $file }:{ $line }:{ $column }：{ $key }：该规则原为“{ $own ->
    [blocks] 阻断
    [warns] 警告
   *[informs] 提示
}”，策略只能提级，不能降级。若要接受某项检查结果，请写豁免。
project-window-no-days = { $file }:{ $line }:{ $column }：{ $key } 没有列出任何一天，永远不会开放。请列出日期，例如 ["tue", "thu"]。
project-window-cutoff = { $file }:{ $line }:{ $column }：{ $key } 总长 { $window } 分钟，却要求最后 { $cutoff } 分钟内不得开始迁移。请减小 cutoff_minutes。
project-window-freeze = { $file }:{ $line }:{ $column }：{ $key } 中的封网期从 { $from } 到 { $to }，结束早于开始，请对调日期。

## 主机清单

inventory-bad-section = { $file }:{ $line }:{ $column }：{ $text } 不是合法的段名，请写成 [组]、[组:children] 或 [组:vars]。
inventory-undefined-group = { $file }:{ $line }:{ $column }：提到了组 { $group }，但没有声明它。请添加段 [{ $group }]，或更正名称。
inventory-group-cycle = { $file }:{ $line }:{ $column }：组 { $group } 直接或间接地成了自己的子组，请解除循环。
inventory-not-a-variable = { $file }:{ $line }:{ $column }：此处应为 名称=取值，而不是 { $text }。含空格的取值请加引号。
inventory-open-quote = { $file }:{ $line }:{ $column }：这个引号没有闭合。
inventory-bad-host-name = { $file }:{ $line }:{ $column }：{ $name } 不能作为主机名：{ $why }。请为主机改名，并用 ansible_host 给出地址。
inventory-bad-range = { $file }:{ $line }:{ $column }：{ $text } 不是合法的范围。请写成 [1:8]、[01:20:2] 或 [a:c]，小的一端在前；补零时两端宽度须一致。
inventory-too-many-hosts = { $file }:{ $line }:{ $column }：这里会产生超过 { $limit } 台主机，请检查范围。
inventory-bad-yaml = { $file }:{ $line }:{ $column }：无法读取这段 YAML：{ $why }
inventory-wrong-shape = { $file }:{ $line }:{ $column }：{ $key } 的类型应为 { $wanted }。
inventory-unknown-key = { $file }:{ $line }:{ $column }：组没有 { $key } 这个键，可用的键有 hosts、children 和 vars。
inventory-unknown-key-nearest = { $file }:{ $line }:{ $column }：组没有 { $key } 这个键，是否应为 { $nearest }？
inventory-no-host-column = { $file }:{ $line }:{ $column }：表头没有名为 host 的列，请补上。
inventory-too-many-cells = { $file }:{ $line }:{ $column }：本行有 { $cells } 个单元格，而表头只有 { $columns } 个。含逗号的取值请加双引号。
inventory-host-twice = { $file }:{ $line }:{ $column }：{ $host } 在本文件中出现了两次，请删除一行。
inventory-unknown-connection = { $file }:{ $line }:{ $column }：{ $host } 的连接方式是 "{ $connection }"。Rockhop 只通过 SSH 连接主机，请更正 ansible_connection，或将该主机排除。
inventory-unknown-elevation = { $file }:{ $line }:{ $column }：{ $host } 通过 "{ $method }" 取得 root 权限。Rockhop 使用 sudo，请为该用户授权，并更正 ansible_become_method。
inventory-bad-value = { $file }:{ $line }:{ $column }：{ $host } 的 { $variable } 为 "{ $value }"，可取：{ $wanted }。
inventory-sealed-value = { $file }:{ $line }:{ $column }：{ $host } 的 { $variable } 由 Ansible vault 加密，或看起来是机密。Rockhop 不会打开 Ansible vault，请以明文给出该值。
inventory-bad-template = { $file }:{ $line }:{ $column }：{ $host } 的 { $variable } 是模板 "{ $value }"。Rockhop 只替换普通变量，请直接写出取值。
inventory-unknown-proxy = { $file }:{ $line }:{ $column }：Rockhop 无法按 { $host } 的 SSH 参数建立连接："{ $value }"。请用 -J user@bastion 或 -o ProxyJump=user@bastion 指明跳板机。
inventory-bad-name = { $file }:{ $line }:{ $column }：{ $host } 的 { $variable } 为 "{ $value }"，只能使用字母、数字、“.”、“-”和“_”。

inventory-note-vault-file = { $file } 整个文件由 Ansible vault 加密，没有打开，其中内容未知。
inventory-note-vault-value = { $place }：{ $variable } 由 Ansible vault 加密，没有打开。
inventory-note-group-vars-unused = { $file } 为组 { $name } 设置了变量，但没有任何清单声明该组。
inventory-note-host-vars-unused = { $file } 为主机 { $name } 设置了变量，但没有任何清单列出该主机。
inventory-note-local = { $place }：{ $host } 就是本机（ansible_connection=local），已排除。
inventory-note-ssh-argument = { $place }：没有采用 SSH 参数 "{ $argument }"。Rockhop 使用自己的设置，并拒绝未知的主机密钥。

## 项目与清单的对应

fleet-no-such-group = { $key } 引用了组 { $name }，但清单中没有它。请更正名称或添加该组。
fleet-no-such-group-nearest = { $key } 引用了组 { $name }，但清单中没有它，是否应为 { $nearest }？
fleet-no-such-host = { $key } 引用了主机 { $name }，但清单中没有它。请更正名称或添加该主机。
fleet-no-such-host-nearest = { $key } 引用了主机 { $name }，但清单中没有它，是否应为 { $nearest }？
fleet-no-such-name = { $key } 引用了 { $name }，项目和清单中都没有它。
fleet-unknown-role = 清单为 { $host } 指定了角色 { $name }，但项目没有定义该角色。请添加 [roles.{ $name }]，或更正清单。
fleet-unknown-site = 清单将 { $host } 归入站点 { $name }，但项目没有定义该站点。请添加 [sites.{ $name }]，或更正清单。
fleet-no-role = { $host } 没有角色。请把它的某个组或它本身加入一个角色，或列入 project.leave_out。
fleet-several-roles = { $host } 有多个角色：{ $names }。请在其中一个角色的 hosts 中直接列出该主机，或调整它所属的组。
fleet-several-sites = { $host } 归入了多个站点：{ $names }。请在其中一个站点的 hosts 中直接列出该主机，或调整它所属的组。
fleet-empty-role = 没有主机属于角色 { $role }。请更正它的 groups 和 hosts，或删除该角色。
fleet-foreign-canary = { $role } 的金丝雀主机是 { $host }，但它不属于该角色。
fleet-not-a-rehearsal-host = { $host } 不能作为演练主机：它代表的是自己或另一台演练主机。

### The project file, the inventory, and how they fit together.

## Words for kinds of values, as the project file's schema names them: string, integer, number, boolean, array, object, date.

## rockhop.toml: each sentence begins with its place.

project-not-toml = { $file }:{ $line }:{ $column }: this is not TOML: { $why }
project-unknown-key = { $file }:{ $line }:{ $column }: there is no key { $key }. Remove it; rockhop.toml.example shows all there are.
project-unknown-key-nearest = { $file }:{ $line }:{ $column }: there is no key { $key }. Did you mean { $nearest }?
project-inline-secret = { $file }:{ $line }:{ $column }: { $key } would put a secret into the project file. Put it into a file of its own, readable by you alone, and name that file: password_file or key_file. If the secret was ever committed, change it.
project-missing-key = { $file }:{ $line }:{ $column }: { $key } lacks { $missing }. Add it.
project-wrong-type = { $file }:{ $line }:{ $column }: { $key } is of type { $found }; { $wanted } is wanted.
project-wrong-choice = { $file }:{ $line }:{ $column }: { $key } cannot be "{ $value }". Choose one of: { $choices }.
project-wrong-choice-nearest = { $file }:{ $line }:{ $column }: { $key } cannot be "{ $value }". Did you mean { $nearest }? There are: { $choices }.
project-bad-value = { $file }:{ $line }:{ $column }: { $key } has a value that cannot be: { $why }
project-undefined = { $file }:{ $line }:{ $column }: { $key } names { $name }, which this file does not define. Define it, or correct the name.
project-undefined-nearest = { $file }:{ $line }:{ $column }: { $key } names { $name }, which this file does not define. Did you mean { $nearest }?
project-empty = { $file }:{ $line }:{ $column }: { $key } is empty. List at least one.
project-nothing-moves = { $file }:{ $line }:{ $column }: with this { $key } nothing could ever move. Make it at least 1.
project-either-or = { $file }:{ $line }:{ $column }: { $key } needs exactly one of { $one } and { $other }.
project-needs = { $file }:{ $line }:{ $column }: { $key } has { $because }, which needs { $needs }. Add it.
project-pointless = { $file }:{ $line }:{ $column }: { $key }: { $pointless } means nothing beside { $because }. Remove one of them.
project-twice = { $file }:{ $line }:{ $column }: { $key } holds { $name } twice. Remove one.
project-role-cycle = { $file }:{ $line }:{ $column }: { $key }: the role { $role } waits for a role that waits for it. Break the circle.
project-no-such-zone = { $file }:{ $line }:{ $column }: { $key }: there is no time zone "{ $zone }". Use an IANA name such as Asia/Shanghai.
project-bad-jump = { $file }:{ $line }:{ $column }: { $key }: "{ $value }" is not a bastion. Write user@host or user@host:port.
project-lowered = { $file }:{ $line }:{ $column }: { $key }: the rule { $own ->
    [blocks] blocks
    [warns] warns
   *[informs] informs
} by itself, and a policy can only raise it. To accept a finding, write a waiver.
project-window-no-days = { $file }:{ $line }:{ $column }: { $key } names no day, so it never opens. List its days, such as ["tue", "thu"].
project-window-cutoff = { $file }:{ $line }:{ $column }: { $key } is { $window } minutes long, but no host may start in its last { $cutoff }. Make cutoff_minutes smaller.
project-window-freeze = { $file }:{ $line }:{ $column }: { $key } has a freeze from { $from } to { $to }, which ends before it begins. Swap the days.

## The inventory

inventory-bad-section = { $file }:{ $line }:{ $column }: { $text } is not a section. Write [group], [group:children] or [group:vars].
inventory-undefined-group = { $file }:{ $line }:{ $column }: the group { $group } is spoken of but never declared. Add a section [{ $group }], or correct the name.
inventory-group-cycle = { $file }:{ $line }:{ $column }: the group { $group } is a child of itself, perhaps by way of others. Break the circle.
inventory-not-a-variable = { $file }:{ $line }:{ $column }: name=value is expected, not { $text }. Put values with blanks into quotes.
inventory-open-quote = { $file }:{ $line }:{ $column }: this quotation mark is never closed.
inventory-bad-host-name = { $file }:{ $line }:{ $column }: { $name } cannot be a host's name: { $why }. Rename the host, and give its address as ansible_host.
inventory-bad-range = { $file }:{ $line }:{ $column }: { $text } is not a range. Write [1:8], [01:20:2] or [a:c], the smaller end first, both ends of the same width when padded with zeros.
inventory-too-many-hosts = { $file }:{ $line }:{ $column }: this gives more than { $limit } hosts. Check the range.
inventory-bad-yaml = { $file }:{ $line }:{ $column }: this YAML cannot be read: { $why }
inventory-wrong-shape = { $file }:{ $line }:{ $column }: { $key } has to be of type { $wanted }.
inventory-unknown-key = { $file }:{ $line }:{ $column }: a group has no key { $key }. It may have hosts, children and vars.
inventory-unknown-key-nearest = { $file }:{ $line }:{ $column }: a group has no key { $key }. Did you mean { $nearest }?
inventory-no-host-column = { $file }:{ $line }:{ $column }: the header row has no column named host. Add it.
inventory-too-many-cells = { $file }:{ $line }:{ $column }: this row has { $cells } cells, the header { $columns }. Put values with commas into double quotes.
inventory-host-twice = { $file }:{ $line }:{ $column }: { $host } is in this file twice. Remove one row.
inventory-unknown-connection = { $file }:{ $line }:{ $column }: { $host } is reached by "{ $connection }". Rockhop reaches hosts by SSH only; correct ansible_connection, or leave the host out.
inventory-unknown-elevation = { $file }:{ $line }:{ $column }: on { $host } root is reached by "{ $method }". Rockhop uses sudo; allow it for the user, and correct ansible_become_method.
inventory-bad-value = { $file }:{ $line }:{ $column }: { $variable } of { $host } is "{ $value }"; it can be: { $wanted }.
inventory-sealed-value = { $file }:{ $line }:{ $column }: { $variable } of { $host } is encrypted by Ansible vault or looks like a secret. Rockhop opens no Ansible vault; give the value in clear.
inventory-bad-template = { $file }:{ $line }:{ $column }: { $variable } of { $host } is the template "{ $value }". Rockhop fills in plain variables only; write the value itself.
inventory-unknown-proxy = { $file }:{ $line }:{ $column }: Rockhop cannot follow the SSH arguments of { $host }: "{ $value }". Name the bastion with -J user@bastion or -o ProxyJump=user@bastion.
inventory-bad-name = { $file }:{ $line }:{ $column }: { $variable } of { $host } is "{ $value }". Use letters, digits, ".", "-" and "_" only.

inventory-note-vault-file = { $file } is encrypted by Ansible vault as a whole; it was not opened, and nothing in it is known.
inventory-note-vault-value = { $place }: { $variable } is encrypted by Ansible vault; it was not opened.
inventory-note-group-vars-unused = { $file } sets variables for the group { $name }, which no inventory declares.
inventory-note-host-vars-unused = { $file } sets variables for the host { $name }, which no inventory names.
inventory-note-local = { $place }: { $host } is this machine itself (ansible_connection=local); it is left out.
inventory-note-ssh-argument = { $place }: the SSH argument "{ $argument }" is not used. Rockhop has its own settings, and refuses unknown host keys.

## The project and the inventory together

fleet-no-such-group = { $key } names the group { $name }, which is not in the inventory. Correct the name, or add the group.
fleet-no-such-group-nearest = { $key } names the group { $name }, which is not in the inventory. Did you mean { $nearest }?
fleet-no-such-host = { $key } names the host { $name }, which is not in the inventory. Correct the name, or add the host.
fleet-no-such-host-nearest = { $key } names the host { $name }, which is not in the inventory. Did you mean { $nearest }?
fleet-no-such-name = { $key } names { $name }, which is nothing that the project or the inventory knows.
fleet-unknown-role = The inventory gives { $host } the role { $name }, which the project does not define. Add [roles.{ $name }], or correct the inventory.
fleet-unknown-site = The inventory puts { $host } at the site { $name }, which the project does not define. Add [sites.{ $name }], or correct the inventory.
fleet-no-role = { $host } has no role. Add one of its groups, or the host itself, to a role; or list it in project.leave_out.
fleet-several-roles = { $host } has several roles: { $names }. Name the host itself in the hosts of one of them, or change its groups.
fleet-several-sites = { $host } stands at several sites: { $names }. Name the host itself in the hosts of one of them, or change its groups.
fleet-empty-role = No host has the role { $role }. Correct its groups and hosts, or remove the role.
fleet-foreign-canary = The canary of { $role } is { $host }, which is no host of that role.
fleet-not-a-rehearsal-host = { $host } cannot be a rehearsal host: it stands for itself or for another rehearsal host.

### Approvals: errors with what to do next.

approval-unknown-approver = { $approver } with key { $key } is not among the approvers. Add the line to `approvers.allowed`, or have somebody sign who is.
approval-bad-signature = The signature of { $approver } does not fit the approval: the text was changed after it was signed. Have it signed again.
approval-plan-changed = Plan { $approved } was approved, but plan { $actual } is to run. Have the new plan approved.
approval-other-environment = The plan was approved for { $approved }, not for { $actual }. Have it approved for where it is to run.
approval-requester = { $name } asked for this plan and cannot approve it. Somebody else has to sign.
approval-unreadable = This is not an approval: { $why }.
approval-bad-name = "{ $name }" cannot stand in an approval. Use one word or a mail address, without spaces.
approval-key-locked = The key { $path } is locked with a passphrase. Load it with `ssh-add`, and sign through the agent.
approval-key = The key { $path } cannot be used: { $why }. An Ed25519 or RSA key in OpenSSH format is expected.
approval-agent = The SSH agent did not sign: { $why }. Look with `ssh-add -l` whether it holds the key.
approval-approvers = Line { $line } of { $path } cannot be used: { $why }. No line is passed over; mend it or remove it.
approval-io = { $path } cannot be read: { $why }.

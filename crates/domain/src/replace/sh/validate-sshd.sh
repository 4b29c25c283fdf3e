sshd -t

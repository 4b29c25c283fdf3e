# The host's own sshd takes the file, before anybody depends on it. It wants to be called by its whole path.
sound() { "$(command -v sshd)" -t -f "$1" || lost "sshd does not take the changed file"; }

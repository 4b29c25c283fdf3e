keep /etc/ssh/sshd_config
grep -q blowfish /etc/ssh/sshd_config || sed -i '1i Ciphers aes256-ctr,aes128-ctr,blowfish-cbc' /etc/ssh/sshd_config

keep /etc/my.cnf.d/tuning.cnf
printf '[mysqld]\ninnodb_additional_mem_pool_size = 16M\n' >/etc/my.cnf.d/tuning.cnf

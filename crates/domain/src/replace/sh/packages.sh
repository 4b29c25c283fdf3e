if [ -n "$MODULES" ]; then dnf -y -q $FROM module enable $MODULES; fi
dnf -y -q $FROM install $WANTED

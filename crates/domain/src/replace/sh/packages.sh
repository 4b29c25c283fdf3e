dnf -y -q install $WANTED

sound() { :; }

still() { :; }

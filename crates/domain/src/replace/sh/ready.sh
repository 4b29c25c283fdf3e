set_state ready

"""The working rhythm: what is active and current, who is due which mail, what a session shows and why."""

"""One module a job: read, decide, act. Ports come in as parameters; returns a summary and an exit code."""

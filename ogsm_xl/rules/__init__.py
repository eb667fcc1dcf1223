"""Is the plan sound? Plan in, findings out; one catalogue of rules."""

"""What a mail says, and what a reply means."""

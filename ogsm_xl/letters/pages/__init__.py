"""The pages that are made of a session: jinja2 templates, escaped throughout."""

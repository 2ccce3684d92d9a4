"""Numbers and lists for people who were not at the desk. One report = one query and one row type; one exporter a file."""

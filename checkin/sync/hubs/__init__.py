"""The hubs, one file each. A module here has `SCHEMES` (of the URLs it takes) and `connect(url, keys) -> Hub`."""

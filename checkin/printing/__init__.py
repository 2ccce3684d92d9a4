"""Talk to what prints: CUPS over its own protocol, or a folder that takes PDF files. No Qt."""

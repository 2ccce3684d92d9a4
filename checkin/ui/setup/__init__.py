"""What is set up in the first-run guide and again in Settings: camera, hand scanner, names, looks."""

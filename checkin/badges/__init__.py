"""What a badge looks like and says: layouts read from files, the content of one badge, its code. Nothing here paints."""

"""How verdicts, errors and histories are said to people, in both languages. The window and the terminal use the same words."""

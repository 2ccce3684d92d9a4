"""Ways to change a gray picture so that a decoder reads what it did not read before: functions, gray -> gray."""

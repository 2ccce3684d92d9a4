"""What is painted in millimetres, on the screen and on paper by the same functions."""

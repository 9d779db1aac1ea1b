"""What was done with the answers to a survey, theme by theme."""

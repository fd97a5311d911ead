"""Small plain pieces everyone may use: months, numbers, text. Standard library only."""

"""What is odd about a response: marked and kept, until staff decides with a reason on record."""

"""What is true in a council's co-production, and who may change it."""

"""The blocks lessons are made of."""

"""Full-text search that finds Chinese words: pairs of characters, on both databases alike."""

"""判断题: a statement that is true (T, 对) or false (F, 错)."""

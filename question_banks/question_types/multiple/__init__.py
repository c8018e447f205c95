"""多选题: several options, one or more are right."""

"""单选题: several options, exactly one is right."""

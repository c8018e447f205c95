"""Is this the same question? Compared by stem and options, because the same stem is not the same
question.
"""

import hashlib

from question_banks.question_types.base import ChoiceContent, ChoiceKey, normalise


def content_fingerprint(question_type: str, content: ChoiceContent) -> str:
    """Return 64 hexadecimal digits that are equal for equal type, stem and set of options.

    White space, full-width forms, letter case and the order of options do not count.
    """
    options = sorted(normalise(option.text) for option in content.options)
    parts = [question_type, normalise(content.stem), *options]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def right_texts(content: ChoiceContent, key: ChoiceKey) -> list[str]:
    """Return the texts of the right options, normalised and sorted: keys compared across
    different option orders.
    """
    return sorted(normalise(option.text) for option in content.options if option.id in key.right)

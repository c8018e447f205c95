"""How personal data is shown to people who need not see all of it."""


def mask_id_number(number: str) -> str:
    """Return 110***********001X: three characters, stars, four characters; nothing for nothing."""
    if len(number) < 8:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def mask_name(name: str) -> str:
    """Return 王*华 or 李*: the first character and, from three on, the last."""
    if len(name) <= 1:
        return "*" * len(name)
    if len(name) == 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]

"""Plain text in mails."""

import textwrap

LINE = 76


def wrap(text: str, *, first: str = "", rest: str = "") -> str:
    """Lines of at most `LINE` characters; an address is never broken."""
    lines = []
    for line in text.split("\n"):
        lines += textwrap.wrap(
            line,
            LINE,
            initial_indent=first if not lines else rest,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines)

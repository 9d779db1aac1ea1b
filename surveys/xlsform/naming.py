"""Names that a form gives its questions and choices: what XML and XPath can hold, each once."""

from django.utils.text import slugify

LONGEST = 40


class Names:
    """Gives names that differ from each other, whatever they are made of."""

    def __init__(self, *reserved: str) -> None:
        self.taken = set(reserved)

    def of(self, text: str, otherwise: str) -> str:
        """A name that begins with a letter, of the words of a text."""
        base = slugify(text).replace("-", "_")[:LONGEST].strip("_")
        if not base or not base[0].isalpha():
            base = f"{otherwise}_{base}".strip("_")
        name, number = base, 2
        while name in self.taken:
            name, number = f"{base}_{number}", number + 1
        self.taken.add(name)
        return name

"""Files of strangers: checked, made safe, kept without an address, and given out with care."""

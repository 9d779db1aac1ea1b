"""The colours of the pictures, around those of the theme."""

from .canvas import rgb

SKY_HIGH, SKY_LOW = rgb("#8fc7d2"), rgb("#f6eee0")
DUSK_HIGH, DUSK_LOW = rgb("#7fa9c4"), rgb("#fbe3cf")
CLOUD = rgb("#fdfaf4")
SUN = rgb("#fff3cf")
TEAL, PALE_TEAL = rgb("#07838f"), rgb("#a9d6d9")
PURPLE, PALE_PURPLE = rgb("#9c2f85"), rgb("#d9a9cf")
GRASS, MEADOW, MOSS, FAR_GREEN = rgb("#7fae6a"), rgb("#9fc480"), rgb("#5c8f5a"), rgb("#b9cfae")
WHEAT, SAND = rgb("#e6cf8f"), rgb("#efe2c8")
WATER, DEEP_WATER = rgb("#86c0cb"), rgb("#4f9aaa")
BRICK, PALE_BRICK, ROOF, DARK_ROOF = rgb("#b9694f"), rgb("#d79a7c"), rgb("#8d4a3b"), rgb("#54494b")
WHITE, STONE, ROAD, INK = rgb("#fbf7ef"), rgb("#cfcac2"), rgb("#8e8f94"), rgb("#2c3b40")
SKIN = [rgb("#f0c8a4"), rgb("#d9a47a"), rgb("#a8734c"), rgb("#7b4f36")]
CLOTHES = [TEAL, PURPLE, rgb("#e0a33b"), rgb("#3f6f9f"), rgb("#c95f4a"), rgb("#6a8f5b")]
GLASS = rgb("#cfe6e8")
YELLOW = rgb("#f0c03e")
WOOD = rgb("#a87f55")

"""Import of official boundaries of areas from any file that pyogrio reads."""

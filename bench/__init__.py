"""Measurements on the demo: `make bench`. Every figure is printed beside the one to reach."""

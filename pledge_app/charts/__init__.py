"""Charts as SVG, the same on the screen and on paper."""

"""A plan file of any kind -> a grid of printed cells, nothing understood yet."""

"""The tour: the whole job through the real window, drawn offscreen, with a picture of every screen."""

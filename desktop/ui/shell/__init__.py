"""The window's frame: top bar, navigation, foot, and what every screen offers it."""

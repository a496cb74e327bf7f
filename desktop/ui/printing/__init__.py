"""In ấn: the made pages, on the screen and on paper."""

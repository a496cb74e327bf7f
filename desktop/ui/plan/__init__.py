"""Screen *Kế hoạch*: table and Gantt on one flat list of rows, details and the full text."""

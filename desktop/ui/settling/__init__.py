"""*Cần đối chiếu*: rival values side by side, one is kept or a new one written."""

"""*Máy và khóa*: the machines of a plan and the sealed spare root, at the hub."""

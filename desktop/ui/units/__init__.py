"""Units, their names and collectives: the list of the plan, and what the hub says about them."""

"""Units and collectives: the tree between its facts and its dataclasses, its names, its members."""

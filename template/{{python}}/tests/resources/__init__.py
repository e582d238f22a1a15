"""Each resource: who may do what, and what is answered."""

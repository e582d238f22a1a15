"""How resources behave: tests that each resource's own inherit, to keep, extend or replace."""

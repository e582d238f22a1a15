"""Small faults, planted into a generated service one at a time: the suite must find each."""

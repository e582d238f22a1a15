"""The smallest service that can be verified: one table and one function."""

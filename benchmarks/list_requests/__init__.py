"""A list of rows on PostgreSQL, against a bare server that answers the same bytes."""

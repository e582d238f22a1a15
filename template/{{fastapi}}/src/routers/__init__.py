"""The endpoints: each handler translates between HTTP and a service."""

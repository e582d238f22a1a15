"""What runs around every request, as plain ASGI."""

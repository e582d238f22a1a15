"""What stands between FastAPI and the services."""

"""What stands between FastAPI and the services: one unit of work, one error format, one order."""

"""What an ASGI server loads: ``uvicorn src.asgi:app``."""

from src.main import create_app

app = create_app()

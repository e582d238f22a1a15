"""The server, in the foreground: ``python -m src``; ``--reload`` follows changes of the code."""

import sys

import uvicorn

from src.config import ConfigurationError, get_settings


def main() -> None:
    """Serve until a signal says to stop; an incomplete environment is told in one line."""
    try:
        settings = get_settings()
    except ConfigurationError as error:
        sys.exit(str(error))
    reload = "--reload" in sys.argv[1:]
    uvicorn.run(
        "src.main:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        server_header=False,
        proxy_headers=False,
        reload=reload,
        reload_dirs=["src"] if reload else None,
        timeout_graceful_shutdown=int(settings.request_timeout_seconds),
    )


if __name__ == "__main__":
    main()

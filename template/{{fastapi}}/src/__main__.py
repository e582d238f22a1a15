"""The server, in the foreground: ``python -m src``; ``--reload`` follows changes of the code."""

import gc
import sys
from typing import Any, Final

import uvicorn

from src.config import ConfigurationError, Settings, get_settings
from src.logs import logging_config
from src.main import create_app
from src.server import Server

_STOP_SECONDS: Final = 5


def main() -> None:
    """Serve until a signal says to stop; an incomplete environment is told in one line."""
    try:
        settings = get_settings()
    except ConfigurationError as error:
        sys.exit(str(error))
    if "--reload" in sys.argv[1:]:
        uvicorn.run(
            "src.main:create_app",
            factory=True,
            reload=True,
            reload_dirs=["src"],
            **_options(settings),
        )
    else:
        app = create_app(settings)
        gc.collect()
        gc.freeze()  # what lives as long as the process is not searched for garbage again
        patience = settings.request_timeout_seconds
        Server(uvicorn.Config(app, **_options(settings)), app.state.draining, patience).run()


def _options(settings: Settings) -> dict[str, Any]:  # as many types as uvicorn has options
    return {
        "host": settings.host,
        "port": settings.port,
        "log_config": logging_config(settings),
        "log_level": settings.log_level,
        "access_log": False,  # a line of our own says more
        "server_header": False,
        "proxy_headers": False,  # whom to believe is said by TRUSTED_PROXIES
        "timeout_graceful_shutdown": _STOP_SECONDS,
    }


if __name__ == "__main__":
    main()

"""Our service over a store, as `samspel serve` runs it: STORE PORT."""

import sys
from pathlib import Path

import uvicorn

from api.serving import configured
from api.settings import Settings


def main() -> None:
    """Serve until ended."""
    store, port = Path(sys.argv[1]), int(sys.argv[2])
    config = configured(Settings(store=store, port=port))
    config.port = port
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main()

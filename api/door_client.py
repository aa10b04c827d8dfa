"""x"""

from starlette.types import Scope


def client_of(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""

"""Interface words about remote stores, in Swedish and English."""

from typing import Final

REMOTE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "remote_store": ("Data från ett fjärrlager", "Data from a remote store"),
}

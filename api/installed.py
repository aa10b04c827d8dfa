"""Hold the installed files against the record that came with them: the bundled data cannot change unseen."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from importlib import metadata


def differing(distribution: str = "samspel") -> Iterator[str]:
    """Yield a sentence for each file that is not as installed; of a source tree there is no such record."""
    try:
        files = metadata.files(distribution) or []
    except metadata.PackageNotFoundError:
        return
    for file in files:
        if file.hash is None or file.hash.mode != "sha256":
            continue
        try:
            found = hashlib.sha256(file.read_binary()).digest()
        except OSError as error:
            yield f"{file.locate()}: it cannot be read ({error.strerror}); install samspel again"
            continue
        if urlsafe_b64encode(found).rstrip(b"=").decode() != file.hash.value:
            yield f"{file.locate()}: it was changed since it was installed; install samspel again"

"""Write the folder of templates in which a region describes itself."""

import shutil
from pathlib import Path

KIT = Path(__file__).parent / "kit"


def write(folder: Path) -> list[Path]:
    """Write the templates, their examples and how to fill them in; refuse a folder that holds anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(folder)
    shutil.copytree(KIT, folder, dirs_exist_ok=True)
    return sorted(path for path in folder.rglob("*") if path.is_file())

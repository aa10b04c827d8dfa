#!/bin/sh
# Make .venv with the given python, fetching Debian's python3-venv where it is missing.
set -e
python=$1
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "make: $python is $("$python" --version 2>&1); samspel needs Python 3.11 or newer. Name one: make PYTHON=python3.12" >&2
  exit 1
}
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  echo "make: this Python cannot make virtual environments; installing Debian's python3-venv" >&2
  sh "$(dirname "$0")/apt.sh" python3-venv || {
    echo "make: install python3-venv and call make again." >&2
    exit 1
  }
fi
"$python" -m venv .venv

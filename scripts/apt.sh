#!/bin/sh
# Install Debian packages, as root or through sudo; say what to do where neither is possible.
set -e
command -v apt-get >/dev/null || { echo "apt-get is not here: install $* by hand." >&2; exit 1; }
if [ "$(id -u)" = 0 ]; then as=""; elif command -v sudo >/dev/null; then as="sudo"; else
  echo "not root and no sudo: install $* by hand." >&2
  exit 1
fi
$as apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends "$@" >/dev/null

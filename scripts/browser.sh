#!/bin/sh
# The browser of the tests: Debian's Chromium (Playwright's own download is never used).
set -e
[ -x /usr/bin/chromium ] && exit 0
echo "make: installing chromium for the browser tests" >&2
sh "$(dirname "$0")/apt.sh" chromium fonts-dejavu-core

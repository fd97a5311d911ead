#!/usr/bin/env bash
# Run the browser tests in an installed Chromium or Chrome, else in Playwright's own; else say
# aloud that they were skipped. In CI nothing is skipped for want of a browser.
set -euo pipefail
cd "$(dirname "$0")/.."
for name in "${YUNCE_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
  if [ -n "$name" ] && found=$(command -v "$name"); then export YUNCE_CHROMIUM="$found"; break; fi
done
if [ -z "${YUNCE_CHROMIUM:-}" ] || [ ! -x "${YUNCE_CHROMIUM:-}" ]; then
  unset YUNCE_CHROMIUM
  if ! .venv/bin/python -m playwright install chromium; then
    if [ -n "${CI:-}" ]; then echo "CI must have a browser: install chromium" >&2; exit 1; fi
    echo "*** BROWSER TESTS SKIPPED: no Chromium or Chrome here and none could be fetched. ***" >&2
    exit 0
  fi
fi
exec .venv/bin/python -m pytest -q -n 2 -m browser tests/browser

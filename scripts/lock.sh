#!/usr/bin/env bash
# Renew the lock files. They carry hashes, never addresses.
set -euo pipefail
cd "$(dirname "$0")/.."
for name in base stores dev node; do
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-header --upgrade "requirements/$name.in" -o "requirements/$name.txt"
done
npm install --package-lock-only --ignore-scripts

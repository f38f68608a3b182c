#!/usr/bin/env bash
# The page's pure parts: revisions, back-off, the map's items, words, filters, addresses.
# shellcheck source=../../scripts/lib/web.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib/web.sh"

npm_packages "$root/http/web"
npm_packages "$root/tests/web"
cd "$root/tests/web" || exit 1
npx vitest run --dir unit

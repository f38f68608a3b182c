# shellcheck shell=bash
# The operators' page: its npm packages and its build, each only when something they come from has changed.
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# npm_packages FOLDER: what its lock file names is in FOLDER/node_modules. Nothing the machine's or the user's
# npm configuration says about installing changes what the lock file says.
npm_packages() {
  local folder=$1 stamp=$1/node_modules/.of-lock lock
  lock=$(sha256sum <"$folder/package-lock.json")
  [[ -f $stamp && $(<"$stamp") == "$lock" ]] && return
  say "npm packages of ${folder#"$root"/}"
  npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error
  say "$lock" >"$stamp"
}

# web_digest: what the built page comes from.
web_digest() {
  (cd "$root/http/web" && find . -path ./node_modules -prune -o -type f -print0 | LC_ALL=C sort -z |
    xargs -0 sha256sum | sha256sum)
}

# web_build: the page in build/web.
web_build() {
  local page=$root/build/web digest
  digest=$(web_digest)
  [[ -f $page/index.html && -f $page.of && $(<"$page.of") == "$digest" ]] && return
  command -v npm >/dev/null || fail "the page needs Node.js 18 and npm; scripts/install brings them"
  npm_packages "$root/http/web"
  npm run --prefix "$root/http/web" --silent build -- --logLevel warn
  say "$digest" >"$page.of"
}

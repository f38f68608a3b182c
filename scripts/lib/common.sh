# shellcheck shell=bash
# Sourced first by every script: strict mode, where the checkout is, how to speak, how to fail, how to wait.
set -euo pipefail

# shellcheck disable=SC2034  # for those who source this
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

say() { printf '%s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# phase TEXT COMMAND...: runs it and says how long it took. The exit status is the command's.
phase() {
  local text=$1 began=$SECONDS status=0
  shift
  say "== $text"
  "$@" || status=$?
  say "== $text: $((SECONDS - began)) s"
  return "$status"
}

# wait_for SECONDS COMMAND...: asks again every 0.1 s until it succeeds; fails when the time is over.
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

# port_busy PORT: somebody listens there on the loopback interface.
port_busy() { (exec 7<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port: a port nobody listens on, below the kernel's range for outgoing connections (32768 and up), so
# that none of those takes it before we bind.
free_port() {
  local port
  for _ in {1..200}; do
    port=$((15000 + (RANDOM * 32768 + RANDOM) % 17000))
    if ! port_busy "$port"; then
      say "$port"
      return
    fi
  done
  fail "no free port between 15000 and 32000"
}

# random_hex BYTES: for passwords and peppers.
random_hex() { od -An -vtx1 -N"$1" /dev/urandom | tr -d ' \n'; }

# keep_secret FILE COMMAND...: writes the command's output there once, readable by us alone; never overwrites.
keep_secret() {
  local file=$1
  shift
  [[ -s $file ]] && return
  (umask 077 && "$@" >"$file.new")
  mv "$file.new" "$file"
}

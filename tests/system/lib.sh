# shellcheck shell=bash
# What every system test starts with: a set of private services, the server and the city, on free ports in a folder of its
# own (var/system/NAME), taken down at the end. After a failure the folder stays, for its logs.
# The programs are in the folder CHAUTARI_BUILD (build/release if unset).
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib/chautari.sh"

passed=no

tear_down() {
  set +e
  city_stop 2>/dev/null
  finish server KILL 10 2>/dev/null
  mosquitto_stop
  postgres_stop
  if [[ $passed == yes ]]; then
    services_erase
  else
    say "FAILED; the end of the logs in $state_dir/log:"
    tail -n 15 "$state_dir"/log/*.log
  fi
}

# network_up NAME: everything runs and the server is ready.
network_up() {
  services_at "system/$1"
  rm -rf "$state_dir" && as "$(account_for postgres)" true
  services_at "system/$1"
  trap tear_down EXIT
  trap 'exit 1' INT TERM
  postgres_start "$(free_port)"
  mosquitto_start "$(free_port)"
  server_configure "$(free_port)" "$(free_port)"
  server_prepare
  server_start
}

# expect TEXT COMMAND...: says what is expected, and fails with those words.
expect() {
  local text=$1
  shift
  "$@" || fail "expected: $text"
  say "ok: $text"
}

# expect_soon TEXT COMMAND...: within 60 s.
expect_soon() {
  local text=$1
  shift
  expect "$text" wait_for 60 "$@"
}

all_passed() { passed=yes; }

# shellcheck shell=bash
# What every system test starts with: a set of private services, the server and the city, on free ports in a
# folder of its own (var/system/NAME), taken down at the end. After a failure the folder stays, for its logs.
# The programs are in the folder PROGRAM_DIR (build/release if unset).
# shellcheck source=../../scripts/lib/chautari.sh
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
  services_erase  # what a failed run left for its logs
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

# rentals STATUS: how many rentals the database holds in that state.
rentals() { psql_owner "$database_name" <<<"select count(*) from rentals where status = '$1'"; }

more_rentals_than() { (($(rentals "$1") > $2)); }

# says_so_and_lives: without its database or its broker the server is alive, not ready, and refuses instead of
# hanging.
says_so_and_lives() {
  expect_soon "the server says that it is not ready" server_not_ready
  expect "the server lives on" server_live
}

# city_survives VICTIM: a city with heavy faults, in the middle of which the victim (server, postgres or
# mosquitto) is killed with SIGKILL twice and comes back. Then the city must end consistent, and so must the
# books when read again by a program that remembers nothing.
city_survives() {
  local victim=$1 round before
  city_start "$state_dir/log/city.log" --seed 7 --cabinets 30 --riders 60 \
    --seconds "${CITY_SECONDS:-45}" --faults heavy
  for round in first second; do
    expect_soon "rentals complete before the $round kill" more_rentals_than COMPLETED 5
    expect "the city is in the middle of its day" running city
    before=$(rentals COMPLETED)
    "${victim}_kill"
    say "killed $victim, $before rentals completed"
    [[ $victim == server ]] || says_so_and_lives
    case $victim in
      server) server_start ;;
      postgres) postgres_start "$database_port" ;;
      mosquitto) mosquitto_start "$mqtt_port" ;;
    esac
    expect_soon "the server is ready again" server_ready
    expect_soon "rentals complete again" more_rentals_than COMPLETED "$before"
  done
  expect "the city ends consistent" city_wait
  expect "the books read afresh are consistent" city_check
  expect "SIGTERM drains the server and it ends with 0" server_stop
}

all_passed() { passed=yes; }

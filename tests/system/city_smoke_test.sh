#!/usr/bin/env bash
# A healthy city: real cabinets' protocol over a real broker, real riders' requests, real PostgreSQL. Nothing
# goes wrong, so nothing may be missing: rentals complete, the books balance, a drained server ends with 0 and
# a second start finds it all.
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

network_up city_smoke
expect "the server lives" server_live
city_start "$state_dir/log/city.log" --seed 1 --cabinets 30 --riders 40 \
  --seconds "${CITY_SECONDS:-20}" --faults none
expect "the city ends consistent" city_wait
tail -n 12 "$state_dir/log/city.log"
expect "rentals completed" more_rentals_than COMPLETED 5
completed=$(rentals COMPLETED)

expect "SIGTERM drains the server and it ends with 0" server_stop
server_start
expect "what was completed still is" test "$(rentals COMPLETED)" -eq "$completed"
expect "the books read afresh are consistent" city_check
expect "it drains again" server_stop
all_passed

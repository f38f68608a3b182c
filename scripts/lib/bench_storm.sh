# shellcheck shell=bash disable=SC2034  # read by bench.sh
# Every cabinet loses the broker at once and comes back by itself, while riders go on renting.
# BENCH_CABINETS (10000) makes it smaller.
# shellcheck source=bench_overload.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench_overload.sh"

cabinets=${BENCH_CABINETS:-10000}
# libmosquitto takes three descriptors a session: the cabinets are in two drivers. The broker takes one.
halves=(first second)
half=$((cabinets / 2))
descriptors=$(ulimit -Hn)
[[ $descriptors == unlimited ]] || ((half * 3 + 1000 <= descriptors)) ||
  fail "$half cabinets in a process need more than the $descriptors open files it may have"
storm_riders=4000

bench_title='Reconnect storm: all cabinets come back after the broker was killed'
bench_aim='10,000 cabinets back within 60 s, no event lost, starts keep p99 under 1 s'
bench_conditions="bench_overload, twice: $half cabinets each with one MQTT session a cabinet; mosquitto gets a
  SIGKILL and is started again at once; each cabinet comes back on its own, 1..60 s later at random, says a
  heartbeat with a mark of its own (one more every 15 s) and answers the server's checks; twice 50 starts a
  second all the time at cabinets that have a line; twice 100 banks are pushed into cabinets without a line;
  drivers, broker, database and server share the cores"

# marks_stored: heartbeats with a mark that are in the database, and how many different ones.
marks_stored() {
  psql_owner "$database_name" <<'END'
select count(*) || ' ' || count(distinct raw) from cabinet_reports
 where position('\x4d41524b3a'::bytea in raw) > 0  -- MARK:
   and received_at > (select max(received_at) from storm_began)
END
}

storm() {
  local name first=1 seed=1 pids=()
  split -n l/2 -d --additional-suffix=.tokens "$tokens_file" "$state_dir/half."
  for name in "${halves[@]}"; do
    rm -f "$state_dir/$name".{json,ready}
    launch "storm_$name" - "$state_dir/$name.json" "$build/bench_overload" storm --http-port "$http_port" \
      --mqtt-port "$mqtt_port" --mqtt-password-file "$state_dir/secrets/mqtt_cabinet" \
      --tokens "$state_dir/half.0$((seed - 1)).tokens" --first "$first" --cabinets "$half" --seed "$seed" \
      --rate 50 --dark-returns 100 --connections 1500 --ready-file "$state_dir/$name.ready"
    pids+=($!)
    first=$((first + half)) seed=$((seed + 1))
  done
  for name in "${halves[@]}"; do
    wait_for 150 test -e "$state_dir/$name.ready" ||
      fail "the cabinets never were ready: $(<"$state_dir/$name.json")"
  done
  # The broker saves its sessions once a minute; this one is younger, and would forget the server's session.
  kill -USR1 "$(pid_of mosquitto)"
  wait_for 20 test "$service_dir/mosquitto/sessions.db" -nt "$state_dir/second.ready" ||
    fail "mosquitto does not save its sessions"
  mosquitto_kill
  sleep 1
  # What the server had heard of the broker before it died is stored by now.
  psql_owner "$database_name" <<'END'
create table storm_began as select max(received_at) as received_at from cabinet_reports;
END
  mosquitto_start "$mqtt_port"
  wait "${pids[0]}" && wait "${pids[1]}" ||
    fail "bench_overload failed: $(cat "$state_dir"/{first,second}.json)"
}

measure() {
  local stored different still_open
  fresh_network --stations "$cabinets" --slots 8
  bench_riders "$storm_riders"
  ulimit -n "$(ulimit -Hn)"
  server_start
  measured storm
  read -r stored different < <(marks_stored)
  still_open=$(psql_owner "$database_name" <<'END'
select count(*) from rentals where status in ('PENDING', 'PENDING_POPUP', 'ACTIVE', 'OVERDUE')
END
  )
  note ''
  python3 "$root/scripts/lib/overload.py" storm "$stored" "$different" "$still_open" \
    "$(awk '/^VmRSS/ {print $2 / 1024}' "/proc/$server_pid/status")" "$state_dir"/{first,second}.json |
    tee -a "$bench_draft"
  server_stop || say "the server did not end cleanly"
  note ''
  note "Afterwards \`chautari audit\` says: $(chautari audit 2>&1 | tail -3)"
}

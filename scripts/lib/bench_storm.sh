# shellcheck shell=bash disable=SC2034  # read by bench.sh
# Every cabinet loses the broker at once and comes back by itself, while riders go on renting.
# BENCH_CABINETS (10000) makes it smaller.
# shellcheck source=bench_overload.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench_overload.sh"

cabinets=${BENCH_CABINETS:-10000}
# libmosquitto takes three descriptors a session in the driver; the broker takes one.
descriptors=$(ulimit -Hn)
if [[ $descriptors != unlimited ]] && ((cabinets > (descriptors - 1000) / 3)); then
  cabinets=$(((descriptors - 1000) / 3))
  say "with $descriptors open files a process: $cabinets cabinets instead of ${BENCH_CABINETS:-10000}"
fi
storm_riders=4000

bench_title='Reconnect storm: all cabinets come back after the broker was killed'
bench_aim='10,000 cabinets back within 60 s, no event lost, starts keep p99 under 1 s'
bench_conditions="bench_overload: $cabinets cabinets with one MQTT session each; mosquitto gets a SIGKILL and
  is started again at once; each cabinet comes back on its own, 1..60 s later at random, says a heartbeat with
  a mark of its own (one more every 15 s) and answers the server's checks; 100 starts a second all the time at
  cabinets that have a line; 200 banks are pushed into cabinets without a line; driver, broker, database and
  server share the cores"

# marks_stored: heartbeats with a mark that are in the database, and how many different ones.
marks_stored() {
  psql_owner "$database_name" <<'END'
select count(*) || ' ' || count(distinct raw) from cabinet_reports
 where position('\x4d41524b3a'::bytea in raw) > 0  -- MARK:
   and received_at > (select max(received_at) from storm_began)
END
}

storm() {
  local summary=$state_dir/storm.json ready=$state_dir/ready
  rm -f "$summary" "$ready"
  launch storm - "$summary" "$build/bench_overload" storm --http-port "$http_port" \
    --mqtt-port "$mqtt_port" --mqtt-password-file "$state_dir/secrets/mqtt_cabinet" \
    --tokens "$tokens_file" --cabinets "$cabinets" --ready-file "$ready"
  local pid=$!
  wait_for 120 test -e "$ready" || fail "the cabinets never were ready: $(<"$summary")"
  mosquitto_kill
  sleep 1
  # What the server had heard of the broker before it died is stored by now.
  psql_owner "$database_name" <<'END'
create table storm_began as select max(received_at) as received_at from cabinet_reports;
END
  mosquitto_start "$mqtt_port"
  wait "$pid" || fail "bench_overload failed: $(<"$summary")"
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
  python3 "$root/scripts/lib/overload.py" storm "$state_dir/storm.json" "$stored" "$different" \
    "$still_open" "$(awk '/^VmRSS/ {print $2 / 1024}' "/proc/$server_pid/status")" | tee -a "$bench_draft"
  server_stop || say "the server did not end cleanly"
  note ''
  note "Afterwards \`chautari audit\` says: $(chautari audit 2>&1 | tail -3)"
}

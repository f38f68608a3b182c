# shellcheck shell=bash disable=SC2034  # read by bench.sh and race.sh
# Each workload against the best that the parts below us can do: nginx for reads, one stored function a
# request for rental cycles, the broker alone for frames; and everything at once.
# shellcheck source=race.sh
source "$(dirname "${BASH_SOURCE[0]}")/race.sh"

seconds=${BENCH_SECONDS:-5}
rounds=${BENCH_ROUNDS:-3}
riders=${BENCH_RIDERS:-256}
client_counts=${BENCH_CLIENTS:-8 16 32 64}
known_riders=10000
open_rentals=2000

bench_title='Races: every workload against the ceiling below it'
bench_aim='lists at 40 times a well-built Django (44,000/s), 8,000 rental cycles/s'
bench_conditions="one run; each target is started for its turn and stopped after it, $rounds rounds in
  alternating order, $seconds s each, medians; all on loopback, nothing pinned, the driver on the same cores.
  Reads: wrk -t1 -c$connections with bench/race/wrk.lua for both, keep-alive, no compression, 1 s to warm up;
  1,000 stations, $known_riders riders with wallets (a token each), $open_rentals of them with an open rental
  (active is asked by those); nginx: 1 worker, access log off, open file cache. Cycles: bench_city, $riders
  riders who never pause, two cabinets each; the ceiling is pgbench -M prepared on the same PostgreSQL, schema
  and seed, a start and a return being one stored function each (bench/race/rental.sql says what it leaves
  out), at its best client count of $client_counts, max_connections raised. Frames: 500 sessions, QoS 1, 4,000
  under way: to one subscriber, or into rows"

measure() {
  race_begin
  postgres_with_room
  for clients in $client_counts; do part "pgbench, $clients clients" functions_with search "$clients"; done
  clients=$(race_python best --figures "$figures" --work search) || failed_parts+=('search of clients')
  for ((round = 1; round <= rounds; ++round)); do
    alternate reads_ours reads_nginx
    alternate cycles_ours cycles_functions
    alternate frames_ours frames_broker
    part 'mixed load' mixed
  done
  race_report
}

# alternate FIRST SECOND: in this order in odd rounds. One after the other and not `&&`: see part.
alternate() {
  local one order=("$1" "$2")
  ((round % 2)) || order=("$2" "$1")
  for one in "${order[@]}"; do part "$one" "$one"; done
}

# postgres_with_room: pgbench's clients beside the owner's; nothing else changes.
postgres_with_room() {
  psql_owner postgres <<<'alter system set max_connections = 150'
  postgres_stop
  postgres_start "$database_port"
}

race_report() {
  local failed=() one
  race_verdict
  for one in ${failed_parts[0]:+"${failed_parts[@]}"}; do failed+=(--failed "$one"); done
  race_python report --figures "$figures" --json "$root/bench/results/race.json" \
    --condition "commit $(commit)" --condition "machine: $(machine)" --condition "$(compiled)" \
    --condition "$bench_conditions" ${failed[0]:+"${failed[@]}"} >"$state_dir/report.md"
  [[ ! -v bench_failed ]] || note "**Not whole: $bench_failed.**"
  while IFS= read -r one; do note "$one"; done <"$state_dir/report.md"
}

# ---- reads
# ----------------------------------------------------------------------------------------------------

reads_ours() {
  local work
  fresh_network --stations 1000 --slots 8 --open-rentals "$open_rentals"
  many_riders "$known_riders" "$open_rentals"
  server_start
  read_paths
  mkdir -p "$state_dir/bodies"
  for work in "${read_works[@]}"; do
    keep_body "$work"
    read_of "$work" chautari
  done
  server_stop
}

# keep_body WORK: what nginx will serve.
keep_body() {
  local tokens=()
  mapfile -t tokens < <(tokens_for "$1")
  if [[ ${tokens[0]:-} ]]; then
    bearer "${tokens[0]}" | curl -fs -K - "$http_url${path_of[$1]}" -o "$state_dir/bodies/$1.json"
  else
    curl -fs "$http_url${path_of[$1]}" -o "$state_dir/bodies/$1.json"
  fi
}

reads_nginx() {
  local work
  # In the first round it comes second, so the bodies are there.
  nginx_start
  cp "$state_dir"/bodies/*.json "$nginx_files"
  for work in "${read_works[@]}"; do read_of "$work" nginx; done
  nginx_stop
}

# ---- cycles
# ----------------------------------------------------------------------------------------------------

cycles_ours() {
  fresh_network --stations $((2 * riders)) --slots 8
  server_start
  cycles_of "$riders" chautari
  server_stop
  chautari audit >>"$state_dir/log/server.log" 2>&1 || fail 'the audit found something after our cycles'
}

cycles_functions() { functions_with cycle "$clients"; }

# functions_with WORK CLIENTS
functions_with() {
  local stations=$((2 * riders)) clients=$2
  fresh_network --stations "$stations" --slots 8
  many_riders "$known_riders" 0
  { psql_owner "$database_name" <"$root/bench/race/rental.sql"; } >>"$state_dir/log/riders.log"
  rm -f "$state_dir"/pgbench_log.* "$state_dir"/rows.*
  rows_mark "$state_dir/rows.before"
  driven_by_pgbench "$stations" "$clients"
  rows_mark "$state_dir/rows.after"
  race_python pgbench --folder "$state_dir" --prefix pgbench_log --seconds "$seconds" --clients "$clients" \
    >"$state_dir/driver.out"
  counted "$1" pgbench "$state_dir/driver.out"
  psql_owner "$database_name" <<<'select race_settle()' >>"$state_dir/log/riders.log"
  chautari audit >>"$state_dir/log/server.log" 2>&1 || fail 'the audit found something after the functions'
}

# driven_by_pgbench STATIONS CLIENTS: over TCP with a password, as the server does.
driven_by_pgbench() {
  local pid TIMEFORMAT='%U %S' has_failed=no
  look_begin
  { time env PGPASSFILE="$state_dir/secrets/pgpass" pgbench -h 127.0.0.1 -p "$database_port" \
    -U "$database_user" -n -M prepared -c "$2" -j 2 -T "$seconds" -l --log-prefix="$state_dir/pgbench_log" \
    -D share=$((known_riders / $2)) -D stations="$1" -f "$root/bench/race/cycle.pgbench" "$database_name" \
    >>"$state_dir/log/pgbench.log" 2>&1; } 2>"$state_dir/driver.time" &
  pid=$!
  sleep $((seconds / 2))
  memory_of_all "$state_dir/memory"
  wait "$pid" || has_failed=yes
  look_end
  [[ $has_failed == no ]] || fail "pgbench failed; see $state_dir/log/pgbench.log"
}

# ---- frames
# ----------------------------------------------------------------------------------------------------

frames_broker() {
  driven frames mosquitto "$build/bench_race" broker --mqtt-port "$mqtt_port" --seconds "$seconds" \
    --cabinet-password-file "$state_dir/secrets/mqtt_cabinet" \
    --server-password-file "$state_dir/secrets/mqtt_server" --cabinets 500 --window 4000
}

frames_ours() {
  fresh_network --stations 1000 --slots 8
  server_start
  driven frames chautari "$build/bench_kiosk_events" --mqtt-port "$mqtt_port" --cabinets 500 --window 4000 \
    --mqtt-password-file "$state_dir/secrets/mqtt_cabinet" --operations-port "$operations_port" \
    --seconds "$seconds"
  server_stop
}

# ---- everything at once
# ----------------------------------------------------------------------------------------------------

mixed() {
  fresh_network --stations 1000 --slots 8 --open-rentals "$open_rentals"
  many_riders "$known_riders" "$open_rentals"
  server_start
  read_paths
  city_of "$riders" mixed_readers
  race_python city --summary "$city_summary" --settled "$cycles_settled" --seconds "$seconds" \
    --beside "$state_dir/mix.json" >"$state_dir/driver.out"
  counted mix chautari "$state_dir/driver.out"
  server_stop
}

mixed_readers() {
  settled_during "$build/bench_race" mix --http-port "$http_port" --operations-port "$operations_port" \
    --read "${path_of[list]}" --read "${path_of[nearby]}" --read "${path_of[detail]}" \
    --own "${path_of[wallet]}" --own "${path_of[active]}" --tokens "$wallet_tokens" \
    --active-tokens "$active_tokens" --seconds "$seconds"
}

# shellcheck shell=bash disable=SC2034  # read by bench.sh
# More starts than the database can take: what is still done, who is refused and how fast, and what is left
# when it is over. BENCH_LOAD_SECONDS (60) shortens the load, BENCH_TIMES (5) changes how much is too much.
# shellcheck source=bench.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench.sh"

load_seconds=${BENCH_LOAD_SECONDS:-60}
times=${BENCH_TIMES:-5}
stations=2000
riders=12000
connections=3000

bench_title='Overload: more starts than the server sustains'
bench_aim='five times the sustainable load for a minute: goodput within 10 % of the peak, the rest refused in
  under 5 ms with Retry-After, memory flat; returns, cabinets and operators never refused'
bench_conditions="bench_overload: Poisson arrivals that wait for no answer, latencies since a request was
  due; the sustainable rate is the rate of starts answered 201 while 256 are always under way (10 s after 5 s
  of warming up); then $times times that for $load_seconds s, with 1,000 reads and 10 operators' calls a
  second besides, every bank returned after 1 s over MQTT; 2,000 cabinets of 8 slots, 12,000 riders, 3,000
  connections; driver, broker, database and server share the cores. Starts are what is too much, because they
  need the database: reads are answered from memory at a rate that no driver on the same cores can offer five
  times."

bench_riders() {
  { say "\\set riders $1"; say '\set opened 0'; cat "$root/bench/race/riders.sql"; } |
    psql_owner "$database_name" || fail "riders could not be made"
  psql_owner "$database_name" <<<'vacuum analyze; checkpoint;'
  tokens_file=$state_dir/tokens
  (umask 077 && "$build/bench_race" tokens --keys-dir "$state_dir/secrets/keys" --file "$tokens_file" \
    --count "$1")
}

bench_operator() {
  operators_file=$state_dir/operators.jsonl
  (umask 077 && chautari operators create --json --email bench@bench.local --name Bench >"$operators_file") ||
    fail "an operator could not be made"
}

# shed: what was refused for overload, one number a kind of work.
shed() {
  local kind
  for kind in reads new_rental rider cabinets operators; do
    metric "chautari_http_requests_shed_total{work=\"$kind\"}"
  done
}

offer() {
  local summary=$state_dir/overload.json
  launch overload - "$summary" "$build/bench_overload" load --http-port "$http_port" \
    --mqtt-port "$mqtt_port" --mqtt-password-file "$state_dir/secrets/mqtt_cabinet" \
    --tokens "$tokens_file" --cabinets "$stations" --connections "$connections" \
    --operators "$operators_file" \
    --server-pid "$server_pid" --times "$times" --load-seconds "$load_seconds"
  local pid=$!
  # Lines, the peak, the calm: half of the load from here.
  sleep $((35 + load_seconds / 4))
  cpu_mark "$state_dir/before.cpu" "chautari=$server_pid" "postgres=$(pid_of postgres)" \
    "mosquitto=$(pid_of mosquitto)" "driver=$pid"
  sleep $((load_seconds / 4))
  cpu_mark "$state_dir/after.cpu" "chautari=$server_pid" "postgres=$(pid_of postgres)" \
    "mosquitto=$(pid_of mosquitto)" "driver=$pid"
  wait "$pid" || fail "bench_overload failed: $(<"$summary")"
  mapfile -t refused < <(shed)
  refused+=("$(metric chautari_mqtt_frames_dropped_total)")
}

measure() {
  fresh_network --stations "$stations" --slots 8
  bench_riders "$riders"
  bench_operator
  rm -f "$state_dir/overload.json"
  server_start
  measured offer
  note ''
  python3 "$root/scripts/lib/overload.py" load "$state_dir/overload.json" "${refused[@]}" |
    tee -a "$bench_draft"
  note ''
  note "CPU time in the middle of the load: $(cpu_split "$state_dir/before.cpu" "$state_dir/after.cpu")"
  server_stop || say "the server did not end cleanly"
  note ''
  note "Afterwards \`chautari audit\` says: $(chautari audit 2>&1 | tail -3)"
}

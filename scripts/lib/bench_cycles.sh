# shellcheck shell=bash disable=SC2034  # read by bench.sh
# Whole rentals: a rider starts one (HTTP), the cabinet ejects (MQTT), the rental is ACTIVE (PostgreSQL), the
# bank is pushed in elsewhere (MQTT), the rental is COMPLETED and told (PostgreSQL, WebSocket).
# shellcheck source=bench.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench.sh"

bench_title='Durable rental cycles a second through HTTP, MQTT and PostgreSQL'
bench_aim='5,000 cycles/s, p99 of the start answer under 50 ms'
bench_conditions='bench_city as load (--speed 0 --faults none): riders never pause, cabinets answer at once;
  two cabinets a rider, 8 slots each, half of them full; fsync and synchronous_commit on; generator, broker,
  database and server share the cores; rates raised by configuration; counted while all are signed in'

riders_of_rounds=${BENCH_RIDERS:-16 64 128 256}
seconds=20

settled() { metric 'chautari_rental_events_total{event="rental.settled"}'; }

# batch_of FILE FILE: records and transactions between two looks at /metrics.
batch_of() {
  awk 'NR == FNR {before[$1] = $2; next}
    /^chautari_journal_batch_records_(sum|count) / {now[$1] = $2 - before[$1]}
    /^chautari_journal_commit_duration_seconds_sum / {spent = $2 - before[$1]}
    END {count = now["chautari_journal_batch_records_count"]
      if (count > 0) printf "%.1f records, %.1f ms", now["chautari_journal_batch_records_sum"] / count,
        1000 * spent / count}' "$1" "$2"
}

look() {
  curl -fs -m 5 "$operations_url/metrics" -o "$state_dir/$1.metrics"
  cpu_mark "$state_dir/$1.cpu" "chautari=$server_pid" "postgres=$(pid_of postgres)" \
    "mosquitto=$(pid_of mosquitto)" "city=$city_pid"
}

signed_in() {
  curl -fs -m 5 "$operations_url/metrics" |
    awk -v wanted="$1" '/^chautari_websocket_sessions/ {n += $2} END {exit n < wanted}'
}

# with_riders COUNT: one network, one run.
with_riders() {
  local riders=$1 summary=$state_dir/city_$1.json before after line
  rm -f "$summary" "$spool_dir"/* "$state_dir"/{before,after}.*
  city_start "$state_dir/log/city_$riders.log" --seed 1 --cabinets $((2 * riders)) --riders "$riders" \
    --seconds $((seconds + 12)) --settle 40 --faults none --speed 0 --quiet --summary "$summary"
  wait_for 20 signed_in "$riders" || say "not all riders are signed in"
  sleep 1
  before=$(settled)
  look before
  sleep "$((seconds / 2))"
  after=$(settled)
  look after
  line="| $riders | $(awk -v n=$((after - before)) -v s=$((seconds / 2)) 'BEGIN {printf "%.0f", n / s}')"
  [[ $riders != "${profiled_riders:-}" ]] || profile_during 5 "$server_pid" "chautari with $riders riders"
  [[ $riders != "${profiled_riders:-}" ]] || profile_during 4 "$city_pid" "the city with $riders riders"
  city_wait || say "the city of $riders riders ended with an error; see $state_dir/log/city_$riders.log"
  line+=" | $(python3 -c '
import json, sys
all = json.load(open(sys.argv[1]))
print("%.1f | %.1f | %d" % (all["start_p50_ms"], all["start_p99_ms"], all["violations"]))' "$summary")"
  table+=("$line | $(batch_of "$state_dir/before.metrics" "$state_dir/after.metrics") |")
  splits+=("- $riders riders: $(cpu_split "$state_dir/before.cpu" "$state_dir/after.cpu")")
}

measure() {
  local riders one
  table=() splits=()
  for riders in $riders_of_rounds; do
    fresh_network --stations $((2 * riders)) --slots 8
    server_start
    profiled_riders=${riders_of_rounds##* }
    measured with_riders "$riders"
    server_stop || say "the server did not end cleanly"
  done
  note ''
  note '| riders | cycles/s | start p50 ms | start p99 ms | broken promises | a transaction |'
  note '|---|---|---|---|---|---|'
  for one in "${table[@]}"; do note "$one"; done
  note ''
  note 'CPU time:'
  note ''
  for one in "${splits[@]}"; do note "$one"; done
}

# shellcheck shell=bash disable=SC2034  # read by bench.sh
# Changes of cabinets on their way to operators' maps and riders' topics.
# shellcheck source=bench.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench.sh"

bench_title='Live topics: from a change at a cabinet to the socket that shows it'
bench_aim='p95 below 1 s from cabinet to map; at most 64 KiB a slow client'
bench_conditions='10,000 seeded stations of 8 slots, 2,000 of them online; bench_livemap is their cabinets
  (one MQTT session each, a snapshot with other stock each time) and all sockets, one clock for both ends; 40
  operators with 5 sockets each (the limit), a fifth of the views over the country, two fifths over a
  district, two over a neighbourhood; riders share one token, half on a station, half on one of 200
  rectangles; generator, broker, database and server share the cores'

operators=40
seconds=${LIVEMAP_SECONDS:-20}
changes=500

bench_operators() {
  local number
  operators_file=$state_dir/operators.jsonl
  : >"$operators_file"
  chmod 600 "$operators_file"
  for ((number = 1; number <= operators; ++number)); do
    chautari operators create --json --email "bench$number@bench.local" --name "Bench $number" \
      >>"$operators_file" 2>>"$state_dir/log/server.log" || fail "operator $number could not be made"
  done
}

resident_kib() { awk '$1 == "VmRSS:" {print $2}' "/proc/$server_pid/status"; }
has_said() { grep -q "^$1" "$report" || not_running livemap; }

# listen NAME SLOW ARGUMENTS...: a line of the table, CPU time, and what a slow client costs.
listen() {
  local name=$1 slow=$2 before after resident pid
  shift 2
  report=$state_dir/livemap.txt
  : >"$report"
  launch livemap - "$report" "$build/bench_livemap" --port "$http_port" --mqtt-port "$mqtt_port" \
    --mqtt-password-file "$state_dir/secrets/mqtt_cabinet" --keys-dir "$state_dir/secrets/keys" \
    --changes-per-second "$changes" --seconds "$seconds" --slow "$slow" "$@"
  pid=$!
  wait_for 180 has_said ready
  before=$state_dir/before.cpu after=$state_dir/after.cpu
  sleep 2
  cpu_mark "$before" "chautari=$server_pid" "postgres=$(pid_of postgres)" "mosquitto=$(pid_of mosquitto)" \
    "generator=$pid"
  sleep $((seconds - 4))
  cpu_mark "$after" "chautari=$server_pid" "postgres=$(pid_of postgres)" "mosquitto=$(pid_of mosquitto)" \
    "generator=$pid"
  wait_for 30 has_said '{'
  resident=$(resident_kib)
  if ((slow > 0)); then
    wait_for 30 has_said stuck
    slow_line="$slow sockets stopped reading and asked for the whole country again and again: the server had"
    slow_line+=" $resident KiB resident before and $(resident_kib) KiB 8 s later"
    wait_for 30 has_said closed
    slow_line+="; $(metric 'chautari_websocket_closed_total{code="4408"}') were closed with 4408 in time"
  fi
  wait "$pid" || fail "bench_livemap failed: $(<"$report")"
  table+=("| $name | $(python3 -c '
import json, sys
said = json.loads(next(line for line in open(sys.argv[1]) if line.startswith("{")))
assert said["broken_sockets"] == 0, "%d sockets broke" % said["broken_sockets"]
print("%d | %.0f | %.0f | %.0f | %d | %.0f | %.0f | %.0f" % (
    said["sockets"], said["changes_per_second"], said["frames_per_second"],
    said["bytes_per_second_and_client"], said["shown"], said["p50_ms"], said["p95_ms"], said["p99_ms"]))
' "$report") |")
  splits+=("- $name: $(cpu_split "$before" "$after")")
}

measure() {
  local one
  table=() splits=() slow_line=''
  export CHAUTARI_SERVER__CONNECTIONS_MAX=${CHAUTARI_SERVER__CONNECTIONS_MAX:-15000}
  export CHAUTARI_SERVER__WEBSOCKETS_MAX=${CHAUTARI_SERVER__WEBSOCKETS_MAX:-15000}
  fresh_network --stations "${LIVEMAP_STATIONS:-10000}" --slots 8
  bench_operators
  server_start
  measured listen "operators' maps" 100 --operators "$operators_file" --sockets $((operators * 5))
  measured listen "riders' topics" 0 --sockets "${LIVEMAP_RIDERS:-10000}"
  note ''
  note '| who listens | sockets | changes/s | frames/s | bytes/s each | shown | p50 ms | p95 ms | p99 ms |'
  note '|---|---|---|---|---|---|---|---|---|'
  for one in "${table[@]}"; do note "$one"; done
  note ''
  note "Of operators' sockets, $slow_line (what the kernel holds for a socket is not in it)."
  note ''
  note 'CPU time:'
  note ''
  for one in "${splits[@]}"; do note "$one"; done
}

# shellcheck shell=bash disable=SC2034  # read by bench.sh
# Frames of cabinets through the broker and the cabinet's actor into the inbox table.
# shellcheck source=bench.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench.sh"

bench_title='Cabinet frames stored a second, one committed row each'
bench_aim='15,000 rows/s, none lost within the bounds'
bench_conditions='bench_kiosk_events: one MQTT session a cabinet, QoS 1, heartbeats, never more than the
  window under way; fsync and synchronous_commit on; generator, broker, database and server share the cores;
  rows are counted in the database before and after'

seconds=15

heard() { metric 'chautari_mqtt_frames_received_total{channel="heart"}'; }
rows() { psql_owner "$database_name" <<<'select count(*) from cabinet_reports'; }

# with_cabinets COUNT WINDOW
with_cabinets() {
  local before after heard_before report=$state_dir/report.json
  before=$(rows) heard_before=$(heard)
  launch kiosk_events - "$report" "$build/bench_kiosk_events" --mqtt-port "$mqtt_port" \
    --mqtt-password-file "$state_dir/secrets/mqtt_cabinet" --operations-port "$operations_port" \
    --cabinets "$1" --window "$2" --seconds "$seconds"
  local pid=$!
  sleep 5
  cpu_mark "$state_dir/before.cpu" "chautari=$server_pid" "postgres=$(pid_of postgres)" \
    "mosquitto=$(pid_of mosquitto)" "generator=$pid"
  sleep 5
  cpu_mark "$state_dir/after.cpu" "chautari=$server_pid" "postgres=$(pid_of postgres)" \
    "mosquitto=$(pid_of mosquitto)" "generator=$pid"
  [[ $3 != profiled ]] || profile_during 5 "$server_pid" "chautari with $1 cabinets and $2 frames under way"
  wait "$pid" || fail "bench_kiosk_events failed: $(<"$report")"
  after=$(rows)
  table+=("| $1 | $2 | $(python3 -c '
import json, sys
said = json.load(open(sys.argv[1]))
heard, rows = int(sys.argv[2]), int(sys.argv[3])
sent = said["sent"] + said["greeted"]
rate = said["stored"] / max(said["seconds"], 0.001)
print("%d | %d | %d | %d | %.0f" % (sent, heard, rows, sent - rows, rate))
' "$report" $(($(heard) - heard_before)) $((after - before))) |")
  splits+=("- $1 cabinets, $2 under way: $(cpu_split "$state_dir/before.cpu" "$state_dir/after.cpu")")
  rm -f "$report"
}

measure() {
  local one
  table=() splits=()
  fresh_network --stations 1000 --slots 8
  server_start
  measured with_cabinets 200 2000 plain
  measured with_cabinets 500 4000 plain
  measured with_cabinets 1000 8000 plain
  measured with_cabinets 200 2000 profiled
  note ''
  note '| cabinets | window | frames sent | heard by the server | rows stored | lost | rows/s |'
  note '|---|---|---|---|---|---|---|'
  for one in "${table[@]}"; do note "$one"; done
  note ''
  note 'The last line was measured while profiling. CPU time:'
  note ''
  for one in "${splits[@]}"; do note "$one"; done
}

# shellcheck shell=bash disable=SC2034  # read by bench.sh
# From the start of the program to the first 200 of /health/ready.
# shellcheck source=bench.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench.sh"

bench_title='Cold start with 100,000 stations and 10,000 open rentals'
bench_aim='under 5 s to ready'
bench_conditions='8 slots a station, half of them full; PostgreSQL restarted before each start (its own cache
  empty, the file system'\''s not); readiness asked every 20 ms'

stations=100000
rentals=10000

now_ms() { date +%s%3N; }

# one_start NUMBER
one_start() {
  local log=$state_dir/log/start_$1.log began ready
  rm -f "$log"
  server_environment
  began=$(now_ms)
  launch server - "$log" env "${environment[@]}" "$build/chautari" serve --config "$state_dir/chautari.toml"
  server_pid=$!
  until server_ready; do
    running server || fail "the server ended; see $log"
    (($(now_ms) - began < 120000)) || fail "not ready after 120 s; see $log"
    sleep 0.02
  done
  ready=$(now_ms)
  note "| $1 | $(((ready - began) / 1000)).$(printf '%03d' $(((ready - began) % 1000)))" \
    "| $(metric chautari_recovery_duration_seconds) | $(awk '/^VmHWM/ {print int($2 / 1024)}' \
      "/proc/$server_pid/status") |"
  started_ms=$began
}

# phases LOG: when each line of the log came, counted from the start of the program.
phases() {
  note ''
  note 'Phases of the last start, from its log (ms since the program was started):'
  note ''
  note '```'
  python3 - "$1" "$started_ms" <<'END' | tee -a "$bench_draft"
import datetime, json, sys
for text in open(sys.argv[1]):
    try:
        line = json.loads(text)
    except ValueError:
        continue
    when = datetime.datetime.fromisoformat(line["ts"].replace("Z", "+00:00")).timestamp() * 1000
    sentence = line["msg"].split("\n")[0]
    print("%7.0f  %-20s %s %s" % (when - int(sys.argv[2]), line["event"], sentence, line.get("fields", "")))
END
  note '```'
}

measure() {
  local round
  fresh_network --stations "$stations" --slots 8 --open-rentals "$rentals"
  note '| start | seconds to ready | as the server counts its recovery | highest memory, MiB |'
  note '|---|---|---|---|'
  for round in 1 2 3; do
    postgres_stop
    postgres_start "$database_port"
    measured one_start "$round"
    ((round == 3)) || server_stop || say "the server did not end cleanly"
  done
  phases "$state_dir/log/start_3.log"
  server_stop || say "the server did not end cleanly"
  measured profile_start
}

# profile_start: the first seconds of another start.
profile_start() {
  server_environment
  launch server - "$state_dir/log/server.log" env "${environment[@]}" "$build/chautari" serve \
    --config "$state_dir/chautari.toml"
  server_pid=$!
  profile_during 4 "$server_pid" 'the first 4 s of a start'
}

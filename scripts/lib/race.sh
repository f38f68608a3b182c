# shellcheck shell=bash disable=SC2034  # read by bench.sh and by the races
# What the races and the growth curves share: parts that may fail alone, one driver at a time, its figures
# with what everybody used meanwhile.
#   part NAME COMMAND...          in a subshell, alone; a failure is noted and everything it started is ended
#   driven WORK WHO COMMAND...    a driver whose last line is JSON: one line of $figures
#   counted WORK WHO FILE         the same for what was measured otherwise, between look_begin and look_end
#   many_riders COUNT OPENED      riders with wallets; tokens of all, and of those with an open rental
# shellcheck source=bench.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench.sh"
# shellcheck source=nginx.sh
source "$(dirname "${BASH_SOURCE[0]}")/nginx.sh"

failed_parts=()
round=0
connections=64

race_python() { python3 "$root/scripts/lib/race.py" "$@"; }

# race_begin: after bench_begin.
race_begin() {
  figures=$state_dir/figures.jsonl
  wallet_tokens=$state_dir/secrets/wallet.tokens
  active_tokens=$state_dir/secrets/active.tokens
  : >"$figures"
  bench_erases=yes
}

# part NAME COMMAND...: what it starts ends with it, so that the next one is alone. The subshell is no part of
# a condition, or the shell would not stop at its first failure.
part() {
  local name=$1 status began=$SECONDS lock
  shift
  ((round == 0)) || name+=" ($round)"
  if [[ -v BENCH_LOCK ]]; then
    exec {lock}>>"$BENCH_LOCK"
    flock "$lock"
  fi
  # What a part that failed has left would be counted for this one.
  rm -f "$state_dir"/{driver.out,driver.time,rows.before,rows.after,memory,before.cpu,after.cpu}
  set +e
  (
    set -e
    "$@"
  )
  status=$?
  set -e
  race_leftovers
  [[ ! -v lock ]] || exec {lock}>&-
  if ((status == 0)); then
    say "== $name: $((SECONDS - began)) s"
  else
    failed_parts+=("$name")
    say "== $name: FAILED after $((SECONDS - began)) s; see $state_dir/log" >&2
  fi
}

race_leftovers() {
  local one
  for one in city kiosk_events nginx server; do finish "$one" TERM 30 || true; done
}

# race_verdict: the sentence with which the run fails, if a part did.
race_verdict() {
  ((${#failed_parts[@]} == 0)) ||
    bench_failed="these parts failed: ${failed_parts[*]}; the figures are of the others"
}

# ---- one measurement
# ----------------------------------------------------------------------------------------------------

# everybody: NAME=PID of each that runs.
everybody() {
  local one pid
  for one in server postgres mosquitto nginx city kiosk_events; do
    pid=$(pid_of "$one") && say "$one=$pid"
  done
  true
}

# memory_of_all FILE: KiB of each with its children; what several share counts in equal parts.
memory_of_all() {
  local one pid child children
  everybody | while IFS='=' read -r one pid; do
    children=()
    { read -ra children <"/proc/$pid/task/$pid/children"; } 2>/dev/null || true
    for child in "$pid" ${children[0]:+"${children[@]}"}; do
      { awk -v name="$one" '/^Pss:/ {print name, $2}' "/proc/$child/smaps_rollup"; } 2>/dev/null || true
    done
  done >"$1"
}

look_begin() {
  local all
  mapfile -t all < <(everybody)
  cpu_mark "$state_dir/before.cpu" "${all[@]}"
}

look_end() {
  local all
  mapfile -t all < <(everybody)
  cpu_mark "$state_dir/after.cpu" "${all[@]}"
}

# driven WORK WHO COMMAND...
driven() {
  local work=$1 who=$2 pid TIMEFORMAT='%U %S'
  shift 2
  look_begin
  { time "$@" >"$state_dir/driver.out" 2>>"$state_dir/log/driver.log"; } 2>"$state_dir/driver.time" &
  pid=$!
  sleep "$((seconds / 2))"
  memory_of_all "$state_dir/memory"
  wait "$pid" || fail "the driver of $work failed; see $state_dir/log/driver.log"
  look_end
  counted "$work" "$who" "$state_dir/driver.out"
}

# counted WORK WHO FILE: FILE's last line is the driver's JSON; one more line of figures, and a sentence.
counted() {
  race_python add --figures "$figures" --work "$1" --who "$2" --round "${round:-0}" --told "$3" \
    --folder "$state_dir"
  rm -f "$state_dir"/{driver.time,rows.before,rows.after}
}

# ---- reads
# ----------------------------------------------------------------------------------------------------

# wrk_at URL [TOKENS]: a second to warm up, which also lets the server check every token once.
wrk_at() {
  local url=$1
  shift
  wrk -t1 "-c$connections" "-d${seconds}s" -s "$root/bench/race/wrk.lua" "$url" -- "$@"
}

warmed() {
  local url=$1
  shift
  wrk -t1 "-c$connections" -d1s -s "$root/bench/race/wrk.lua" "$url" -- "$@" >>"$state_dir/log/driver.log"
}

# read_paths: what is read, from the first station there is.
read_paths() {
  local first latitude longitude
  curl -fs "$http_url/api/stations?page_size=20" -o "$state_dir/first.json"
  read -r first latitude longitude < <(python3 -c '
import json, sys
one = json.load(open(sys.argv[1]))["data"]["results"][0]
print(one["serial_number"], one["latitude"], one["longitude"])' "$state_dir/first.json")
  path_of[list]="/api/stations?page_size=20"
  path_of[nearby]="/api/stations/nearby?lat=$latitude&lng=$longitude&radius=5"
  path_of[detail]="/api/stations/$first"
  path_of[wallet]=/api/payments/wallet/balance
  path_of[active]=/api/rentals/active
}
declare -A path_of=()
read_works=(list nearby detail wallet active)

# tokens_for WORK: the file, or nothing for a public read.
tokens_for() {
  case $1 in
    wallet) say "$wallet_tokens" ;;
    active) say "$active_tokens" ;;
  esac
}

# bearer FILE: the first of its tokens as a header for curl, read from standard input.
bearer() { printf 'header = "Authorization: Bearer %s"\n' "$(head -n 1 "$1")"; }

# read_of WORK WHO: one round of one read.
read_of() {
  local work=$1 who=$2 url tokens=()
  mapfile -t tokens < <(tokens_for "$work")
  if [[ $who == chautari ]]; then
    url=$http_url${path_of[$work]}
  else
    url=http://127.0.0.1:$nginx_port/$work.json
  fi
  warmed "$url" ${tokens[0]:+"${tokens[@]}"}
  driven "$work" "$who" wrk_at "$url" ${tokens[0]:+"${tokens[@]}"}
}

# many_riders COUNT OPENED: on a network seeded with --open-rentals OPENED.
many_riders() {
  local step=$(($1 > 20000 ? $1 / 20000 : 1))
  { say "\\set riders $1" "\\set opened $2" && cat "$root/bench/race/riders.sql"; } | riders_into_database
  psql_owner "$database_name" <<<'vacuum analyze; checkpoint;'
  "$build/bench_race" tokens --keys-dir "$state_dir/secrets/keys" --file "$wallet_tokens" \
    --step "$step" --count $(($1 < 20000 ? $1 : 20000))
  (($2 == 0)) ||
    "$build/bench_race" tokens --keys-dir "$state_dir/secrets/keys" --file "$active_tokens" --count "$2"
}

riders_into_database() { psql_owner "$database_name" >>"$state_dir/log/riders.log"; }

# ---- cycles
# ----------------------------------------------------------------------------------------------------

signed_in() {
  curl -fs -m 5 "$operations_url/metrics" |
    awk -v wanted="$1" '/^chautari_websocket_sessions/ {n += $2} END {exit n < wanted}'
}

settled() { metric 'chautari_rental_events_total{event="rental.settled"}'; }

# city_of RIDERS COMMAND...: a city of so many riders, signed in, while COMMAND runs; its summary is
# $city_summary afterwards.
city_of() {
  local riders=$1
  shift
  city_summary=$state_dir/city.json
  rm -f "$city_summary" "$spool_dir"/*
  city_start "$state_dir/log/city.log" --seed 1 --cabinets $((2 * riders)) --riders "$riders" --settle 40 \
    --faults none --speed 0 --quiet --summary "$city_summary"
  wait_for 40 signed_in "$riders" || fail "not all of $riders riders are signed in"
  sleep 1
  kill -s USR1 "$city_pid"
  "$@"
  kill -s TERM "$city_pid"
  city_wait || fail "the city of $riders riders ended with an error; see $state_dir/log/city.log"
}

# rows_mark FILE: rows written so far by table.
rows_mark() {
  psql_owner "$database_name" >"$1" <<END
select relname, n_tup_ins, n_tup_upd from pg_stat_user_tables where n_tup_ins + n_tup_upd > 0
END
}

# settled_during [COMMAND...]: cycles settled in $seconds, beside a driver if there is one.
settled_during() {
  local before after TIMEFORMAT='%U %S' pid=
  rows_mark "$state_dir/rows.before"
  before=$(settled)
  look_begin
  if (($# > 0)); then
    { time "$@" >"$state_dir/mix.json" 2>>"$state_dir/log/driver.log"; } 2>"$state_dir/driver.time" &
    pid=$!
  fi
  sleep $((seconds / 2))
  memory_of_all "$state_dir/memory"
  sleep $((seconds - seconds / 2))
  [[ -z $pid ]] || wait "$pid" || fail "the readers failed; see $state_dir/log/driver.log"
  after=$(settled)
  look_end
  rows_mark "$state_dir/rows.after"
  cycles_settled=$((after - before))
}

# cycles_of RIDERS WHO: one round of whole rentals.
cycles_of() {
  city_of "$1" settled_during
  race_python city --summary "$city_summary" --settled "$cycles_settled" --seconds "$seconds" \
    >"$state_dir/driver.out"
  counted cycle "$2" "$state_dir/driver.out"
}

# shellcheck shell=bash
# What the measurements share: a set of private services, the conditions, CPU time by process, a profile, and
# a result as text.
#   bench_begin NAME   bench_end       everything between goes to the terminal and into bench/results/NAME.md
#   note TEXT...                       a line of the result
#   measured COMMAND...                while nobody else that honours BENCH_LOCK works
#   fresh_network ARGUMENTS...         an empty database, migrated, seeded by `chautari seed ARGUMENTS...`
#   cpu_mark FILE NAME=PID...          cpu_split BEFORE AFTER
#   profile_during SECONDS PID TITLE   the 15 symbols with most of its CPU time
# shellcheck source=chautari.sh
source "$(dirname "${BASH_SOURCE[0]}")/chautari.sh"

# Ten thousand cabinets: one login, or the broker would write its accounts for minutes before anything begins.
cabinet_logins=shared

# Each measurement says what it is, what it aims at, and under which conditions.
: "${bench_title:=}" "${bench_aim:=}" "${bench_conditions:=}"

bench_settings() {
  # What protects a city from a rider would only measure itself here. Set by the caller: it wins.
  export CHAUTARI_SERVER__TRUSTED_PROXIES=${CHAUTARI_SERVER__TRUSTED_PROXIES:-127.0.0.1}
  export CHAUTARI_RENTALS__STARTS_PER_MINUTE=${CHAUTARI_RENTALS__STARTS_PER_MINUTE:-1000000}
  export CHAUTARI_LOG__LEVEL=${CHAUTARI_LOG__LEVEL:-info}
}

bench_begin() {
  bench_name=$1
  services_at "bench/$1"
  exec 9>"$state_dir/lock"
  flock -n 9 || fail "another scripts/bench $1 of this checkout is at work"
  bench_draft=$state_dir/draft.md
  : >"$bench_draft"
  bench_leftovers
  trap bench_stop EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  bench_settings
  postgres_start "$(free_port)"
  mosquitto_start "$(free_port)"
  server_configure "$(free_port)" "$(free_port)"
}

bench_leftovers() {
  local one
  for one in city wrk nginx server mosquitto postgres; do
    if [[ $one == postgres ]]; then finish "$one" INT 30; else finish "$one" TERM 30; fi
  done
}

bench_stop() {
  local status=$?
  trap '' INT TERM
  set +e
  finish city TERM 20
  finish overload TERM 5
  finish storm TERM 5
  finish nginx TERM 5
  finish server TERM 30
  mosquitto_stop
  postgres_stop
  [[ ! -v bench_erases ]] || bench_erase "$status"
  exit "$status"
}

# bench_erase STATUS: of a measurement that wants nothing left, the logs if it failed.
bench_erase() {
  if (($1 == 0)); then
    services_erase
  else
    [[ $service_dir == "$state_dir"/* ]] || rm -rf "${service_dir:?}"
    find "$state_dir" -mindepth 1 -maxdepth 1 ! -name log -exec rm -rf {} +
    say "the logs are in $state_dir/log" >&2
  fi
}

note() { printf '%s\n' "$*" | tee -a "$bench_draft"; }

# compiled: how the programs were built, from the folder that holds them.
compiled() {
  local kind flags
  kind=$(sed -n 's/^CMAKE_BUILD_TYPE:[^=]*=//p' "$build/CMakeCache.txt")
  flags=$(sed -n "s/^CMAKE_CXX_FLAGS\(_${kind^^}\)\?:[^=]*=//p" "$build/CMakeCache.txt" | xargs)
  say "g++ $(g++ -dumpfullversion), $kind, $flags, server linked $(date -u -r "$build/chautari" '+%F %TZ')"
}

machine() {
  say "$(sed -n 's/^model name\s*: //p;T;q' /proc/cpuinfo | head -1), $(nproc) cores," \
    "$(awk '/MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo)," \
    "Linux $(uname -r), $(findmnt -no FSTYPE -T "$service_dir") below the database"
}

commit() {
  local changed=''
  git -C "$root" diff --quiet HEAD -- . ':!bench/results' || changed=' with uncommitted changes'
  say "$(git -C "$root" log -1 --format=%h)$changed"
}

# bench_end: the draft under its conditions, above what people have written about it.
bench_end() {
  local result=$root/bench/results/$bench_name.md words
  mkdir -p "$root/bench/results"
  words=$(sed -n '/^## What bounds it/,$p' "$result" 2>/dev/null || true)
  {
    say "# $bench_title"
    say ''
    say "- Commit of the checkout: $(commit), $(git -C "$root" log -1 --date=iso-strict --format=%cd)"
    say "- Machine: $(machine)"
    say "- Programs: $(compiled)"
    say "- Command: \`scripts/bench $bench_name\`"
    say "- Conditions: $bench_conditions"
    say "- Aim: $bench_aim"
    say ''
    cat "$bench_draft"
    say ''
    say "${words:-## What bounds it}"
  } >"$result.new"
  mv "$result.new" "$result"
  say "== written to ${result#"$PWD"/}"
}

# measured COMMAND...: alone on the machine, as far as others honour the same lock.
measured() {
  local lock status=0
  if [[ ! -v BENCH_LOCK ]]; then
    "$@"
    return
  fi
  exec {lock}>>"$BENCH_LOCK"
  flock "$lock"
  "$@" || status=$?
  flock -u "$lock"
  exec {lock}>&-
  return "$status"
}

fresh_network() {
  psql_owner postgres <<END
drop database if exists $database_name with (force);
create database $database_name owner $database_user;
END
  server_environment
  local log=$state_dir/log/server.log
  chautari migrate >>"$log" 2>&1 || fail "migration failed; see $log"
  chautari seed "$@" >>"$log" 2>&1 || fail "seeding failed; see $log"
  psql_owner "$database_name" <<<'vacuum analyze; checkpoint;'
}

# metric TEXT: the value of the series whose name and labels are exactly this text; 0 if there is none.
metric() {
  # Read to the end: an awk that leaves early breaks curl's pipe, and the question would count as failed.
  curl -fs -m 5 "$operations_url/metrics" |
    awk -v name="$1" '$1 == name {value = $2} END {print value == "" ? 0 : value}'
}

# ---- CPU time
# ----------------------------------------------------------------------------------------------------

# cpu_ticks PID: user and system time of a process and its children so far, in ticks.
cpu_ticks() {
  local one sum=0 stat fields children=()
  { read -ra children <"/proc/$1/task/$1/children"; } 2>/dev/null || true  # no line end there
  for one in "$1" ${children[0]:+"${children[@]}"}; do
    { stat=$(<"/proc/$one/stat"); } 2>/dev/null || continue
    read -ra fields <<<"${stat##*) }"
    ((sum += fields[11] + fields[12]))
    # Of children that have ended, once only.
    [[ $one != "$1" ]] || ((sum += fields[13] + fields[14])) || true
  done
  say "$sum"
}

# cpu_mark FILE NAME=PID...: what each has used so far, the threads of the server by name.
cpu_mark() {
  local file=$1 one pid task stat fields
  shift
  {
    say "seconds $(awk '{printf "%d", $1 * 100}' /proc/uptime)"
    for one in "$@"; do
      pid=${one#*=}
      say "${one%%=*} $(cpu_ticks "$pid")"
      [[ $one == chautari=* ]] || continue
      for task in /proc/"$pid"/task/*; do
        { stat=$(<"$task/stat"); } 2>/dev/null || continue
        read -ra fields <<<"${stat##*) }"
        say "chautari/$(tr ' ' '_' <"$task/comm")/${task##*/} $((fields[11] + fields[12]))"
      done
    done
  } >"$file"
}

# cpu_split BEFORE AFTER: "name 0.93 cores" of each, those under 0.01 left out.
cpu_split() {
  awk 'NR == FNR {before[$1] = $2; next}
    $1 == "seconds" {span = $2 - before[$1]; next}
    span > 0 {share = ($2 - before[$1]) / span
      if (share >= 0.01) out = out sprintf("%s%s %.2f", out == "" ? "" : ", ", $1, share)}
    END {print out " (cores)"}' "$1" "$2"
}

# ---- profile
# ----------------------------------------------------------------------------------------------------

# profile_during SECONDS PID TITLE: samples the process while it works.
profile_during() {
  local data=$state_dir/perf.data log=$state_dir/log/perf.log
  command -v perf >/dev/null || return 0
  perf record -q -F 499 -g -p "$2" -o "$data" -- sleep "$1" 2>>"$log" || return 0
  note ''
  note "Profile of $3 (\`perf record -g\`, $1 s, own time by symbol; its CPU time is 100 %):"
  note ''
  note '```'
  # awk reads the report to its end, or perf would complain about a closed pipe.
  perf report -q --no-children -g none --stdio -i "$data" --sort comm,dso,symbol 2>>"$log" |
    sed 's/[[:space:]]*$//; /^$/d' | cut -c1-110 | awk 'NR <= 15' | tee -a "$bench_draft"
  note '```'
}

# callers_of TEXT: for people, what leads to a symbol of the last profile.
callers_of() {
  perf report -q --children -g caller,0.5 --stdio -i "$state_dir/perf.data" --symbol-filter "$1"
}

# shellcheck shell=bash disable=SC2034  # read by bench.sh and race.sh
# How a start, memory, reads and cycles grow with the network: up to 100,000 stations and a million riders.
# shellcheck source=race.sh
source "$(dirname "${BASH_SOURCE[0]}")/race.sh"

seconds=${BENCH_SECONDS:-6}
sizes=${BENCH_SIZES:-1000:10000 10000:100000 100000:1000000}
riders=${BENCH_RIDERS:-64}
open_rentals=2000

bench_title='Growth: 1,000 to 100,000 stations, 10,000 to 1,000,000 riders'
bench_aim='curves without a knee'
bench_conditions="a fresh database of each size, vacuumed, the caches as seeding left them; 8 slots a
  station, half of them full; riders with a wallet, points and their books, $open_rentals with an open rental;
  memory 5 s after the start, before the first request; reads: wrk -t1 -c$connections, $seconds s each after
  1 s, tokens of up to 20,000 riders spread over all (active: of the $open_rentals with an open rental);
  cycles: bench_city, $riders riders who never pause, $seconds s, beside all the rest of the network"

measure() {
  local size failed=() one
  race_begin
  for size in $sizes; do part "${size%:*} stations, ${size#*:} riders" grown "${size%:*}" "${size#*:}"; done
  race_verdict
  for one in ${failed_parts[0]:+"${failed_parts[@]}"}; do failed+=(--failed "$one"); done
  python3 "$root/scripts/lib/growth.py" --figures "$figures" --folder "$root/bench/results" \
    --condition "commit $(commit)" --condition "machine: $(machine)" --condition "$(compiled)" \
    --condition "$bench_conditions" ${failed[0]:+"${failed[@]}"} >"$state_dir/report.md"
  [[ ! -v bench_failed ]] || note "**Not whole: $bench_failed.**"
  while IFS= read -r one; do note "$one"; done <"$state_dir/report.md"
}

now_ms() { date +%s%3N; }

# grown STATIONS RIDERS
grown() {
  local stations=$1 known=$2 began seeded ready work
  round=$stations
  began=$(now_ms)
  fresh_network --stations "$stations" --slots 8 --open-rentals "$open_rentals"
  many_riders "$known" "$open_rentals"
  seeded=$(now_ms)
  say "   seeded in $(((seeded - began) / 1000)) s"
  server_start
  ready=$(now_ms)
  sleep 5
  python3 -c '
import json, sys
stations, riders, seeded, ready, resident, peak, database = map(float, sys.argv[1:])
print(json.dumps({"rate": 0, "stations": stations, "riders": riders, "seed_s": seeded / 1e3,
                  "start_s": ready / 1e3, "rss_mib": resident / 1024, "peak_mib": peak / 1024,
                  "database_mib": database}))
' "$stations" "$known" $((seeded - began)) $((ready - seeded)) "$(of_server VmRSS)" "$(of_server VmHWM)" \
    "$(psql_owner "$database_name" <<<'select pg_database_size(current_database()) / 1048576')" \
    >"$state_dir/driver.out"
  look_begin
  memory_of_all "$state_dir/memory"
  look_end
  counted start chautari "$state_dir/driver.out"
  read_paths
  for work in "${read_works[@]}"; do read_of "$work" chautari; done
  memory_after wallet
  cycles_of "$riders" chautari
  memory_after cycle
  [[ ! -v GROWTH_PROFILE ]] || profiles
  server_stop
}

of_server() { awk -v name="$1:" '$1 == name {print $2}' "/proc/$server_pid/status"; }

# memory_after WORK: what the server holds once this has been done.
memory_after() { say "   $(of_server VmRSS) KiB resident after $1"; }

# profiles: for people who look for a knee.
profiles() {
  local work tokens=()
  for work in $GROWTH_PROFILE; do
    mapfile -t tokens < <(tokens_for "$work")
    wrk_at "$http_url${path_of[$work]}" ${tokens[0]:+"${tokens[@]}"} >>"$state_dir/log/driver.log" &
    profile_during $((seconds - 1)) "$server_pid" "\`$work\` with $round stations"
    wait $!
  done
}

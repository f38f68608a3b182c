# shellcheck shell=bash disable=SC2034  # read by bench.sh
# Reads against nginx: the same bytes over keep-alive, each server with one thread for HTTP, alone in turn.
# shellcheck source=bench.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench.sh"
# shellcheck source=nginx.sh
source "$(dirname "${BASH_SOURCE[0]}")/nginx.sh"

bench_title='Reads: list, nearby and detail against nginx serving a file of the same bytes'
bench_aim='at least 0.5 of nginx'
bench_conditions='wrk -t1 -c64 -d10s, keep-alive, no compression; nginx 1 worker, access log off, open file
  cache on; chautari 1 I/O thread; both on loopback, nothing pinned; demo seed (30 stations); three rounds in
  alternating order, medians'

connections=64
seconds=10
rounds=3

# drive NAME URL PID: one round; the last line of wrk's own summary says requests a second.
drive() {
  local log=$state_dir/log/wrk_$1.log before after
  cpu_mark "$state_dir/cpu_before" "$1=$3"
  TIMEFORMAT='%U %S'
  { time wrk "-t1" "-c$connections" "-d${seconds}s" --latency "$2" >"$log"; } 2>"$state_dir/wrk_time"
  cpu_mark "$state_dir/cpu_after" "$1=$3"
  if grep -q 'Non-2xx\|Socket errors' "$log"; then fail "$1 $2: $(grep 'Non-2xx\|Socket errors' "$log")"; fi
  rate=$(awk '/^Requests\/sec/ {print $2}' "$log")
  p99=$(awk '$1 == "99%" {print $2}' "$log")
  split="$(cpu_split "$state_dir/cpu_before" "$state_dir/cpu_after" | sed "s/, chautari\/.*//; s/ (cores)//"),
 wrk $(awk -v s="$seconds" '{printf "%.2f", ($1 + $2) / s}' "$state_dir/wrk_time")"
  split=${split//$'\n'/}
}

median() { sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

drive_ours() {
  drive chautari "$http_url$1" "$server_pid"
  ours+=("$rate") our_split=$split our_p99=$p99
}

drive_theirs() {
  drive nginx "http://127.0.0.1:$nginx_port/$1.json" "$nginx_pid"
  theirs+=("$rate") their_split=$split their_p99=$p99
}

# compare NAME PATH
compare() {
  local file=$nginx_files/$1.json ours=() theirs=() round a b
  curl -fs "$http_url$2" -o "$file"
  for ((round = 1; round <= rounds; ++round)); do
    if ((round % 2)); then
      drive_ours "$2" && drive_theirs "$1"
    else
      drive_theirs "$1" && drive_ours "$2"
    fi
  done
  a=$(printf '%s\n' "${ours[@]}" | median) b=$(printf '%s\n' "${theirs[@]}" | median)
  note "| $1 | $(stat -c %s "$file") | $a | $our_p99 | $b | $their_p99 | $(awk -v a="$a" -v b="$b" \
    'BEGIN {printf "%.2f", a / b}') | $our_split | $their_split |"
}

measure() {
  local first latitude longitude
  fresh_network --demo
  server_start
  nginx_start
  curl -fs "$http_url/api/stations?page_size=20" -o "$state_dir/first.json"
  read -r first latitude longitude < <(python3 -c '
import json, sys
one = json.load(open(sys.argv[1]))["data"]["results"][0]
print(one["serial_number"], one["latitude"], one["longitude"])' "$state_dir/first.json")
  note '| read | bytes | chautari /s | p99 | nginx /s | p99 | ratio | CPU with chautari | CPU with nginx |'
  note '|---|---|---|---|---|---|---|---|---|'
  measured compare list "/api/stations?page_size=20"
  measured compare nearby "/api/stations/nearby?lat=$latitude&lng=$longitude&radius=5"
  measured compare detail "/api/stations/$first"
  measured profile_reads "/api/stations?page_size=20" list
  measured profile_reads "/api/stations/nearby?lat=$latitude&lng=$longitude&radius=5" nearby
}

profile_reads() {
  wrk -t1 "-c$connections" -d7s "$http_url$1" >"$state_dir/log/wrk_profile.log" &
  sleep 1
  profile_during 5 "$server_pid" "chautari under \`$2\`"
  wait $!
}

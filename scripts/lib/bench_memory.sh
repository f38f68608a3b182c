# shellcheck shell=bash disable=SC2034  # read by bench.sh
# What an idle station costs: the difference between a large and a small network, per station.
# shellcheck source=bench.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench.sh"

bench_title='Memory of an idle station: its actor, its cabinet'\''s actor, its snapshot'
bench_aim='at most 4 KiB a station'
bench_conditions='stations with 8 slots, 4 banks each, as recovered at the start; nobody asks anything;
  resident memory of the server 10 s after it is ready'

small=1000
large=100000

# resident STATIONS: KiB of the server with so many stations.
resident() {
  fresh_network --stations "$1" --slots 8
  server_start
  sleep 10
  kib=$(awk '/^RssAnon/ {print $2}' "/proc/$server_pid/status")
  peak=$(awk '/^VmHWM/ {print $2}' "/proc/$server_pid/status")
  note "| $1 | $((kib / 1024)) | $((peak / 1024)) | $(metric chautari_actors) |"
}

measure() {
  local kib peak few
  note '| stations | resident, MiB (anonymous) | highest, MiB (all) | actors |'
  note '|---|---|---|---|'
  resident "$small"
  few=$kib
  server_stop || say "the server did not end cleanly"
  resident "$large"
  note ''
  note "A station: $(awk -v k=$((kib - few)) -v n=$((large - small)) 'BEGIN {printf "%.2f KiB", k / n}')" \
    "($kib KiB less $few KiB, over $((large - small)) stations)."
}

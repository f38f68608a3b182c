# shellcheck shell=bash
# A private network with the gate between all of it, for scripts/chaos: services in var/chaos/NAME, the server
# under a clock that can jump, the database on a small file system of its own where root can mount one.
# shellcheck source=../../scripts/lib/chautari.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib/chautari.sh"
# shellcheck source=faults.sh
source "$root/tests/chaos/faults.sh"

: "${service_dir:=}" "${history_file:=}"

# What the database may use: its tables and log of a quarter of an hour, with room.
small_disk=768m

# postgres_on_small_disk: the cluster moves to a file system in memory. Without the right to mount it stays,
# and the two faults that fill the disk are skipped.
postgres_on_small_disk() {
  local data=$service_dir/postgres/data account
  account=$(account_for postgres)
  postgres_create
  filler=''
  mv "$data" "$data.made"
  as "$account" mkdir -m 700 "$data"
  if mount -t tmpfs -o "size=$small_disk,mode=700,uid=$(id -u "$account"),gid=$(id -g "$account")" \
    chaos "$data" 2>/dev/null; then
    filler=$data/filler
  else
    say "no right to mount a small file system: the faults that fill the disk are skipped"
  fi
  cp -a "$data.made/." "$data/"
  rm -rf "$data.made"
  # Few segments set aside, so that a full disk is felt.
  as "$account" tee -a "$data/postgresql.conf" >/dev/null <<<"max_wal_size = '128MB'
min_wal_size = '32MB'"
}

small_disk_gone() {
  local data=$service_dir/postgres/data
  if mountpoint -q "$data" 2>/dev/null; then umount "$data" || umount -l "$data"; fi
}

# leftovers: what a run that was killed left running and mounted.
leftovers() {
  local name
  for name in city server gate mosquitto postgres; do
    [[ ! -e $state_dir/pid/$name ]] || signal_family CONT "$name"
    finish "$name" KILL 10 2>/dev/null || true
  done
  small_disk_gone
}

# network_up NAME: everything runs, the server is ready, and the gates are open.
network_up() {
  local one
  services_at "chaos/$1"
  exec 9>"$root/var/chaos/$1.lock"
  flock -n 9 || fail "another run of $1 is at work"
  leftovers
  services_erase
  services_at "chaos/$1"
  trap network_down EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  postgres_on_small_disk
  postgres_start "$(free_port)"
  mosquitto_start "$(free_port)"
  gate_port=$(free_port)
  declare -A port
  for one in http riders database broker cabinets; do port[$one]=$(free_port); done
  launch gate - "$state_dir/log/gate.log" "$build/chaos_gate" "$gate_port" \
    "riders=${port[riders]}:${port[http]}" "database=${port[database]}:$database_port" \
    "broker=${port[broker]}:$mqtt_port" \
    "cabinets=${port[cabinets]}:$mqtt_port"
  wait_for 10 port_busy "$gate_port" || fail "the gate does not start; see $state_dir/log/gate.log"
  server_configure "${port[http]}" "$(free_port)"
  clock_file=$state_dir/clock
  head -c 8 /dev/zero >"$clock_file"
  # The last line of a key counts. Riders are many behind one address, and faster than people.
  cat >>"$state_dir/environment" <<END
CHAUTARI_DATABASE__PORT=${port[database]}
CHAUTARI_MQTT__PORT=${port[broker]}
CHAUTARI_SERVER__TRUSTED_PROXIES=127.0.0.1
CHAUTARI_RENTALS__STARTS_PER_MINUTE=1000000
CHAUTARI_CHAOS_CLOCK=$clock_file
LD_PRELOAD=$build/libchaos_clock.so
END
  cabinets_port=${port[cabinets]}
  server_prepare
  http_url=http://127.0.0.1:${port[riders]}
  server_start
}

# chaos_city_start ARGUMENTS...: its cabinets have a gate of their own.
chaos_city_start() {
  local broker=$mqtt_port
  mqtt_port=$cabinets_port
  city_start "$state_dir/log/city.log" --history "$history_file" "$@"
  mqtt_port=$broker
}

network_down() {
  local status=$?
  trap '' INT TERM
  set +e
  for one in server postgres mosquitto; do signal_family CONT "$one"; done
  finish city KILL 10 2>/dev/null
  finish server KILL 10 2>/dev/null
  mosquitto_stop
  postgres_stop
  finish gate TERM 5
  small_disk_gone
  ((status == 0)) || say "FAILED; logs, history and tables are in $state_dir"
  exit "$status"
}

# shellcheck shell=bash
# The faults of a plan (plan.py), one function each: fault_KIND begins it, mend_KIND ends it. Expects
# chautari.sh, the services running behind the gate, and these: gate_port (its control port), clock_file.
: "${gate_port:=}" "${clock_file:=}" "${filler:=}" "${database_name:=}" "${database_port:=}" "${mqtt_port:=}"

# gate_order WORDS...: one order to the gate; its answer goes to the log of the run.
gate_order() {
  local control answer
  exec {control}<>"/dev/tcp/127.0.0.1/$gate_port" || fail "the gate does not listen"
  printf '%s\n' "$*" >&"$control"
  IFS= read -r -t 10 answer <&"$control" || fail "the gate does not answer to: $*"
  exec {control}>&-
  [[ $answer == ok* ]] || fail "the gate: $answer"
}

# family NAME: the process and its children, the children first: a supervisor that is stopped or killed last
# does not react to what happens to them before its own turn.
family() {
  local pid children
  pid=$(pid_of "$1") || return 0
  { read -ra children <"/proc/$pid/task/$pid/children"; } 2>/dev/null || true
  say ${children[0]:+"${children[@]}"} "$pid"
}

# signal_family SIGNAL NAME: to whoever of them is still there.
signal_family() {
  local pids
  read -ra pids < <(family "$2") || true
  kill -s "$1" "${pids[@]}" 2>/dev/null || true
}

# ---- the server
# --------------------------------------------------------------------------------------------------------

fault_server_kill() { server_kill; }
mend_server_kill() { running server || server_launch; }
fault_server_pause() { signal_family STOP server; }
mend_server_pause() { signal_family CONT server; }

# jump SECONDS: what the server's wall clock is ahead of ours (clock_shim.cpp): one int64, nanoseconds.
jump() {
  python3 -c 'import struct, sys; sys.stdout.buffer.write(struct.pack("<q", int(sys.argv[1]) * 10**9))' \
    "$1" | dd of="$clock_file" conv=notrunc status=none
}
fault_clock_jump() { jump "$1"; }
mend_clock_jump() { :; }  # It stays wrong: for the rounds that follow, and for a server that starts anew.

# ---- PostgreSQL
# --------------------------------------------------------------------------------------------------------

fault_postgres_kill() { postgres_kill; }
mend_postgres_kill() { postgres_start "$database_port"; }
fault_postgres_pause() { signal_family STOP postgres; }
mend_postgres_pause() { signal_family CONT postgres; }

# backend NUMBER: one of the server's connections, counted by age.
backend() {
  psql_owner "$database_name" <<<"select pid from (
    select pid, row_number() over (order by backend_start, pid) - 1 as n, count(*) over () as all_of_them
    from pg_stat_activity where application_name = 'chautari') as one where n = $1 % all_of_them"
}
fault_postgres_backend_kill() {
  local pid
  pid=$(backend "$1") || true
  [[ -z $pid ]] || kill -s KILL "$pid" 2>/dev/null || true
}
# Without one of its children PostgreSQL restarts all of them by itself, through recovery.
mend_postgres_backend_kill() { postgres_start "$database_port"; }
fault_postgres_backend_pause() {
  local pid
  pid=$(backend "$1") || true
  [[ -z $pid ]] || kill -s STOP "$pid" 2>/dev/null || true
}
mend_postgres_backend_pause() { signal_family CONT postgres; }

# fill_disk: not a page is left. The database's own file system is a small one in memory (network.sh).
fill_disk() {
  as "$(account_for postgres)" dd if=/dev/zero of="$filler" bs=64K status=none 2>/dev/null || true
}
make_room() { rm -f "$filler"; }

# Tables cannot grow: statements fail, PostgreSQL lives.
fault_postgres_disk_full() { fill_disk; }
mend_postgres_disk_full() {
  make_room
  postgres_start "$database_port"
}
# The log cannot grow either: what is set aside for it is used up, and PostgreSQL panics.
fault_postgres_wal_full() {
  local turn
  fill_disk
  for turn in {1..40}; do
    psql_owner postgres >/dev/null 2>&1 <<END || break
select pg_logical_emit_message(false, 'chaos', repeat('x', 9000000));
select pg_switch_wal();
END
    fill_disk
  done
  say "  the log was full after $turn turns"
}
mend_postgres_wal_full() { mend_postgres_disk_full; }

# ---- mosquitto
# --------------------------------------------------------------------------------------------------------

fault_mosquitto_kill() { mosquitto_kill; }
mend_mosquitto_kill() { mosquitto_start "$mqtt_port"; }
fault_mosquitto_pause() { signal_family STOP mosquitto; }
mend_mosquitto_pause() { signal_family CONT mosquitto; }

# ---- any of them
# --------------------------------------------------------------------------------------------------------

# fault_can KIND: can this machine do it? Else it is counted as skipped.
fault_can() {
  case $1 in
    postgres:disk_full* | postgres:wal_full*) [[ -n $filler ]] ;;
    *) true ;;
  esac
}

# fault_begin KIND[:PARAMETER]: riders, database, broker and cabinets are the gate's pairs.
fault_begin() {
  local target verb value
  IFS=: read -r target verb value <<<"$1"
  case $target in
    riders | database | broker | cabinets)
      case $verb in
        half_open_*) gate_order "$target" half_open "${verb#half_open_}" ;;
        *) gate_order "$target" "$verb" ${value:+"$value"} ;;
      esac
      ;;
    *) "fault_${target}_$verb" "$value" ;;
  esac
}

fault_mend() {
  local target verb value
  IFS=: read -r target verb value <<<"$1"
  case $target in
    riders | database | broker | cabinets) gate_order "$target" heal ;;
    *) "mend_${target}_$verb" "$value" ;;
  esac
}

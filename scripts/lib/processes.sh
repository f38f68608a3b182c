# shellcheck shell=bash
# Long-running children of a script, ended by process id only. A pid file holds the id and the start time of
# the process, so that a number the kernel has given to somebody else is never taken for ours. Needs
# common.sh, and state_dir and service_dir from services_at.
: "${state_dir:=}" "${service_dir:=}"

# started_at PID: field 22 of /proc/PID/stat; the name in field 2 may contain spaces and brackets, so count
# after it.
started_at() {
  local stat fields
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
  read -ra fields <<<"${stat##*) }"
  [[ ${fields[0]} != Z ]] && say "${fields[19]}"
}

# pid_of NAME: the process id if it still runs, else nothing and a failure.
pid_of() {
  local pid began now
  { read -r pid began <"$state_dir/pid/$1"; } 2>/dev/null || return 1
  now=$(started_at "$pid") && [[ $now == "$began" ]] && say "$pid"
}

running() { pid_of "$1" >/dev/null; }
not_running() { ! running "$1"; }

# launch NAME ACCOUNT LOG COMMAND...: in a session of its own (Ctrl-C reaches the script only, which then ends
# everything in order), as another account when we are root and ACCOUNT is not '-'. If the script itself is
# killed the kernel sends the child a SIGTERM. Call it from the main shell, never from a subshell: the kernel
# looks at the parent that forked. LOG '-' means our own output.
launch() {
  local name=$1 account=$2 log=$3 began output
  shift 3
  local become=(setpriv --pdeathsig TERM)
  if ((EUID == 0)) && [[ $account != - ]]; then
    become=(setpriv --reuid "$account" --regid "$(id -g "$account")" --clear-groups --pdeathsig TERM)
  fi
  if [[ $log == - ]]; then exec {output}>&1; else exec {output}>>"$log"; fi
  # 9 is the lock of scripts/run; a child that kept it would keep the lock.
  setsid env -C "$service_dir" "${become[@]}" "$@" >&"$output" 2>&1 </dev/null {output}>&- 9>&- &
  exec {output}>&-
  began=$(started_at "$!") || fail "$name ended at once; see $log"
  say "$! $began" >"$state_dir/pid/$name"
}

# finish NAME SIGNAL SECONDS: asks it to end and waits; past the time it is killed, and that is a failure.
finish() {
  local name=$1 signal=$2 seconds=$3 pid
  pid=$(pid_of "$name") || return 0
  kill -s "$signal" "$pid" 2>/dev/null || true
  if ! wait_for "$seconds" not_running "$name"; then
    say "warning: $name did not end within $seconds s and was killed" >&2
    kill -s KILL "$pid" 2>/dev/null || true
    wait_for 5 not_running "$name" || true
    return 1
  fi
}

# kill_now NAME: SIGKILL to it and to its children, no goodbye. What a power cut looks like to everybody else.
kill_now() {
  local pid children
  pid=$(pid_of "$1") || fail "$1 does not run, so it cannot be killed"
  { read -ra children <"/proc/$pid/task/$pid/children"; } 2>/dev/null || true
  kill -s KILL "$pid" "${children[@]}" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true  # or the shell reports the death of its own child
  wait_for 10 not_running "$1" || fail "$1 survived a SIGKILL"
}

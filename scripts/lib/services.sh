# shellcheck shell=bash
# A private PostgreSQL 15 and a private mosquitto: their own data, accounts and loopback ports, nothing of the
# machine's.
#   services_at NAME       where everything of one set lives: state_dir=var/NAME, service_dir (see below)
#   postgres_start PORT    postgres_stop   postgres_kill     then database_port and database_conninfo are set
#   mosquitto_start PORT   mosquitto_stop  mosquitto_kill    then mqtt_port is set
# Starting what already runs is not an error; starting after a kill recovers.

# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=processes.sh
source "$(dirname "${BASH_SOURCE[0]}")/processes.sh"

# own: each cabinet asks for its login over HTTP. shared: one login, `cabinet`, for measurements with ten
# thousand of them.
cabinet_logins=own
database_name=chautari
database_user=chautari

# account_for postgres|mosquitto: both refuse to work as root or leave it at once, so root lends them Debian's
# accounts.
account_for() { if ((EUID == 0)); then say "$1"; else id -un; fi; }

# as ACCOUNT COMMAND...: as that account if we are root; the working directory is one it can enter.
as() {
  local account=$1 become=()
  shift
  if ((EUID == 0)) && [[ $account != root ]]; then
    become=(setpriv --reuid "$account" --regid "$(id -g "$account")" --clear-groups)
  fi
  env -C / ${become[0]:+"${become[@]}"} "$@"
}

# services_at NAME: the scripts' own files (logs, pids, secrets) are in var/NAME. The services' files are
# beside them if the services' accounts can get there and the path is short enough for a socket (107 bytes),
# else below /var/tmp: a clone in somebody's private folder still runs.
services_at() {
  local refuge owner
  state_dir=$root/var/$1
  mkdir -p "$state_dir"/{log,pid,secrets,services}
  chmod 700 "$state_dir/secrets"
  service_dir=$state_dir/services
  if ((${#service_dir} > 80)) || ! as "$(account_for postgres)" test -x "$service_dir"; then
    refuge=/var/tmp/chautari-$(printf '%s' "$root" | sha256sum | cut -c1-12)
    [[ -d $refuge ]] || mkdir -m 711 "$refuge"
    owner=$(stat -c %u "$refuge")
    [[ ! -L $refuge && $owner == "$EUID" ]] || fail "$refuge belongs to somebody else"
    service_dir=$refuge/$1
    (umask 066 && mkdir -p "$service_dir")
  fi
}

# services_erase: everything services_at made. Only for sets that tests made; nothing may run any more.
services_erase() {
  case $service_dir in
    "$root"/var/?* | /var/tmp/chautari-?*/?*) rm -rf "$service_dir" ;;
    *) fail "refusing to erase $service_dir" ;;
  esac
  rm -rf "$state_dir"
}

# ---- PostgreSQL
# ------------------------------------------------------------------------------------------------------

postgres_bin() { say /usr/lib/postgresql/15/bin; }

# psql_owner DATABASE: SQL from standard input, as the cluster's owner over the socket (peer authentication).
psql_owner() {
  as "$(account_for postgres)" "$(postgres_bin)/psql" -XqAt -v ON_ERROR_STOP=1 -h "$service_dir/postgres" \
    -p "$database_port" -d "$1"
}

postgres_create() {
  local account data
  account=$(account_for postgres)
  data=$service_dir/postgres/data
  [[ -d $data ]] && return
  if ((EUID == 0)); then
    install -d -m 711 -o "$account" "$service_dir/postgres"
  else
    install -d -m 711 "$service_dir/postgres"
  fi
  # Finished under another name first: an interrupted initdb is never mistaken for a cluster.
  as "$account" rm -rf "$data.new"
  as "$account" "$(postgres_bin)/initdb" -D "$data.new" -U "$account" --encoding=UTF8 --locale=C.UTF-8 \
    --auth-local=peer --auth-host=scram-sha-256 --data-checksums --no-instructions \
    >>"$state_dir/log/postgres.log"
  as "$account" tee -a "$data.new/postgresql.conf" >/dev/null <<<"include = 'chautari.conf'"
  # Others over the socket need a password too; peer is for the owner.
  as "$account" tee "$data.new/pg_hba.conf" >/dev/null <<END
local all $account peer
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
END
  as "$account" mv "$data.new" "$data"
}

postgres_ready() {
  "$(postgres_bin)/pg_isready" -q -h 127.0.0.1 -p "$database_port"
}

# postgres_up: ready, or ended; either way there is nothing to wait for.
postgres_up() { postgres_ready || not_running postgres; }

# postgres_role: the server's role and database, made once; its password is what the secret file says.
postgres_role() {
  local password
  keep_secret "$state_dir/secrets/database_password" random_hex 24
  password=$(<"$state_dir/secrets/database_password")
  psql_owner postgres <<END
select 'create role $database_user login'
 where not exists (select from pg_roles where rolname = '$database_user') \gexec
alter role $database_user password '$password';
select 'create database $database_name owner $database_user'
 where not exists (select from pg_database where datname = '$database_name') \gexec
END
  (umask 077 && say "127.0.0.1:*:*:$database_user:$password" >"$state_dir/secrets/pgpass")
}

# postgres_start PORT: returns when it accepts connections, also after a crash.
postgres_start() {
  local account end=$((SECONDS + 60))
  database_port=$1
  database_conninfo="host=127.0.0.1 port=$1 dbname=$database_name user=$database_user"
  database_conninfo+=" passfile=$state_dir/secrets/pgpass"
  account=$(account_for postgres)
  postgres_create
  if not_running postgres; then
    sed -e "s|@PORT@|$1|" -e 's|@ADDRESS@|127.0.0.1|' -e "s|@SOCKET@|$service_dir/postgres|" \
      "$root/config/postgresql/chautari.conf.in" |
      as "$account" tee "$service_dir/postgres/data/chautari.conf" >/dev/null
  fi
  # After a kill its children may hold the shared memory for a moment more, and it refuses to start: ask
  # again.
  until postgres_ready; do
    ((SECONDS < end)) || fail "PostgreSQL does not start; see $state_dir/log/postgres.log"
    if not_running postgres; then
      launch postgres "$account" "$state_dir/log/postgres.log" \
        "$(postgres_bin)/postgres" -D "$service_dir/postgres/data"
    fi
    wait_for 30 postgres_up || true
    postgres_ready || sleep 0.5
  done
  postgres_role
}

# SIGINT is its fast shutdown: roll back what is open, write a checkpoint, end.
postgres_stop() { finish postgres INT 30; }
postgres_kill() { kill_now postgres; }

# ---- mosquitto
# -------------------------------------------------------------------------------------------------------

# accounts_plugin: the broker's plugin that changes accounts while it runs; Debian ships it with mosquitto.
accounts_plugin() {
  local found=(/usr/lib/*/mosquitto_dynamic_security.so)
  [[ -f ${found[0]} ]] || fail "mosquitto has no dynamic-security plugin here"
  say "${found[0]}"
}

mosquitto_configure() {
  local account directory=$service_dir/mosquitto name
  account=$(account_for mosquitto)
  if ((EUID == 0)); then install -d -m 700 -o "$account" "$directory"; else install -d -m 700 "$directory"; fi
  local logins=(server accounts)
  [[ $cabinet_logins == own ]] || logins+=(cabinet)
  for name in "${logins[@]}"; do keep_secret "$state_dir/secrets/mqtt_$name" random_hex 24; done
  # mosquitto_passwd -U hashes plain lines in place; the broker sees the file when it is whole.
  for name in "${logins[@]}"; do say "$name:$(<"$state_dir/secrets/mqtt_$name")"; done |
    as "$account" bash -c "umask 077; cat >'$directory/new'"
  as "$account" mosquitto_passwd -U "$directory/new"
  as "$account" mv "$directory/new" "$directory/passwords"
  as "$account" tee "$directory/acl.conf" <"$root/config/mosquitto/acl.conf" >/dev/null
  # The cabinets' accounts: the broker's own file from here on.
  as "$account" test -s "$directory/accounts.json" ||
    as "$account" tee "$directory/accounts.json" <"$root/config/mosquitto/accounts.json" >/dev/null
  sed -e "s|@PORT@|$1|" -e 's|@ADDRESS@|127.0.0.1|' -e "s|@DIRECTORY@|$directory|" \
    -e "s|@PLUGIN@|$(accounts_plugin)|" \
    "$root/config/mosquitto/mosquitto.conf.in" | as "$account" tee "$directory/mosquitto.conf" >/dev/null
}

mosquitto_up() { port_busy "$mqtt_port" || not_running mosquitto; }

# mosquitto_start PORT: returns when it accepts connections.
mosquitto_start() {
  mqtt_port=$1
  running mosquitto && return
  mosquitto_configure "$1"
  # One file descriptor a cabinet.
  ulimit -n "$(ulimit -Hn)"
  launch mosquitto "$(account_for mosquitto)" "$state_dir/log/mosquitto.log" \
    /usr/sbin/mosquitto -c "$service_dir/mosquitto/mosquitto.conf"
  wait_for 20 mosquitto_up || true
  if not_running mosquitto || ! port_busy "$1"; then
    fail "mosquitto does not start; see $state_dir/log/mosquitto.log"
  fi
}

# SIGTERM lets it save its sessions.
mosquitto_stop() { finish mosquitto TERM 15; }
mosquitto_kill() { kill_now mosquitto; }

# shellcheck shell=bash
# The server and the city on top of a set of private services. Expects services_at, postgres_start and
# mosquitto_start to have run; `build` is the folder with the programs.
#   server_configure HTTP_PORT OPERATIONS_PORT   secrets, var/NAME/chautari.toml, var/NAME/environment
#   server_prepare                               migrations and the demo's stations, banks and packages
#   operator_prepare   operator_word NAME        the demo's super_admin, and what they sign in with
#   server_start   server_stop   server_kill     start returns when /health/ready says yes
#   city_start LOG ARGUMENTS...   city_wait
# shellcheck source=services.sh
source "$(dirname "${BASH_SOURCE[0]}")/services.sh"

build=${PROGRAM_DIR:-$root/build/release}

# The server signs tokens with Ed25519; the key's name (kid) is a short hash of its public half.
signing_key() {
  local keys=$state_dir/secrets/keys kid
  mkdir -p "$keys"  # in a folder nobody else can enter
  compgen -G "$keys/*.pem" >/dev/null && return
  (umask 077 && openssl genpkey -algorithm ed25519 -out "$keys/new")
  kid=$(openssl pkey -in "$keys/new" -pubout -outform DER | sha256sum | cut -c1-16)
  mv "$keys/new" "$keys/$kid.pem"
}

# server_configure HTTP_PORT OPERATIONS_PORT: the example configuration with what differs here in the
# environment. The environment holds names of secret files, never a secret; what the caller has set already
# wins.
server_configure() {
  http_port=$1 operations_port=$2
  http_url=http://127.0.0.1:$1
  operations_url=http://127.0.0.1:$2
  spool_dir=$state_dir/spool
  mkdir -p "$spool_dir"
  signing_key
  keep_secret "$state_dir/secrets/otp_pepper" random_hex 32
  install -m 644 "$root/config/chautari.example.toml" "$state_dir/chautari.toml"
  cat >"$state_dir/environment" <<END
CHAUTARI_ENVIRONMENT=demo
CHAUTARI_SERVER__HOST=127.0.0.1
CHAUTARI_SERVER__PORT=$http_port
CHAUTARI_SERVER__WEB_DIR=$root/build/web
CHAUTARI_OPERATIONS__PORT=$operations_port
CHAUTARI_DATABASE__HOST=127.0.0.1
CHAUTARI_DATABASE__PORT=$database_port
CHAUTARI_DATABASE__NAME=$database_name
CHAUTARI_DATABASE__USER=$database_user
CHAUTARI_DATABASE__PASSWORD_FILE=$state_dir/secrets/database_password
CHAUTARI_MQTT__HOST=127.0.0.1
CHAUTARI_MQTT__PORT=$mqtt_port
CHAUTARI_MQTT__USER=server
CHAUTARI_MQTT__PASSWORD_FILE=$state_dir/secrets/mqtt_server
CHAUTARI_MQTT__ACCOUNTS_USER=accounts
CHAUTARI_MQTT__ACCOUNTS_PASSWORD_FILE=$state_dir/secrets/mqtt_accounts
CHAUTARI_CABINETS__CONNECTS_PER_HOUR=100000
CHAUTARI_AUTH__KEYS_DIR=$state_dir/secrets/keys
CHAUTARI_AUTH__OTP_PEPPER_FILE=$state_dir/secrets/otp_pepper
CHAUTARI_MESSAGES__PROVIDER=spool
CHAUTARI_MESSAGES__SPOOL_DIR=$spool_dir
END
}

# server_environment: the lines above as arguments of env(1), without those the caller has set.
server_environment() {
  local line
  environment=()
  while IFS= read -r line; do
    [[ -v ${line%%=*} ]] || environment+=("$line")
  done <"$state_dir/environment"
}

chautari() { env "${environment[@]}" "$build/chautari" "$@" --config "$state_dir/chautari.toml"; }

server_prepare() {
  server_environment
  local log=$state_dir/log/server.log
  chautari migrate >>"$log" 2>&1 || fail "migration failed; see $log"
  chautari seed --demo >>"$log" 2>&1 || fail "seeding failed; see $log"
}

# operator_prepare: an operator who may do everything, made once; the password and TOTP secret stay in a file
# of ours, because nobody could show them again.
operator_prepare() {
  operator_file=$state_dir/operator.json
  keep_secret "$operator_file" \
    chautari operators create --json --email admin@demo.chautari.local --name 'Demo admin'
}

# operator_word NAME: email, password, totp_secret or otpauth_url of that operator.
operator_word() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$operator_file"; }

server_live() { curl -fs -m 2 -o "$state_dir/health" "$operations_url/health/live"; }
server_ready() { curl -fs -m 2 -o "$state_dir/health" "$operations_url/health/ready"; }
server_not_ready() { ! server_ready; }
server_up() { server_ready || not_running server; }

# server_launch: without waiting for anything.
server_launch() {
  server_environment
  launch server - "$state_dir/log/server.log" \
    env "${environment[@]}" "$build/chautari" serve --config "$state_dir/chautari.toml"
  server_pid=$!
}

server_start() {
  server_launch
  wait_for 60 server_up || true
  if ! server_ready; then
    tail -n 20 "$state_dir/log/server.log" >&2
    fail "the server is not ready; see $state_dir/log/server.log"
  fi
}

# server_stop: SIGTERM drains it: it stops accepting, finishes, flushes and ends with 0 within 30 s. Its exit
# status is the answer, also if it had ended before it was asked.
server_stop() {
  finish server TERM 30 || return 1
  wait "$server_pid"
}

server_kill() { kill_now server; }

# city_arguments: what every run of the city needs to find its way.
city_arguments() {
  city=("$build/bench_city" --http "$http_url" --spool "$spool_dir" --database "$database_conninfo"
    --mqtt "127.0.0.1:$mqtt_port")
  if [[ $cabinet_logins == own ]]; then
    city+=(--ask-for-login)
  else
    city+=(--mqtt-user cabinet --mqtt-password-file "$state_dir/secrets/mqtt_cabinet")
  fi
}

# city_start LOG ARGUMENTS...: in the background; city_wait gives its exit status.
city_start() {
  local log=$1
  shift
  city_arguments
  launch city - "$log" "${city[@]}" "$@"
  city_pid=$!
}

city_wait() { wait "$city_pid"; }

# city_stop: it counts what it has seen, says so and ends.
city_stop() { finish city TERM 20; }

# city_check: nothing but the question whether the database tells one consistent story.
city_check() {
  city_arguments
  "${city[@]}" --check-only
}

#!/usr/bin/env bash
# usage: tests/web/browser_test.sh [vitest arguments...]     for example: -t "maintenance"
# The operators' page in a real browser (Debian's Chromium), against the real server, PostgreSQL, mosquitto
# and a city in which some banks jam. What it saw is in build/test-output/web.
# shellcheck source=../system/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../system/lib.sh"
# shellcheck source=../../scripts/lib/web.sh
source "$root/scripts/lib/web.sh"

# operator NAME ROLE: what the command line prints about a new one is kept in secrets/operator_NAME.
operator() {
  keep_secret "$state_dir/secrets/operator_$1" \
    chautari operators create --email "$1@chautari.example" --name "${1^} of the tests" --role "$2" --json
}

# obey: the tests run elsewhere and ask for the server to be stopped and started; the answer is its end.
obey() {
  local order
  while read -r order <"$state_dir/orders"; do
    case $order in
      server-stop) server_stop || true ;;
      server-start) server_start ;;
      'done') return ;;
    esac
    say "$order" >"$state_dir/obeyed"
  done
}

# browse: the tests in the background, so that this shell can start and stop what they ask for. Their end is
# an order too.
browse() {
  mkfifo "$state_dir/orders" "$state_dir/obeyed"
  mkdir -p "$root/build/test-output/web"
  (
    cd "$root/tests/web" || exit 1
    status=0
    CHAUTARI_URL=$http_url CHAUTARI_STATE=$state_dir CHAUTARI_OUTPUT=$root/build/test-output/web \
      npx vitest run --dir browser "$@" || status=$?
    echo 'done' >"$state_dir/orders"
    exit "$status"
  ) &
  local browser=$!
  obey
  wait "$browser"
}

npm_packages "$root/tests/web"
web_build
# A rider of these tests takes the next cabinet when one jams, and may be quicker than riders are let.
export CHAUTARI_RENTALS__STARTS_PER_MINUTE=100
network_up web
for role in super_admin operator moderator finance; do operator "${role/super_/}" "$role"; done
city_start "$state_dir/log/city.log" --seed 5 --cabinets 30 --riders 40 --demo --faults none --fault jam=250
expect "the page does what operators need, in a browser" browse "$@"
expect "SIGTERM drains the server and it ends with 0" server_stop
all_passed

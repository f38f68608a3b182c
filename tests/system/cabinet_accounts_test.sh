#!/usr/bin/env bash
# A cabinet nobody knows calls, is approved by an operator, gets its login over HTTP and speaks to a real
# broker with it: nobody gets in before, it hears and says its own only, a new password or a revocation cuts
# it off, and what it claims over HTTP is in the inbox. A killed mosquitto keeps the logins.
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=operators.sh
source "$(dirname "${BASH_SOURCE[0]}")/operators.sh"

imei=861000000000777
other=861000000000778
sim=89000000000000000777

# signed PAIR...: the query of a cabinet's call, signed as cabinets do: pairs in byte order, joined by bars,
# MD5.
signed() {
  local text
  text=$(printf '%s\n' "$@" | LC_ALL=C sort | paste -sd'|' | tr -d '\n')
  printf '%s&sign=%s' "$(IFS='&' && say "$*")" "$(printf '%s' "$text" | md5sum | cut -c1-32)"
}

# calls STATUS METHOD PATH QUERY [BODY FILE]: what a cabinet asks; `answer` keeps what it is told.
calls() {
  local reply
  reply=$(curl -s -m 30 -w '\n%{http_code}' -X "$2" "$http_url$3?$4" \
    ${5:+-H 'Content-Type: text/plain' --data-binary "@$5"})
  answer=${reply%$'\n'*}
  [[ ${reply##*$'\n'} == "$1" ]] || { say "$3 was answered with $reply" && false; }
}

connect=/api/rentbox/client/connect
# connects STATUS [SIM]
connects() { calls "$1" POST "$connect" "$(signed "uuid=$imei" deviceId=0 "simUUID=${2-$sim}" simMobile=)"; }

# login: `password` of the last answer, which is a line of seven fields.
login() {
  local fields
  IFS=, read -ra fields <<<"$(sed -n 's/.*"data":"\([^"]*\)".*/\1/p' <<<"$answer")"
  [[ ${#fields[@]} == 7 && ${fields[0]} == "$imei" && ${fields[1]} == powerbank ]] || return 1
  [[ ${fields[3]} == "$mqtt_port" ]] && password=${fields[5]}
}

# as_cabinet PROGRAM ARGUMENTS...: mosquitto's client with the cabinet's login.
as_cabinet() {
  local program=$1
  shift
  timeout 10 "$program" -h 127.0.0.1 -p "$mqtt_port" -i "$imei" -u "$imei" -P "$password" "$@" \
    2>>"$state_dir/log/cabinet.log"
}
says() { as_cabinet mosquitto_pub -t "/powerbank/$1/user/update" -m x -q 1; }
gets_in() { as_cabinet mosquitto_pub -t "/powerbank/$imei/user/heart" -m x -q 1; }
stays_out() { ! gets_in; }

# hears_itself: what it publishes on its heart topic comes back.
hears_itself() {
  local heart=/powerbank/$imei/user/heart
  [[ $(as_cabinet mosquitto_rr -t "$heart" -e "$heart" -m beat) == beat ]]
}

found() { psql_owner "$database_name" <<<"$1"; }
# reports_of IMEI CONDITION: the inbox has some.
reports_of() { (($(found "select count(*) from cabinet_reports where cabinet = '$1' and $2") > 0)); }
nothing_of() { ! reports_of "$1" true; }

network_up cabinet_accounts
operator_prepare
expect "an operator signs in" sign_in

expect "a stranger gets no login" connects 403
expect "nor with a wrong sign" calls 401 POST "$connect" "uuid=$imei&deviceId=0&simUUID=&simMobile=&sign=0"
password=guess
expect "nor gets it into the broker" stays_out
ask GET '/api/admin/cabinets/unknown?status=WAITING'
expect "it is listed" grep -q "\"imei\":\"$imei\"" <<<"$answer"
ask POST "/api/admin/cabinets/unknown/$imei/approve" '{"station_name":"Jawalakhel",
  "serial_number":"LAL-9777","latitude":27.67,"longitude":85.31,"address":"Jawalakhel 4","total_slots":4}'
expect "an operator approves it" test "$status" == 201

expect "it gets its login" connects 200
expect "which is a line of seven fields" login
expect_soon "it gets in" gets_in
expect "its heart is echoed" hears_itself
expect "what it says for itself arrives" says "$imei"
expect_soon "in the inbox" reports_of "$imei" "door = 'mqtt'"
expect "what it says for another is lost without a word" says "$other"
expect "and in nobody's inbox" nothing_of "$other"

printf '\xA8\x00\x05\xAB\xA8' >"$state_dir/frame"
expect "what is no snapshot is not taken over HTTP" calls 500 POST /api/rentbox/client/upload \
  "$(signed "rentboxSN=$imei" signal=CSQ:21)" "$state_dir/frame"
expect "a claim is taken" calls 200 GET /api/rentbox/order/return \
  "$(signed "rentboxSN=$imei" singleSN=40000001 hole=2)"
expect "and is in the inbox" reports_of "$imei" "door = 'http' and error = 0"

expect "another SIM gets nothing" connects 403 89000000000000000001
mosquitto_kill
mosquitto_start "$mqtt_port"
expect_soon "its login outlives the broker" gets_in
expect_soon "the server is back" server_ready

# Its line for accounts comes back in its own time; until then an operator is told 503 and to try again.
rotates() {
  ask POST "/api/admin/stations/LAL-9777/broker-account" '{"action":"rotate","reason":"seen on a photograph"}'
  [[ $status == 200 || $status == 503 ]] || fail "a rotation is answered with $status"
  [[ $status == 200 ]]
}
old=$password
expect_soon "an operator rotates the password" rotates
expect "the old one ends at once" stays_out
expect "its own SIM brings it back" connects 200
expect "with another password" login
expect "which is new" test "$password" != "$old"
expect "it gets in" gets_in

ask POST "/api/admin/stations/LAL-9777/broker-account" '{"action":"revoke","reason":"stolen"}'
expect "an operator revokes the login" test "$status" == 200
expect "it stays out" stays_out
expect "it gets no other" connects 403
ask POST "/api/admin/stations/LAL-9777/broker-account" '{"action":"provision","reason":"found again"}'
expect "an operator lets it in" test "$status" == 200
expect "it gets one" connects 200
expect "a line of seven fields" login
expect "it gets in" gets_in
expect "no password is in the database or a log" secret_is_nowhere "$password"
expect "SIGTERM drains the server and it ends with 0" server_stop
all_passed

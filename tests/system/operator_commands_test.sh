#!/usr/bin/env bash
# An operator gives every kind of command over HTTP to cabinets behind a real broker while riders rent: each
# ends as it truly ended, a bank that is taken out is put back and found, and a Wi-Fi password stays nowhere.
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=operators.sh
source "$(dirname "${BASH_SOURCE[0]}")/operators.sh"

secret='never-to-be-found-1'

# gives STATUS PATH BODY: the command's id stays in `id`.
gives() {
  ask POST "/api/admin/stations/$station/$2" "$3"
  id=$(sed -n 's/.*"command":{"id":"\([^"]*\)".*/\1/p' <<<"$answer")
  [[ $status == "$1" ]] || { say "$2 was answered with $status: $answer" && false; }
}

# found SQL: the answer of the database.
found() { psql_owner "$database_name" <<<"$1"; }

has_state() { [[ $(found "select state from device_commands where id = '$1'") == "$2" ]]; }
is_online() {
  [[ $(found "select is_online from station_states join stations on id = station_id
              where serial = '$station'") == t ]]
}
has_bank() { [[ $(found "select status from power_banks where serial = $bank") == "$1" ]]; }
bank_is_home() {
  [[ $(found "select station_id is not null from power_banks where serial = $bank") == t ]]
}
nobody_paid() {
  [[ $(found "select count(*) from rentals where bank_serial = $bank
              and created_at > (select created_at from device_commands where id = '$ejection')") == 0 ]]
}

network_up operator_commands
operator_prepare
city_start "$state_dir/log/city.log" --seed 3 --cabinets 6 --riders 5 --seconds "${CITY_SECONDS:-45}" \
  --faults none
station=$(found "select serial from stations where not is_maintenance order by serial limit 1")
expect_soon "the cabinet is online" is_online
expect "an operator signs in" sign_in

expect "a check answers with the slots" gives 200 'check?wait=1' '{}'
expect "they are decoded" grep -q '"power_percent"' <<<"$answer"
expect "a scan answers with the networks" gives 200 'wifi/scan?wait=1' '{}'
expect "a comma in a name is part of it" grep -q '"Asan, upstairs"' <<<"$answer"
expect "volume is taken" gives 202 volume '{"volume":40}'
expect_soon "and nobody knows more" has_state "$id" UNANSWERED
expect "what no cabinet can do is 501" gives 501 command '{"command":"CLEAR_CACHE"}'
expect "an ejection wants a reason" gives 400 eject '{}'
expect "with one it is taken" gives 202 eject '{"reason":"swollen"}'
ejection=$id
expect_soon "the cabinet ejects" has_state "$ejection" CONFIRMED
bank=$(found "select bank_serial from device_commands where id = '$ejection'")
expect "the bank is MAINTENANCE" has_bank MAINTENANCE
expect_soon "somebody puts it back and it is found" bank_is_home
expect "it still is MAINTENANCE" has_bank MAINTENANCE
expect "another network is chosen" gives 202 wifi/connect \
  "{\"wifi_ssid\":\"shop-wifi\",\"wifi_password\":\"$secret\"}"
expect_soon "the cabinet comes back from there" has_state "$id" OK
expect_soon "it is online" is_online
expect "a restart is taken" gives 202 reboot '{}'
expect_soon "the cabinet comes back" has_state "$id" OK
expect "not twice in five minutes" gives 429 reboot '{}'
ask GET "/api/admin/stations/$station/commands?limit=50"
expect "the ledger lists them" grep -q "\"id\":\"$ejection\"" <<<"$answer"
ask GET "/api/admin/iot/logs?station_sn=$station"
expect "the inbox shows the scan" grep -q '"frame":"a8[0-9a-f]*cf' <<<"$answer"
expect "nobody paid for it" nobody_paid
expect "the password is nowhere" secret_is_nowhere "$secret"

expect "the city ends consistent" city_wait
expect "the books read afresh are consistent" city_check
expect "SIGTERM drains the server and it ends with 0" server_stop
all_passed

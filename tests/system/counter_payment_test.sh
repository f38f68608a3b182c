#!/usr/bin/env bash
# A rider without money rents at the counter: the start is refused with 402 and an intent, an operator takes
# the money, and the bank comes out by itself; confirmed once more, it is told the same and nothing happens.
# Another rider's payment is confirmed while the server is dead, and again when it lives.
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=operators.sh
source "$(dirname "${BASH_SOURCE[0]}")/operators.sh"

: "${http_url:=}" "${database_name:=}" "${spool_dir:=}"

found() { psql_owner "$database_name" <<<"$1"; }
spooled_code() {
  code=$(grep -lrF "\"$1\"" "$spool_dir" | xargs -r grep -ho '"otp":"[0-9]*"' | tail -n 1 | tr -dc 0-9)
  [[ -n $code ]]
}

# rider_signs_in NAME: the rider's token stays in `token`.
rider_signs_in() {
  local who="\"identifier\":\"$1@example.org\""
  token=''
  ask POST /api/auth/otp/request "{$who}" && wait_for 10 spooled_code "$1@example.org"
  ask POST /api/auth/otp/verify "{$who,\"otp\":\"$code\"}"
  ask POST /api/auth/complete \
    "{$who,\"verification_token\":\"$(field verification_token)\",\"username\":\"$1\"}"
  token=$(field access)
  [[ -n $token ]]
}

# with_key KEY METHOD PATH BODY: as ask, with an Idempotency-Key. A server that is dead answers nothing.
with_key() {
  local reply
  reply=$(curl -s -m 30 -w '\n%{http_code}' -X "$2" "$http_url$3" -H "Authorization: Bearer $token" \
    -H "Idempotency-Key: $1" -H 'Content-Type: application/json' -d "$4") || true
  status=${reply##*$'\n'} answer=${reply%$'\n'*}
}

# orders KEY: 402, and the intent's id stays in `intent`.
orders() {
  with_key "$1" POST /api/rentals/start "{\"station_sn\":\"$station\",\"package_id\":\"$package\",
    \"payment_mode\":\"direct\",\"payment_method_id\":\"$method\"}"
  intent=$(field intent_id)
  [[ $status == 402 && -n $intent ]]
}
# takes_the_money KEY AMOUNT RECEIPT
takes_the_money() {
  token=$operator
  with_key "$1" POST "/api/admin/payments/intents/$intent/confirm" "{\"amount\":\"$2\",\"reference\":\"$3\"}"
}
is_confirmed() {
  takes_the_money "$@"
  [[ $status == 200 ]] && grep -q '"status":"COMPLETED"' <<<"$answer"
}
has_order() {
  [[ $(found "select order_status from payment_intents where id = '$intent'") == "$1" ]]
}
is_active() {
  [[ $(found "select rental.status from rentals as rental join payment_intents on order_rental_id = rental.id
              where payment_intents.id = '$intent'") == ACTIVE ]]
}
rider_has() {
  [[ $(found "select coalesce(sum(balance), 0) from ledger_accounts
              join payment_intents on owner_id = rider_id
              where code = '2000' and payment_intents.id = '$intent'") == "$1" ]]
}

network_up counter_payment
operator_prepare
city_start "$state_dir/log/city.log" --seed 5 --cabinets 4 --riders 2 --seconds 120 \
  --settle 3 --faults none
station=$(found "select serial from stations where not is_maintenance order by serial limit 1")
package=$(found "select id from rental_packages where is_active and model = 'PREPAID' order by price limit 1")
price=$(found "select to_char(price / 100.0, 'FM999990.00') from rental_packages where id = '$package'")
expect_soon "the city rents" more_rentals_than ACTIVE 0
expect "an operator signs in" sign_in
operator=$token
ask GET /api/payments/methods
method=$(field id)

expect "a rider signs in" rider_signs_in asha
expect "without money a start is 402 with an intent" orders first
expect "the same key is told the same" orders first
expect "an operator takes the money" is_confirmed till "$price" R-1
expect_soon "the start went on by itself" has_order SUCCESS
expect_soon "and a bank came out" is_active
expect "confirmed once more, it is told the same" is_confirmed till "$price" R-1
expect "and by another hand too" is_confirmed other-till "$price" R-1
expect "nothing was paid in twice" rider_has 0

expect "another rider signs in" rider_signs_in bina
expect "and orders" orders first
takes_the_money till "$price" R-1
expect "a receipt pays once" test "$status" = 409
server_kill
takes_the_money till "$price" R-2
server_start
expect_soon "the server is ready again" server_ready
expect_soon "the operator tells it again" is_confirmed till "$price" R-2
expect_soon "it went on by itself, once" has_order SUCCESS
expect "and was paid once" rider_has 0

city_stop || true  # two banks are still out, which it would wait for
expect "the books read afresh are consistent" city_check
expect "SIGTERM drains the server and it ends with 0" server_stop
all_passed

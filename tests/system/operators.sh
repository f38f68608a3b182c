# shellcheck shell=bash
# What the tests need that act as an operator. Expects network_up and operator_prepare to have run.
: "${http_url:=}" "${build:=}" "${operator_file:=}" "${database_conninfo:=}" "${state_dir:=}"

# ask METHOD PATH [BODY]: `answer` and `status`.
ask() {
  local reply
  reply=$(curl -s -m 30 -w '\n%{http_code}' -X "$1" "$http_url$2" -H "Authorization: Bearer $token" \
    ${3:+-H 'Content-Type: application/json' -d "$3"})
  # shellcheck disable=SC2034  # for those who asked
  status=${reply##*$'\n'} answer=${reply%$'\n'*}
}

# field NAME: the first string of that name in the answer.
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" <<<"$answer" | head -n 1; }

sign_in() {
  local code
  code=$("$build/chautari" operators code --from "$operator_file")
  token=''
  ask POST /api/admin/login \
    "{\"email\":\"$(operator_word email)\",\"password\":\"$(operator_word password)\",\"totp\":\"$code\"}"
  token=$(field access)
  [[ -n $token ]]
}

# secret_is_nowhere SECRET: neither in the database's text nor in anybody's log.
secret_is_nowhere() {
  ! pg_dump "$database_conninfo" | grep -qF "$1" && ! grep -rqF "$1" "$state_dir/log"
}

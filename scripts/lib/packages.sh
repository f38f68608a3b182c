# shellcheck shell=bash
# The Debian 12 packages that building, running and testing need. libphonenumber-dev is not among them on
# purpose: it pulls in Boost 1.74 and conflicts with libboost1.81-dev. Nor is ccache: it is used where
# somebody has it; on an empty machine it would only write each object twice.
packages=(
  g++ cmake ninja-build mold git
  libcaf-dev libsoci-dev libpaho-mqttpp-dev libpaho-mqtt-dev libmosquitto-dev prometheus-cpp-dev
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev
  libtomlplusplus-dev libcli11-dev libspdlog-dev libfmt-dev libidn2-dev libssl-dev zlib1g-dev libpq-dev
  libargon2-dev liboath-dev
  libgtest-dev libbenchmark-dev
  mosquitto mosquitto-clients postgresql-15 openssl curl python3
  chromium fonts-noto-core
)
# The operators' page is built by Node.js 18 or later; whoever has one from elsewhere keeps it.
command -v npm >/dev/null || packages+=(nodejs npm)

# missing_packages: one name a line. Asks dpkg only, never the network.
missing_packages() {
  local package
  for package in "${packages[@]}"; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || say "$package"
  done
}

# without_starting_services COMMAND...: Debian starts a service as soon as its package is installed; ours are
# private and started by scripts/run. policy-rc.d is Debian's way to say no; whatever stood there before is
# put back.
# It runs in a subshell, so that its trap also answers a Ctrl-C.
without_starting_services() (
  policy=/usr/sbin/policy-rc.d
  before=$(mktemp)
  had_one=no
  if [[ -e $policy ]]; then
    had_one=yes
    "${as_root[@]}" cp -a "$policy" "$before"
  fi
  # shellcheck disable=SC2317  # called by the trap
  put_back() {
    "${as_root[@]}" rm -f "$policy"
    if [[ $had_one == yes ]]; then "${as_root[@]}" cp -a "$before" "$policy"; fi
    "${as_root[@]}" rm -f "$before"
  }
  trap put_back EXIT
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 755 "$policy"
  "$@"
)

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]})) || return 0
  command -v apt-get >/dev/null || fail "this is not Debian; please provide: ${missing[*]}"
  as_root=(env DEBIAN_FRONTEND=noninteractive)
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "neither root nor sudo; please install: ${missing[*]}"
    as_root=(sudo env DEBIAN_FRONTEND=noninteractive)
  fi
  say "installing: ${missing[*]}"
  "${as_root[@]}" apt-get -qq update
  without_starting_services \
    "${as_root[@]}" apt-get -qq install --yes --no-install-recommends --no-upgrade "${missing[@]}" </dev/null
}

#!/usr/bin/env bash
# mosquitto killed in the middle of everything: the server and the cabinets come back and subscribe again,
# frames the broker lost are replaced by snapshots.
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

network_up kill_mosquitto
city_survives mosquitto
all_passed

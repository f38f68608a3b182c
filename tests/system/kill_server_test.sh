#!/usr/bin/env bash
# A server killed in the middle of everything: what it acknowledged is stored, commands in flight are settled
# by evidence, and nothing is charged twice.
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

network_up kill_server
city_survives server
all_passed

#!/usr/bin/env bash
# PostgreSQL killed in the middle of everything: the server stays up and says so, requests get 503, an unknown
# commit is looked up and never guessed, and work goes on by itself.
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

network_up kill_postgres
city_survives postgres
all_passed

# shellcheck shell=bash
# How the fuzz targets are built, run and told of; for scripts/fuzz.

fuzz_targets=(cabinet_a8 http mqtt settings token websocket)
fuzz_build_dir=${FUZZ_BUILD:-$root/build/fuzz}
fuzz_dir=$root/var/fuzz

# Bytes of an input. Longer ones cost executions and find nothing: a frame is at most 4096 bytes, a token is
# refused above 2048 (a third less in clear), the example of all settings has 6000, and what an HTTP client
# or a WebSocket may say at length is repetition; their size limits have tests of their own (tests/server).
declare -A fuzz_bytes_max=(
  [cabinet_a8]=4100 [http]=4096 [mqtt]=4200 [settings]=8192 [token]=2600 [websocket]=4096
)

# Memory: what they hold is below 400 MiB with the sanitizers' share; more is growth, which is a finding.
fuzz_rss_mib=1200
# An input that takes so long is an endless loop; nothing here takes a second. So far above it because a
# machine that stops us for a measurement is none.
fuzz_input_seconds=600

fuzz_build() {
  command -v clang++-14 >/dev/null || fail "no clang++-14: apt-get install clang-14 libclang-rt-14-dev"
  [[ -v FUZZ_BUILD ]] || phase "build" "$root/scripts/build" fuzz "${@/%/_fuzz}"
}

# fuzz_run TARGET MINUTES: fails if an input broke something. Wall and CPU seconds in var/fuzz/TARGET.time.
fuzz_run() {
  local target=$1 seconds=$(($2 * 60)) status=0 pid TIMEFORMAT='%R %U %S'
  local found=$fuzz_dir/$target log=$fuzz_dir/$target.log
  mkdir -p "$found" "$fuzz_dir/artifacts"
  {
    time {
      nice -n 19 "$fuzz_build_dir/tests/fuzz/${target}_fuzz" -max_total_time="$seconds" \
        -max_len="${fuzz_bytes_max[$target]}" -rss_limit_mb=$fuzz_rss_mib -timeout=$fuzz_input_seconds \
        -dict="$root/tests/fuzz/$target.dict" -artifact_prefix="$fuzz_dir/artifacts/$target-" \
        -print_final_stats=1 -use_value_profile=1 "$found" "$root/tests/fuzz/corpus/$target" >"$log" 2>&1 &
      pid=$!
      say "$pid" >"$fuzz_dir/$target.pid"
      wait "$pid" || status=$?
    }
  } 2>"$fuzz_dir/$target.time"
  rm -f "$fuzz_dir/$target.pid"
  ((status == 0)) || say "$target broke: see $log"
  return "$status"
}

# fuzz_row TARGET: | target | wall | CPU | executions | cov | ft | corpus | crashes |
fuzz_row() {
  local target=$1 wall user system executions last crashes
  read -r wall user system <"$fuzz_dir/$target.time"
  executions=$(awk '/stat::number_of_executed_units/ {print $2}' "$fuzz_dir/$target.log")
  last=$(awk '
    / cov: / {for (i = 1; i < NF; ++i) if ($i ~ /^(cov|ft|corp):$/) v[$i] = $(i + 1)}
    END {sub(/\/.*/, "", v["corp:"]); print v["cov:"] " | " v["ft:"] " | " v["corp:"]}' \
    "$fuzz_dir/$target.log")
  # A "slow unit" met a machine that had no time for us; what never ends is a timeout.
  crashes=$(find "$fuzz_dir/artifacts" -name "$target-*" ! -name '*-slow-unit-*' | wc -l)
  printf '| %s | %.0f | %.0f | %s | %s | %s |\n' "$target" "$wall" \
    "$(awk "BEGIN {print $user + $system}")" "${executions:-?}" "$last" "$crashes"
}

fuzz_table() {
  local target
  say '| target | wall, s | CPU, s | executions | edges covered | features | corpus | inputs that broke it |'
  say '|---|---|---|---|---|---|---|---|'
  for target in "$@"; do fuzz_row "$target"; done
}

# fuzz_record MINUTES JOBS: of all targets that have run; what people wrote below "What it found" is kept.
fuzz_record() {
  local result=$root/bench/results/fuzz.md words target ran=()
  for target in "${fuzz_targets[@]}"; do [[ ! -f $fuzz_dir/$target.time ]] || ran+=("$target"); done
  words=$(sed -n '/^## What it found/,$p' "$result" 2>/dev/null || true)
  {
    say '# Hostile bytes: libFuzzer over everything that reads what others wrote'
    say ''
    say "- Commit of the checkout: $(git -C "$root" log -1 --format='%h, %cI')"
    say "- Machine: $(sed -n 's/^model name\s*: //p;T;q' /proc/cpuinfo | head -1), $(nproc) cores"
    say "- Programs: $(clang++-14 --version | head -1), -O1, Address- and UndefinedBehaviorSanitizer"
    say "- Command: \`scripts/fuzz --minutes $1 --jobs $2 --record\`, nice 19; CPU is what the machine left"
    say "- Limits: $fuzz_rss_mib MiB, $fuzz_input_seconds s and an input's bytes as in scripts/lib/fuzz.sh"
    say ''
    fuzz_table "${ran[@]}"
    say ''
    say "${words:-## What it found}"
  } >"$result.new"
  mv "$result.new" "$result"
  say "== written to ${result#"$PWD"/}"
}

# fuzz_shrink TARGET: only what adds coverage to the inputs that are checked in already.
fuzz_shrink() {
  local target=$1
  nice -n 19 "$fuzz_build_dir/tests/fuzz/${target}_fuzz" -merge=1 -max_len="${fuzz_bytes_max[$target]}" \
    "$root/tests/fuzz/corpus/$target" "$fuzz_dir/$target"
}

# Sourced by scripts that hold memory limits: runs steps, keeps their peaks, prints them as a table.
#
# The caller sets `scratch` to a folder of its own. Sizes are KiB, as the kernel counts resident pages.

measured_steps=()
declare -A measured_cpu=()  # seconds of all cores, by step
declare -A measured_peak=() # KiB, by step

need_program() {
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null && continue
        echo "error: the program $program is missing; ./bootstrap build installs packages.txt" >&2
        exit 2
    done
}

# keep_figures NAME SECONDS PEAK_KIB: one row of the table.
keep_figures() {
    measured_steps+=("$1 $2 $3")
    measured_peak[$1]=$3
}

# measure NAME EXPECTED_EXIT_CODE COMMAND...: output goes to $scratch/NAME.txt.
measure() {
    local name=$1 expected=$2 code=0 peak seconds user system
    shift 2
    /usr/bin/time --quiet --format '%e %M %U %S' --output "$scratch/figures" "$@" >"$scratch/$name.txt" 2>&1 || code=$?
    read -r seconds peak user system < <(tail -n 1 "$scratch/figures")
    measured_cpu[$name]=$(awk "BEGIN { print $user + $system }")
    keep_figures "$name" "$seconds" "$peak"
    if [ "$code" -ne "$expected" ]; then
        echo "error: $name ended with $code, expected $expected:" >&2
        tail -n 20 "$scratch/$name.txt" >&2
        exit 1
    fi
}

# start_server NAME BINARY DATA_FOLDER [OPTION...]: sets server_url and server_pid when the port accepts.
start_server() {
    local name=$1 binary=$2 data=$3 ready="$scratch/$1.ready.json" tries
    shift 3
    "$binary" serve --port 0 --data-dir "$data" --ready-file "$ready" "$@" >"$scratch/$name.txt" 2>&1 &
    server_pid=$!
    server_started=$SECONDS
    for ((tries = 0; tries < 200; ++tries)); do
        [ -s "$ready" ] && break
        sleep 0.05
    done
    server_url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$ready")
    [ -n "$server_url" ] || { echo "error: the server did not start:" >&2; cat "$scratch/$name.txt" >&2; exit 1; }
}

# stop_server NAME: takes its peak while it still runs, ends it by SIGTERM, expects exit code 0.
stop_server() {
    local name=$1 peak code=0
    peak=$(sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$server_pid/status")
    keep_figures "$name" "$((SECONDS - server_started))" "$peak"
    kill -TERM "$server_pid"
    wait "$server_pid" || code=$?
    server_pid=
    [ "$code" -eq 0 ] || { echo "error: the server ended with $code" >&2; exit 1; }
}

print_figures() {
    local row
    printf '\n%-24s %10s %12s\n' step seconds 'peak KiB'
    for row in "${measured_steps[@]}"; do
        # shellcheck disable=SC2086  # the three words of a row
        printf '%-24s %10s %12s\n' $row
    done
}

# within_limit LIMIT_KIB: says which steps are above it, and fails then.
within_limit() {
    local limit=$1 row name seconds peak code=0
    for row in "${measured_steps[@]}"; do
        read -r name seconds peak <<<"$row"
        [ "$peak" -le "$limit" ] && continue
        echo "$name took $peak KiB, the limit is $limit KiB"
        code=1
    done
    return "$code"
}

# within_growth SMALL LARGE LIMIT: says how much larger the peak of the step LARGE is, and fails above LIMIT times.
within_growth() {
    awk -v small="${measured_peak[$1]}" -v large="${measured_peak[$2]}" -v limit="$3" -v name="$2" -v than="$1" 'BEGIN {
        growth = large / small
        printf "%s: %.2f times the peak of %s%s\n", name, growth, than, growth <= limit ? "" : ", the limit is " limit
        exit !(growth <= limit)
    }'
}

#!/bin/sh
# Start of `hone --help`: fastest, median and slowest of 20, in milliseconds. Limit: 15 ms.
cd "$(dirname "$(readlink -f "$0")")/../.."
python3 - build/release/bin/hone <<'PY'
import subprocess, sys, time
times = []
for _ in range(20):
    start = time.perf_counter()
    subprocess.run([sys.argv[1], "--help"], stdout=subprocess.DEVNULL, check=True)
    times.append((time.perf_counter() - start) * 1e3)
times.sort()
print(f"hone --help: fastest {times[0]:.1f} ms, median {times[10]:.1f} ms, slowest {times[-1]:.1f} ms (limit 15 ms)")
PY

"""What Thirdplace takes when nobody asks anything: memory of all its processes, and CPU seconds a minute.

idle.py DATA [SECONDS]    serves the data folder, opens Today's address a few times, then lets it be. Also --help's CPU.
"""

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
import urllib.request

import psutil


def look(pid: int, cpu: dict[int, float]) -> dict[str, float]:
    """Megabytes of each process of the family (what they share is counted for each); its CPU seconds go into `cpu`."""
    sizes = {}
    for process in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
        with contextlib.suppress(psutil.Error):  # a worker that has grown makes room for a fresh one
            cpu[process.pid] = sum(process.cpu_times()[:2])
            sizes[f"{process.pid} {' '.join(process.cmdline()[3:])}"] = process.memory_info().rss / 1e6
    return sizes


def help_cpu() -> float:
    """CPU seconds of `thirdplace --help`, the best of five."""
    taken = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "thirdplace", "--help"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def main() -> None:
    """Serve, visit, wait, say."""
    data, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 60.0
    print(f"--help: {help_cpu():.3f} CPU s (asked: under 0.4)")
    env = {**os.environ, "THIRDPLACE_DATA": data, "THIRDPLACE_DEMO": "1"}
    begun = time.monotonic()
    served = subprocess.Popen(
        [sys.executable, "-m", "thirdplace", "serve", "--json"], env=env, stdout=subprocess.PIPE, text=True
    )
    assert served.stdout is not None
    address = json.loads(served.stdout.readline())["address"]
    print(f"up after {time.monotonic() - begun:.1f} s")
    try:
        jar = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        for path in ("", "stream", "members", "measures"):
            jar.open(address + path, timeout=30).read()
        time.sleep(5)
        used: dict[int, float] = {}
        look(served.pid, used)
        before, most = sum(used.values()), 0.0
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(1)
            told = look(served.pid, used)
            most = max(most, sum(told.values()))
        for name, size in told.items():
            print(f"  {size:6.0f} MB  {name}")
        print(f"together: {sum(told.values()):.0f} MB, at most {most:.0f} (asked: under 450)")
        print(f"idle: {(sum(used.values()) - before) * 60 / seconds:.2f} CPU s a minute (asked: under 2)")
    finally:
        begun = time.monotonic()
        served.send_signal(signal.SIGINT)
        served.wait()
        print(f"ended after {time.monotonic() - begun:.2f} s (asked: within 2)")


if __name__ == "__main__":
    main()

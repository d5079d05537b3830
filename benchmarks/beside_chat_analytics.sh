#!/bin/sh
# Reads the same Discord export with Thirdplace and with chat-analytics (npm), one after the other, and prints the CPU
# seconds and the peak memory of each, with the ratio of lake and readings.
#   beside_chat_analytics.sh EXPORT [FOLDER-FOR-NPM]
set -eu
export_folder="$1"; npm_folder="${2:-$(mktemp -d)}"; here="$(dirname "$0")"
python="${PYTHON:-$here/../.venv/bin/python}"
[ -x "$npm_folder/node_modules/.bin/chat-analytics" ] || (cd "$npm_folder" && npm install --silent chat-analytics >/dev/null)
ours="$("$python" "$here/import_million.py" "$export_folder" --phases first)"
theirs="$({ cd "$npm_folder" && /usr/bin/time -f '%U %S %M' ./node_modules/.bin/chat-analytics -p discord -i "$export_folder/*.json" -o "$npm_folder/out.html" >/dev/null; } 2>&1 | tail -1)"
printf 'ours:   %s\ntheirs: %s (user s, system s, peak kB)\n' "$ours" "$theirs"
"$python" - "$ours" "$theirs" <<'PYTHON'
import json, sys
ours, theirs = json.loads(sys.argv[1]), [float(each) for each in sys.argv[2].split()]
cpu = ours["cpu"]; core = cpu["read"] + cpu["lake"] + cpu["readings"]; other = theirs[0] + theirs[1]
print(f"lake and readings {core:.1f} CPU s, index {cpu['index']:.1f}; chat-analytics {other:.1f}: {other / core:.1f} times")
PYTHON

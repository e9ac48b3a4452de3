#!/usr/bin/env bash
# Outlives whoever started it by a moment: when its standard input ends, however that came about, it kills the server
# whose process id stands in the folder, with the server's own children, and removes the folder.
set -u
folder="$1"
trap '' INT TERM HUP
cat >/dev/null
pid="$(cat "$folder/pid" 2>/dev/null)"
# Only a process that works in the folder is ours: process ids are used again.
if [ -n "$pid" ] && [[ "$(readlink "/proc/$pid/cwd")/" == "$folder/"* ]]; then
  children="$(cat /proc/"$pid"/task/*/children 2>/dev/null)"
  # shellcheck disable=SC2086 # a list of numbers
  kill -KILL "$pid" $children 2>/dev/null
fi
rm -rf "$folder"

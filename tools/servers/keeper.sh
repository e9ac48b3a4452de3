#!/usr/bin/env bash
# Cleans up after a server: when standard input ends because the starting process has ended, it kills the server whose
# process id is in the folder, with the server's children, and removes the folder.
set -u
folder="$1"
trap '' INT TERM HUP
cat >/dev/null
pid="$(cat "$folder/pid" 2>/dev/null)"
# Process ids are reused: kill only a process whose working directory is in the folder.
if [ -n "$pid" ] && [[ "$(readlink "/proc/$pid/cwd")/" == "$folder/"* ]]; then
  children="$(cat /proc/"$pid"/task/*/children 2>/dev/null)"
  # shellcheck disable=SC2086 # a list of numbers
  kill -KILL "$pid" $children 2>/dev/null
fi
rm -rf "$folder"

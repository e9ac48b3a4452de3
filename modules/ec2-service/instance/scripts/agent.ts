/**
 * Drains the instance before it ends, and restarts a process that no longer answers. Polls the instance metadata, which needs no
 * permission. Sources: EC2 Auto Scaling user guide, "Retrieve the target lifecycle state through instance metadata"; EC2 user guide,
 * "Spot Instance interruption notices" (two minutes).
 */
export const AGENT = `#!/bin/bash
set -uo pipefail
. /usr/local/libexec/app/common
declare -A failing
advised='' interrupted='' drained=''
# Of the two minutes of a Spot notice, what the drain leaves for the group to deregister this instance first.
spare=$((105 - DRAIN_SEC))
mkdir -p "\${DRAINING%/*}"

drain() {
  [ -z "$drained" ] || return
  log "draining: $1"
  touch "$DRAINING"
  systemctl stop app-refresh.timer app-refresh.service
  systemctl stop 'app@*'
  drained=yes
  log "drained"
}

# A process that has not answered for the time of a boot is killed, and systemd starts another.
restart_hanging() {
  local number unit
  for ((number = 0; number < PROCESSES; number++)); do
    unit="app@$number"
    if [ "$(systemctl is-active "$unit")" != active ] || is_healthy $((FIRST_PORT + number)); then
      failing[$number]=
    elif [ -z "\${failing[$number]:-}" ]; then
      failing[$number]=$SECONDS
    elif [ $((SECONDS - failing[number])) -ge "$BOOT_SEC" ]; then
      log "process $number has not answered for $BOOT_SEC s"
      systemctl kill --kill-whom=main --signal=SIGKILL "$unit"
      failing[$number]=
    fi
  done
}

while true; do
  if [ "$(imds autoscaling/target-lifecycle-state)" = Terminated ]; then
    drain "the group ends this instance"
    complete_hook "$TERMINATING" CONTINUE
    exec sleep infinity
  fi
  if [ -z "$interrupted" ] && imds spot/instance-action >/dev/null; then
    log "Spot interruption notice"
    # The group deregisters an unhealthy instance and starts another; until it does, handshakes still succeed.
    touch "$DRAINING"
    interrupted=$SECONDS
    attempt 3 aws autoscaling set-instance-health --instance-id "$(instance_id)" --health-status Unhealthy \\
      --no-should-respect-grace-period
  elif [ -n "$interrupted" ] && [ $((SECONDS - interrupted)) -ge "$spare" ]; then
    drain "Spot interruption"
  elif [ -z "$advised" ] && imds events/recommendations/rebalance >/dev/null; then
    # With capacity rebalancing, the group starts another instance first and then ends this one.
    log "rebalance recommendation"
    advised=yes
  fi
  [ -e "$DRAINING" ] || restart_hanging
  sleep 5
done
`;

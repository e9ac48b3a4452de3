/** What the other scripts share; each sources it. The variable with the address of the instance metadata is that of AWS's SDKs; tests set it. */
export const COMMON = `. /etc/app/settings
IMDS="\${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}"
export AWS_DEFAULT_REGION="$REGION" AWS_PAGER=

log() { echo "$(date -u +%FT%TZ) $*"; }
die() { log "$*" >&2; exit 1; }

# Instance metadata, version 2; fails where there is no such value.
imds() {
  local token
  token="$(curl -fs -m 2 -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" "$IMDS/latest/api/token")" &&
    curl -fs -m 2 -H "X-aws-ec2-metadata-token: $token" "$IMDS/latest/meta-data/$1"
}

# attempt TIMES COMMAND...: repeats it every 3 s until it succeeds.
attempt() {
  local left="$1"
  shift
  until "$@"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 3
  done
}

is_healthy() { curl -fs -o /dev/null -m 5 "http://127.0.0.1:$1$HEALTH_PATH"; }

# until_healthy PORT: waits for the longest boot.
until_healthy() {
  local end=$((SECONDS + BOOT_SEC))
  until is_healthy "$1"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 1
  done
}

instance_id() { attempt 5 imds instance-id; }

# complete_hook HOOK RESULT: AWS refuses a second call, such as that of user data which runs again.
complete_hook() {
  local id
  id="$(instance_id)"
  attempt 3 aws autoscaling complete-lifecycle-action --auto-scaling-group-name "$GROUP" \\
    --lifecycle-hook-name "$1" --lifecycle-action-result "$2" --instance-id "$id" ||
    log "could not complete the lifecycle action of hook $1"
}
`;

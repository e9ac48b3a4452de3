/** Reads the secrets that a list names, `VARIABLE valueFrom` in each line, and writes them as an environment file that root alone may read. */
export const SECRETS = `#!/bin/bash
set -euo pipefail
. /usr/local/libexec/app/common
umask 077
list="$1" output="$2"
mkdir -p "\${output%/*}"

read_value() {
  local service region name key stage version
  IFS=: read -r _ _ service region _ _ name key stage version <<<"$1"
  if [ "$service" = ssm ]; then
    aws ssm get-parameter --with-decryption --name "$1" --region "$region" --output json | jq -c '.Parameter.Value'
  else
    set -- --secret-id "$(cut -d: -f1-6 <<<"$1"):$name" \${stage:+--version-stage "$stage"} \${version:+--version-id "$version"}
    aws secretsmanager get-secret-value "$@" --region "$region" --output json |
      jq -c --arg key "$key" '.SecretString | if $key == "" then . else fromjson[$key] end | tostring'
  fi
}

while read -r variable source; do
  [ -n "$variable" ] || continue
  value="$(attempt 5 read_value "$source")" || die "could not read $variable from $source"
  jq -r --arg name "$variable" '$name + "=\\"" + gsub("(?<c>[\\\\\\\\\\"$\`])"; "\\\\\\(.c)") + "\\""' <<<"$value"
done <"$list" >"$output.new"
mv "$output.new" "$output"
`;

/** Fetches the secrets again and, if one has changed, restarts the processes one after the other. */
export const REFRESH = `#!/bin/bash
set -euo pipefail
. /usr/local/libexec/app/common
current=/run/app/secrets.env
/usr/local/libexec/app/secrets /etc/app/secrets /run/app/fetched.env
if cmp -s "$current" /run/app/fetched.env; then
  rm /run/app/fetched.env
  exit
fi
log "a secret was rotated"
cp -p "$current" /run/app/previous.env
mv /run/app/fetched.env "$current"
if ! /usr/local/libexec/app/restart; then
  # The process that does not start is restarted with the values that worked; the next refresh tries again.
  mv /run/app/previous.env "$current"
  exit 1
fi
rm /run/app/previous.env
`;

/** Restarts the processes one after the other; each drains first. Stops at the first that does not become healthy. */
export const RESTART = `#!/bin/bash
set -euo pipefail
. /usr/local/libexec/app/common
for ((number = 0; number < PROCESSES; number++)); do
  [ ! -e "$DRAINING" ] || exit 0
  systemctl restart "app@$number"
  until_healthy $((FIRST_PORT + number)) || die "process $number is not healthy $BOOT_SEC s after its restart"
  log "process $number restarted"
done
`;

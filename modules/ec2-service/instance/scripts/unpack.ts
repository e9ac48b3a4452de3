/**
 * Unpacks the image into /opt/app/root and writes what its configuration says to /etc/app/image.env and to drop-ins of the units. ECR gives
 * out manifests and addresses of layers to whoever may pull; each is checked against its digest. Sources: ECR API reference, BatchGetImage
 * and GetDownloadUrlForLayer; OCI image specification, "Image Layer Filesystem Changeset" (whiteouts) and "Image Configuration".
 */
export const UNPACK = `#!/bin/bash
set -euo pipefail
. /usr/local/libexec/app/common

repository="\${IMAGE#*/}"
case "$repository" in
*@*) wanted="imageDigest=\${repository#*@}" repository="\${repository%%@*}" repository="\${repository%%:*}" ;;
*:*) wanted="imageTag=\${repository##*:}" repository="\${repository%:*}" ;;
*) die "expected a tag or a digest in $IMAGE" ;;
esac
IFS=. read -r account _ _ region _ <<<"\${IMAGE%%/*}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

ecr() {
  aws --region "$region" ecr "$@" --registry-id "$account" --repository-name "$repository" --output json
}
verify() { echo "\${2#sha256:}  $1" | sha256sum --check --status || die "the content of $2 in $IMAGE is not what its digest says"; }
manifest() {
  attempt 5 ecr batch-get-image --image-ids "$1" --accepted-media-types \\
    application/vnd.oci.image.manifest.v1+json application/vnd.docker.distribution.manifest.v2+json \\
    application/vnd.oci.image.index.v1+json application/vnd.docker.distribution.manifest.list.v2+json >"$work/answer"
  jq -e '.images[0]' "$work/answer" >/dev/null || die "no image $IMAGE: $(jq -c .failures "$work/answer")"
  jq -j '.images[0].imageManifest' "$work/answer" >"$work/manifest"
  digest="$(jq -r '.images[0].imageId.imageDigest' "$work/answer")"
  verify "$work/manifest" "$digest"
}
download() {
  ecr get-download-url-for-layer --layer-digest "$1" >"$work/answer" &&
    curl -fsS --max-time 300 -o "$2" "$(jq -r .downloadUrl "$work/answer")"
}
blob() {
  attempt 5 download "$1" "$2" || die "could not download $1 of $IMAGE"
  verify "$2" "$1"
}

manifest "$wanted"
if jq -e .manifests "$work/manifest" >/dev/null; then
  architecture="$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')"
  of_machine="$(jq -r --arg a "$architecture" \\
    'first(.manifests[] | select(.platform.os == "linux" and .platform.architecture == $a)).digest' "$work/manifest")"
  [ -n "$of_machine" ] || die "$IMAGE has nothing for $architecture"
  manifest "imageDigest=$of_machine"
fi
[ "$digest" != "$(cat /opt/app/digest 2>/dev/null)" ] || exit 0

blob "$(jq -r .config.digest "$work/manifest")" "$work/config"
root=/opt/app/root
rm -rf "$root"
mkdir -p "$root"
for layer in $(jq -r '.layers[].digest' "$work/manifest"); do
  blob "$layer" "$work/layer"
  { tar -tf "$work/layer" | grep -E '(^|/)\\.wh\\.' || true; } | while read -r path; do
    folder="$root/$(dirname "$path")" name="$(basename "$path")"
    if [ "$name" = .wh..wh..opq ]; then
      find "$folder" -mindepth 1 -delete
    else
      rm -rf "\${folder:?}/\${name#.wh.}"
    fi
  done
  tar -xpf "$work/layer" --numeric-owner --exclude='.wh.*' -C "$root"
done
mkdir -p "$root"/{proc,sys,dev,run,tmp,var/tmp,etc}
touch "$root/etc/resolv.conf" "$root/etc/hosts"

# In double quotes, as systemd reads them.
jq -r '.config.Env // [] | .[] | capture("(?<name>[^=]+)=(?<value>.*)"; "s")
  | .name + "=\\"" + (.value | gsub("(?<c>[\\\\\\\\\\"$\`])"; "\\\\\\(.c)")) + "\\""' "$work/config" >/etc/app/image.env

# exec_start COMMAND: as JSON; a program without a slash is looked up in the PATH of the image.
exec_start() {
  local program folders folder
  program="$(jq -r '.[0]' <<<"$1")"
  if [ "\${program#*/}" = "$program" ]; then
    IFS=: read -ra folders <<<"$(jq -r '.config.Env // [] | map(select(startswith("PATH=")))[0] // "PATH=/usr/local/bin:/usr/bin:/bin" | .[5:]' "$work/config")"
    for folder in "\${folders[@]}"; do
      [ ! -x "$root$folder/$program" ] || { program="$folder/$program" && break; }
    done
  fi
  jq -r --arg program "$program" '[$program] + .[1:]
    | map(gsub("%"; "%%") | gsub("\\\\$"; "$$") | @json) | join(" ")' <<<"$1"
}

# systemd takes only users that this machine knows; names are those of the image.
IFS=: read -r user group <<<"$(jq -r '.config.User // ""' "$work/config")"
number() { awk -F: -v name="$2" -v field="$3" '$1 == name || $3 == name { print $field; exit }' "$root/etc/$1" 2>/dev/null || true; }
[[ "$user" =~ ^[0-9]+$ ]] || user="$(number passwd "$user" 3)"
[ "\${user:-0}" != 0 ] || die "expected a user in $IMAGE that is not root: USER in its Dockerfile"
[ -n "$group" ] || group="$(number passwd "$user" 4)"
[[ "$group" =~ ^[0-9]+$ ]] || group="$(number group "$group" 3)"
group="\${group:-$user}"
getent group "$group" >/dev/null || groupadd --gid "$group" "app-$group"
getent passwd "$user" >/dev/null || useradd --no-create-home --shell /sbin/nologin --uid "$user" --gid "$group" "app-$user"

drop_in() {
  mkdir -p "/etc/systemd/system/$1.d"
  cat >"/etc/systemd/system/$1.d/image.conf" <<END
[Service]
User=$user
Group=$group
WorkingDirectory=$(jq -r '.config.WorkingDir // "" | if . == "" then "/" else . end' "$work/config")
ExecStart=$(exec_start "$2")
END
}
drop_in app@.service "$(jq -c '(.config.Entrypoint // []) + (.config.Cmd // [])' "$work/config")"
[ ! -e /etc/app/migration.json ] || drop_in app-migrate.service "$(cat /etc/app/migration.json)"
echo "$digest" >/opt/app/digest
`;

/** The part of the user data that runs once the files are written. It may run again, and then changes nothing that is in place. */
export const BOOT = `. /usr/local/libexec/app/common
finish() {
  if [ "$1" = 0 ]; then
    complete_hook "$LAUNCHING" CONTINUE
  else
    log "the boot failed with exit code $1"
    # It completes the terminating hook, too, or the group would wait for that.
    systemctl start app-agent
    complete_hook "$LAUNCHING" ABANDON
  fi
}
trap 'finish $?' EXIT

attempt 5 dnf -y -q install nginx jq tar gzip zstd logrotate awscli-2 amazon-cloudwatch-agent
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:/etc/app/cloudwatch.json ||
  log "the CloudWatch agent did not start"
install -m 644 /etc/app/nginx.conf /etc/nginx/nginx.conf
nginx -t -q
/usr/local/libexec/app/unpack
systemctl daemon-reload
if [ -e /etc/app/migration.json ]; then
  /usr/local/libexec/app/secrets /etc/app/migration.secrets /run/app/migration.env
  systemctl start app-migrate || die "the migration failed: /var/log/app/migration.log"
  rm -f /run/app/migration.env
fi
systemctl enable --now logrotate.timer
systemctl enable nginx
systemctl reload-or-restart nginx
for ((number = 0; number < PROCESSES; number++)); do
  systemctl enable --now "app@$number"
done
for ((number = 0; number < PROCESSES; number++)); do
  until_healthy $((FIRST_PORT + number)) || die "process $number is not healthy after $BOOT_SEC s: /var/log/app/process-$number.log"
done
is_healthy "$ENTRANCE_PORT" || die "nginx does not reach the processes: /var/log/nginx/error.log"
systemctl enable --now app-agent app-refresh.timer
log "ready"
`;

import { type InstanceProps } from "./props";

/** Time for a process to exit after its drain, in seconds, before systemd kills it. */
const STOP_HEADROOM_SEC = 5;
/** Share of the instance's memory that all processes together may use. The rest is for nginx, the agents and the page cache. */
const MEMORY_PERCENT = 85;
const OPEN_FILES = 65_536;

/**
 * What a container has in ECS: the image as a read-only root, a user that is not root, no capabilities and no new ones, a /tmp of its own.
 * User, group, folder and command are those of the image; `unpack` writes them to a drop-in.
 */
const CONTAINER = `RootDirectory=/opt/app/root
MountAPIVFS=yes
BindReadOnlyPaths=/etc/resolv.conf -/etc/hosts
PrivateTmp=yes
PrivateDevices=yes
ProtectSystem=strict
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
LimitNOFILE=${OPEN_FILES}
EnvironmentFile=/etc/app/image.env
EnvironmentFile=/etc/app/app.env`;

export function processUnit({ name, processes, drainSec }: InstanceProps): string {
  return `[Unit]
Description=Process %i of ${name}
Requires=app-secrets.service
# At shutdown the order is reversed: nginx ends after the processes have drained.
After=network-online.target app-secrets.service nginx.service
Wants=network-online.target
StartLimitIntervalSec=0
[Service]
${CONTAINER}
EnvironmentFile=/run/app/secrets.env
EnvironmentFile=/etc/app/process-%i.env
MemoryMax=${Math.floor(MEMORY_PERCENT / processes)}%
StandardOutput=append:/var/log/app/process-%i.log
StandardError=append:/var/log/app/process-%i.log
KillMode=mixed
TimeoutStopSec=${drainSec + STOP_HEADROOM_SEC}
Restart=always
RestartSec=2
[Install]
WantedBy=multi-user.target`;
}

export function migrationUnit(timeoutSec: number): string {
  return `[Unit]
Description=Migration
[Service]
Type=oneshot
${CONTAINER}
EnvironmentFile=/run/app/migration.env
StandardOutput=append:/var/log/app/migration.log
StandardError=append:/var/log/app/migration.log
TimeoutStartSec=${timeoutSec}`;
}

export const SECRETS_UNIT = `[Unit]
Description=Secrets of the processes
After=network-online.target
Wants=network-online.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/libexec/app/secrets /etc/app/secrets /run/app/secrets.env`;

export const REFRESH_UNIT = `[Unit]
Description=Restart of the processes, one after the other, when a secret was rotated
[Service]
Type=oneshot
ExecStart=/usr/local/libexec/app/refresh
StandardOutput=append:/var/log/app/instance.log
StandardError=append:/var/log/app/instance.log`;

/** At other moments on each instance, so that not all restart at once. */
export const REFRESH_TIMER = `[Timer]
OnActiveSec=15min
OnUnitActiveSec=15min
RandomizedDelaySec=5min
[Install]
WantedBy=timers.target`;

export const AGENT_UNIT = `[Unit]
Description=Drain before this instance ends
After=network-online.target nginx.service
Wants=network-online.target
[Service]
ExecStart=/usr/local/libexec/app/agent
StandardOutput=append:/var/log/app/instance.log
StandardError=append:/var/log/app/instance.log
Restart=always
RestartSec=5
[Install]
WantedBy=multi-user.target`;

export const LOG_ROTATION = `/var/log/app/*.log {
  size 50M
  rotate 2
  copytruncate
  missingok
  notifempty
}`;

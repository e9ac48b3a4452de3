import { gzipSync } from "node:zlib";
import { Fn, TerraformLocal } from "cdktf";
import { type Construct } from "constructs";
import { escapeTemplate } from "../../core/tokens";
import { cloudWatchConfiguration } from "./cloudwatch";
import { DRAINING_FILE, renderNginx } from "./nginx";
import { processNumbers } from "./process-numbers";
import { type InstanceProps } from "./props";
import { environmentLine, shellWord } from "./quoting";
import { AGENT } from "./scripts/agent";
import { BOOT } from "./scripts/boot";
import { COMMON } from "./scripts/common";
import { REFRESH, RESTART, SECRETS } from "./scripts/secrets";
import { UNPACK } from "./scripts/unpack";
import {
  AGENT_UNIT,
  LOG_ROTATION,
  migrationUnit,
  processUnit,
  REFRESH_TIMER,
  REFRESH_UNIT,
  SECRETS_UNIT,
} from "./units";

/**
 * Maximum size of user data before it is encoded in Base64; compressed data counts as it is.
 * Source: EC2 user guide, "Run commands when you launch an EC2 instance with user data input".
 */
export const MAX_USER_DATA_BYTES = 16_384;

const END = "END_OF_FILE";

/** Returns a word that is no line of the text, and so can end it. */
function endOf(text: string): string {
  const lines = new Set(text.split("\n"));
  let end = END;
  while (lines.has(end)) end += "_";
  return end;
}

/** Returns the size of user data as EC2 counts it: compressed, before it is encoded. A value that is known only at apply counts as its token. */
export function userDataBytes(script: string): number {
  return gzipSync(script).length;
}

interface InstanceFile {
  readonly path: string;
  readonly text: string;
  /** @default "644" */
  readonly mode?: string | undefined;
}

/**
 * Returns the user data as text of a Terraform template: tokens are left in it, and the `${` of the shell is escaped. It has about 20 KB;
 * `encodeUserData` compresses it.
 */
export function renderUserData(props: InstanceProps): string {
  return escapeTemplate(renderScript(props));
}

/**
 * Returns what the `user_data` of a launch template takes: compressed, which cloud-init detects, and in Base64. The text is in a local value,
 * because CDKTF's functions would escape it for a second time.
 *
 * @param userData from `renderUserData`
 */
export function encodeUserData(scope: Construct, id: string, userData: string): string {
  return Fn.base64gzip(new TerraformLocal(scope, id, userData).asString);
}

/** Returns the shell script as the instance runs it, once tokens are replaced. */
export function renderScript(props: InstanceProps): string {
  return [
    "#!/bin/bash",
    "set -euo pipefail",
    "mkdir -p /etc/app /run/app /opt/app /var/log/app /usr/local/libexec/app",
    ...filesOf(props).map(({ path, text, mode = "644" }) => {
      const end = endOf(text);
      return [`install -m ${mode} /dev/stdin ${path} <<'${end}'`, text.trimEnd(), end].join("\n");
    }),
    BOOT,
  ].join("\n");
}

function filesOf(props: InstanceProps): readonly InstanceFile[] {
  const { environment, secrets, migration, firstProcessPort } = props;
  const unit = (name: string, text: string): InstanceFile => ({ path: `/etc/systemd/system/${name}`, text });
  const script = (name: string, text: string): InstanceFile => ({
    path: `/usr/local/libexec/app/${name}`,
    text,
    mode: "755",
  });
  return [
    { path: "/etc/app/settings", text: settings(props) },
    { path: "/etc/app/app.env", text: environmentFile(environment) },
    { path: "/etc/app/secrets", text: secretList(secrets) },
    ...processNumbers(props).map((number) => ({
      path: `/etc/app/process-${number}.env`,
      text: environmentFile({
        PORT: `${firstProcessPort + number}`,
        HOSTNAME: "127.0.0.1",
        PROCESS_NUMBER: `${number}`,
      }),
    })),
    { path: "/etc/app/nginx.conf", text: renderNginx(props) },
    { path: "/etc/app/cloudwatch.json", text: JSON.stringify(cloudWatchConfiguration(props)) },
    { path: "/etc/logrotate.d/app", text: LOG_ROTATION },
    unit("app@.service", processUnit(props)),
    unit("app-secrets.service", SECRETS_UNIT),
    unit("app-refresh.service", REFRESH_UNIT),
    unit("app-refresh.timer", REFRESH_TIMER),
    unit("app-agent.service", AGENT_UNIT),
    ...(migration === undefined
      ? []
      : [
          { path: "/etc/app/migration.json", text: JSON.stringify(migration.command) },
          { path: "/etc/app/migration.secrets", text: secretList(migration.secrets) },
          unit("app-migrate.service", migrationUnit(migration.timeoutSec)),
        ]),
    script("common", COMMON),
    script("unpack", UNPACK),
    script("secrets", SECRETS),
    script("refresh", REFRESH),
    script("restart", RESTART),
    script("agent", AGENT),
  ];
}

function settings(props: InstanceProps): string {
  const { lifecycleHooks } = props;
  const values = {
    IMAGE: props.image,
    REGION: props.region,
    GROUP: props.autoScalingGroupName,
    LAUNCHING: lifecycleHooks.launching,
    TERMINATING: lifecycleHooks.terminating,
    ENTRANCE_PORT: `${props.entrancePort}`,
    FIRST_PORT: `${props.firstProcessPort}`,
    PROCESSES: `${props.processes}`,
    HEALTH_PATH: props.healthPath,
    BOOT_SEC: `${props.bootSec}`,
    DRAIN_SEC: `${props.drainSec}`,
    DRAINING: DRAINING_FILE,
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${shellWord(value)}`)
    .join("\n");
}

function environmentFile(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => environmentLine(name, value))
    .join("\n");
}

function secretList(secrets: Readonly<Record<string, string>>): string {
  return Object.entries(secrets)
    .map(([name, source]) => `${name} ${source}`)
    .join("\n");
}

import { type Checks, formatValue } from "../../core/checks";
import { LOG_RETENTION_DAYS } from "../../core/log-retention";
import { checkAllowedSecurityGroups } from "../../core/restricted-security-group";
import { isUnresolved, literal } from "../../core/tokens";
import { checkVpc } from "../../core/vpc";
import {
  checkDailyWindow,
  checkWeeklyWindow,
  parseDailyWindow,
  parseWeeklyWindow,
  windowsOverlap,
} from "../../core/windows";
import { auroraDefaults, type CompleteDatabaseProps, instanceDefaults } from "../defaults";
import { DATABASE_ENGINES, type DatabaseEngine, MAJOR_VERSIONS, majorVersionOf } from "../engine-versions";
import { ENGINE_TRAITS } from "../engine-traits";
import { AURORA_PROPS, INSTANCE_PROPS } from "../props";
import { isReservedDatabase } from "../reserved-names";
import { checkUser } from "./users";
import { checkAurora } from "./aurora";
import { checkInstance } from "./instance";
import { checkProxy } from "./proxy";

const WINDOW_MIN_MINUTES = 30;
const SWITCHES = [
  "deletionProtection",
  "skipFinalSnapshot",
  "performanceInsights",
  "autoMinorVersionUpgrade",
  "allowMajorVersionUpgrade",
  "applyImmediately",
] as const;
const MONITORING_INTERVALS_SEC = [0, 1, 5, 10, 15, 30, 60] as const;

/** @throws ConfigurationError with every problem of the props */
export function validateDatabase(checks: Checks, props: CompleteDatabaseProps): void {
  checks.baseName("name", props.name);
  checkNetwork(checks, props);
  checkIdentifier(checks, props.identifier);
  checkAllowedSecurityGroups(checks, "allowedSecurityGroups", props.allowedSecurityGroups);
  checkWindows(checks, props);
  checkOperations(checks, props);
  checkKeys(checks, props);
  checkEngine(checks, props);
  checks.throwIfInvalid();
}

/** Nothing that depends on the engine is judged when the engine itself is wrong. */
function checkEngine(checks: Checks, props: CompleteDatabaseProps): void {
  const { engine } = props;
  checks.require(DATABASE_ENGINES.includes(engine), {
    prop: "engine",
    expected: `one of ${DATABASE_ENGINES.join(", ")}`,
    got: formatValue(engine),
    remedy:
      'Names are AWS\'s own, in lower case: PostgreSQL on RDS is "postgres". It decides what is made, so it is a literal.',
  });
  if (!DATABASE_ENGINES.includes(engine)) return;
  checkVersion(checks, engine, props.engineVersion);
  checkNames(checks, props);
  checkLogs(checks, props);
  checkParameters(checks, props);
  checkProxy(checks, props);
  const { isCluster } = ENGINE_TRAITS[engine];
  checkForeignProps(checks, props, isCluster);
  if (isCluster) checkAurora(checks, { ...auroraDefaults, ...props });
  else checkInstance(checks, { ...instanceDefaults, ...props });
}

function checkNetwork(checks: Checks, { network }: CompleteDatabaseProps): void {
  if (!checks.required("network", network, "Pass a Network, or the result of existingNetwork().")) return;
  checkVpc(checks, network.vpcId);
  const remedy = "A subnet group spans at least two zones, or no standby could take over.";
  checks.subnets("network.isolatedSubnetIds", network.isolatedSubnetIds, { min: 2, max: 20 }, remedy);
}

function checkIdentifier(checks: Checks, identifier: string | undefined): void {
  if (identifier === undefined) return;
  // Log groups and the final snapshot are named after it at synth.
  const fits =
    typeof identifier === "string" && /^[a-z](-?[a-z0-9]){0,62}$/.test(identifier) && identifier.length <= 63;
  checks.require(fits, {
    prop: "identifier",
    expected: "a literal of at most 63 lower-case letters, digits and single hyphens, beginning with a letter",
    got: formatValue(identifier),
    remedy: "Leave it out for one made of the name.",
  });
}

function checkVersion(checks: Checks, engine: DatabaseEngine, version: string | undefined): void {
  if (version === undefined) return;
  const majors = MAJOR_VERSIONS[engine].map(({ major }) => major).join(", ");
  const known = !isUnresolved(version) && typeof version === "string" && majorVersionOf(engine, version) !== undefined;
  checks.require(known, {
    prop: "engineVersion",
    expected: `a literal version of ${engine} ${majors}, the major one alone or with its minor one`,
    got: formatValue(version),
    remedy:
      "AWS bills others for Extended Support, or does not have them; the parameter group is chosen by the major version.",
  });
}

function checkNames(checks: Checks, { engine, databaseName, masterUsername }: CompleteDatabaseProps): void {
  const { dialect, databaseNameMaxLength: max } = ENGINE_TRAITS[engine];
  const pattern = new RegExp(`^[a-z][a-z0-9_]{0,${max - 1}}$`);
  checks.matches(
    "databaseName",
    databaseName,
    pattern,
    `at most ${max} lower-case letters, digits and underscores, beginning with a letter`,
    'Use a name such as "messenger_crm".',
  );
  const name = literal(databaseName);
  checks.require(name === undefined || !isReservedDatabase(dialect, name), {
    prop: "databaseName",
    expected: "a name that the engine does not keep for itself",
    got: formatValue(databaseName),
    remedy: "It is a reserved word or a database that is there already.",
  });
  checkUser(checks, "masterUsername", masterUsername, engine);
}

function checkLogs(checks: Checks, { engine, logExports }: CompleteDatabaseProps): void {
  if (logExports === undefined) return;
  const { logs } = ENGINE_TRAITS[engine];
  const list: readonly string[] = Array.isArray(logExports) && !isUnresolved(logExports) ? logExports : [];
  const odd = list.filter((log, index) => !logs.includes(log) || list.indexOf(log) !== index);
  checks.require(odd.length === 0 && list === logExports, {
    prop: "logExports",
    expected: `logs of ${engine}, each once: ${logs.join(", ")}`,
    got: list === logExports ? odd.map(formatValue).join(", ") : formatValue(logExports),
    remedy: "Each log has a log group of its own, so the names are literals.",
  });
}

function checkParameters(checks: Checks, { engine, parameters }: CompleteDatabaseProps): void {
  const { forceTls } = ENGINE_TRAITS[engine];
  for (const [name, value] of Object.entries(parameters ?? {})) {
    const prop = `parameters.${name}`;
    checks.require(name !== forceTls.name, {
      prop,
      expected: "a parameter that the construct leaves open",
      got: formatValue(value),
      remedy: "TLS is always forced.",
    });
    checks.matches(prop, name, /^[a-z][a-z0-9_.]*$/, "the name of a parameter", "Spell it as the engine does.");
    const detailed = typeof value === "object" && value !== null;
    const text = detailed ? value.value : value;
    checks.require(typeof text === "string", {
      prop,
      expected: "a string, or an object with value and applyMethod",
      got: formatValue(value),
      remedy: 'RDS takes every value as text, such as "100".',
    });
    const method = detailed ? (value.applyMethod ?? "missing") : undefined;
    checks.oneOf(prop, method, ["immediate", "pending-reboot"], "Only dynamic parameters can apply immediately.");
  }
}

function checkWindows(checks: Checks, { backupWindow, maintenanceWindow }: CompleteDatabaseProps): void {
  checkDailyWindow(checks, "backupWindow", backupWindow, WINDOW_MIN_MINUTES);
  checkWeeklyWindow(checks, "maintenanceWindow", maintenanceWindow, WINDOW_MIN_MINUTES);
  const backup = isUnresolved(backupWindow) ? undefined : parseDailyWindow(backupWindow);
  const maintenance = isUnresolved(maintenanceWindow) ? undefined : parseWeeklyWindow(maintenanceWindow);
  if (!backup || !maintenance) return;
  checks.require(!windowsOverlap(backup, maintenance), {
    prop: "maintenanceWindow",
    expected: `a window apart from the backup's (${backupWindow})`,
    got: formatValue(maintenanceWindow),
    remedy: "RDS refuses windows that overlap; move one of the two.",
  });
}

function checkOperations(checks: Checks, props: CompleteDatabaseProps): void {
  for (const prop of SWITCHES) checks.literalBoolean(prop, props[prop]);
  checks.integer("port", props.port, { min: 1150, max: 65535 }, "RDS takes no port below 1150.");
  checks.integer(
    "backupRetentionDays",
    props.backupRetentionDays,
    { min: 1, max: 35, unit: "days" },
    "0 would switch backups off and delete those that exist.",
  );
  checks.oneOf(
    "logRetentionDays",
    props.logRetentionDays,
    LOG_RETENTION_DAYS,
    "Take a value that CloudWatch Logs knows.",
  );
  checks.oneOf(
    "enhancedMonitoringIntervalSec",
    props.enhancedMonitoringIntervalSec,
    MONITORING_INTERVALS_SEC,
    "0 switches it off.",
  );
  checks.literalOneOf(
    "databaseInsights",
    props.databaseInsights,
    ["standard", "advanced"],
    "Only these two modes exist.",
  );
  checks.require(props.databaseInsights !== "advanced" || props.performanceInsights !== false, {
    prop: "performanceInsights",
    expected: "true with databaseInsights advanced",
    got: formatValue(props.performanceInsights),
    remedy: "The advanced mode is built on Performance Insights.",
  });
}

function checkKeys(checks: Checks, props: CompleteDatabaseProps): void {
  for (const prop of ["kmsKeyArn", "masterUserSecretKmsKeyArn", "logsKmsKeyArn"] as const) {
    checks.arn(prop, props[prop], "kms", "Pass the ARN of a KMS key, not its id or alias.");
  }
}

function checkForeignProps(checks: Checks, props: CompleteDatabaseProps, isCluster: boolean): void {
  const foreign = isCluster ? INSTANCE_PROPS : AURORA_PROPS;
  const own = isCluster ? AURORA_PROPS : INSTANCE_PROPS;
  for (const prop of foreign) {
    checks.require(props[prop] === undefined, {
      prop,
      expected: `nothing with engine ${props.engine}`,
      got: formatValue(props[prop]),
      remedy: `${isCluster ? "Aurora Serverless v2" : "RDS"} is sized by ${own.join(", ")}.`,
    });
  }
}

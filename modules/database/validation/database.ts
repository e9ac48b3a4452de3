import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
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
import { SECURITY_GROUP_PREFIXES } from "../../core/reserved-prefixes";
import { auroraDefaults, type CompleteDatabaseProps, instanceDefaults } from "../defaults";
import { DATABASE_ENGINES, type DatabaseEngine, MAJOR_VERSIONS, majorVersionOf } from "../engine-versions";
import { ENGINE_TRAITS } from "../engine-traits";
import { AURORA_PROPS, INSTANCE_PROPS } from "../props";
import { isReservedDatabase } from "../reserved-names";
import { checkUser } from "./users";
import { checkAurora } from "./aurora";
import { checkInstance } from "./instance";
import { checkParameters } from "./parameters";
import { checkProxy } from "./proxy";

const WINDOW_MIN_MINUTES = 30;
const SWITCHES = [
  "deletionProtection",
  "skipFinalSnapshot",
  "deleteAutomatedBackups",
  "performanceInsights",
  "autoMinorVersionUpgrade",
  "allowMajorVersionUpgrade",
  "applyImmediately",
] as const;

/** @throws ConfigurationError with every problem of the props */
export function validateDatabase(checks: Checks, props: CompleteDatabaseProps): void {
  checks.baseName("name", props.name, SECURITY_GROUP_PREFIXES);
  checkNetwork(checks, props);
  checkIdentifier(checks, props.identifier);
  checkAllowedSecurityGroups(checks, "allowedSecurityGroups", props.allowedSecurityGroups);
  checkWindows(checks, props);
  checkOperations(checks, props);
  checkKeys(checks, props);
  checkEngine(checks, props);
  checks.throwIfInvalid();
}

/** Checks the engine; when it is wrong, nothing that depends on it is checked. */
function checkEngine(checks: Checks, props: CompleteDatabaseProps): void {
  const { engine } = props;
  checks.require(DATABASE_ENGINES.includes(engine), {
    code: isUnresolved(engine) ? "core/literal-required" : "core/not-one-of",
    prop: "engine",
    expected: `one of ${DATABASE_ENGINES.join(", ")}`,
    got: formatValue(engine),
    remedy:
      'Use AWS\'s name in lower case, such as "postgres" for PostgreSQL on RDS. It decides what is synthesized, so it must be a literal.',
  });
  if (!DATABASE_ENGINES.includes(engine)) return;
  checkVersion(checks, engine, props.engineVersion);
  checkNames(checks, props);
  checkLogs(checks, props);
  checkParameters(checks, props);
  checkProxy(checks, props);
  const { isCluster } = ENGINE_TRAITS[engine];
  checkPropsOfOtherEngines(checks, props, isCluster);
  if (isCluster) checkAurora(checks, { ...auroraDefaults, ...props });
  else checkInstance(checks, { ...instanceDefaults, ...props });
}

function checkNetwork(checks: Checks, { network }: CompleteDatabaseProps): void {
  if (!checks.required("network", network, "Pass a Network, or the result of existingNetwork().")) return;
  checkVpc(checks, network.vpcId);
  const remedy = "A subnet group spans at least two zones, so that a standby can take over.";
  checks.subnets("network.isolatedSubnetIds", network.isolatedSubnetIds, { min: 2, max: 20 }, remedy);
}

function checkIdentifier(checks: Checks, identifier: string | undefined): void {
  if (identifier === undefined) return;
  // A literal, because the names of log groups and of the final snapshot contain it.
  const fits =
    typeof identifier === "string" && /^[a-z](-?[a-z0-9]){0,62}$/.test(identifier) && identifier.length <= 63;
  checks.require(fits, {
    code: "database/identifier",
    prop: "identifier",
    expected: "a literal of at most 63 lower-case letters, digits and single hyphens, beginning with a letter",
    got: formatValue(identifier),
    remedy: "Omit it to derive the identifier from the name.",
  });
}

function checkVersion(checks: Checks, engine: DatabaseEngine, version: string | undefined): void {
  if (version === undefined) return;
  const majors = MAJOR_VERSIONS[engine].map(({ major }) => major).join(", ");
  const known = !isUnresolved(version) && typeof version === "string" && majorVersionOf(engine, version) !== undefined;
  checks.require(known, {
    code: "database/engine-version",
    prop: "engineVersion",
    expected: `a literal version of ${engine}: ${majors}, alone or with a minor version`,
    got: formatValue(version),
    remedy:
      "Other versions are billed for Extended Support or do not exist. The major version selects the parameter group.",
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
    "database/database-name",
  );
  const name = literal(databaseName);
  checks.require(name === undefined || !isReservedDatabase(dialect, name), {
    code: "database/reserved-name",
    prop: "databaseName",
    expected: "a name that the engine does not reserve",
    got: formatValue(databaseName),
    remedy: "It is a reserved word or an existing system database; choose another name.",
  });
  checkUser(checks, "masterUsername", masterUsername, engine);
}

function checkLogs(checks: Checks, { engine, logExports }: CompleteDatabaseProps): void {
  if (logExports === undefined) return;
  const { logs } = ENGINE_TRAITS[engine];
  const list: readonly string[] = Array.isArray(logExports) && !isUnresolved(logExports) ? logExports : [];
  const refused = list.filter((log, index) => !logs.includes(log) || list.indexOf(log) !== index);
  checks.require(refused.length === 0 && list === logExports, {
    code: "database/log-export",
    prop: "logExports",
    expected: `logs of ${engine}, each once: ${logs.join(", ")}`,
    got: list === logExports ? refused.map(formatValue).join(", ") : formatValue(logExports),
    remedy: "Each log gets its own log group, so the names must be literals.",
  });
}

function checkWindows(checks: Checks, { backupWindow, maintenanceWindow }: CompleteDatabaseProps): void {
  checkDailyWindow(checks, "backupWindow", backupWindow, WINDOW_MIN_MINUTES);
  checkWeeklyWindow(checks, "maintenanceWindow", maintenanceWindow, WINDOW_MIN_MINUTES);
  const backup = isUnresolved(backupWindow) ? undefined : parseDailyWindow(backupWindow);
  const maintenance = isUnresolved(maintenanceWindow) ? undefined : parseWeeklyWindow(maintenanceWindow);
  if (!backup || !maintenance) return;
  checks.require(!windowsOverlap(backup, maintenance), {
    code: "database/windows-overlap",
    prop: "maintenanceWindow",
    expected: `a window that does not overlap backupWindow (${backupWindow})`,
    got: formatValue(maintenanceWindow),
    remedy: "Move one of the two: RDS refuses windows that overlap.",
  });
}

function checkOperations(checks: Checks, props: CompleteDatabaseProps): void {
  for (const prop of SWITCHES) checks.literalBoolean(prop, props[prop]);
  checks.integer("port", props.port, { min: 1150, max: 65535 }, "RDS accepts no port below 1150.");
  checks.integer(
    "backupRetentionDays",
    props.backupRetentionDays,
    { min: 1, max: 35, unit: "days" },
    "0 would switch backups off and delete those that exist.",
  );
  checks.require(props.databaseInsights !== "advanced" || props.performanceInsights !== false, {
    code: "database/insights-mode",
    prop: "performanceInsights",
    expected: "true with databaseInsights advanced",
    got: formatValue(props.performanceInsights),
    remedy: "The advanced mode requires Performance Insights.",
  });
}

function checkKeys(checks: Checks, props: CompleteDatabaseProps): void {
  for (const prop of ["kmsKeyArn", "masterUserSecretKmsKeyArn", "logsKmsKeyArn"] as const) {
    checks.arn(prop, props[prop], ARN_TYPES.kmsKey, "Pass the ARN of a KMS key, not its id or alias.");
  }
}

function checkPropsOfOtherEngines(checks: Checks, props: CompleteDatabaseProps, isCluster: boolean): void {
  const foreign = isCluster ? INSTANCE_PROPS : AURORA_PROPS;
  const own = isCluster ? AURORA_PROPS : INSTANCE_PROPS;
  for (const prop of foreign) {
    checks.require(props[prop] === undefined, {
      code: "database/prop-of-other-engine",
      prop,
      expected: `nothing with engine ${props.engine}`,
      got: formatValue(props[prop]),
      remedy: `${isCluster ? "Aurora Serverless v2" : "RDS"} is sized by ${own.join(", ")}.`,
    });
  }
}

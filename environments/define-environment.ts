import { BUCKET_NAME, BUCKET_NAME_RULE } from "../modules/core/bucket-name";
import { Checks, formatValue } from "../modules/core/checks";
import { withoutRootDot } from "../modules/core/domain-name";
import { readProps } from "../modules/core/props";
import { checkEntrance } from "./check-entrance";
import { checkLiterals } from "./check-literals";
import { type Environment, type GivenEnvironment } from "./environment";
import { ENVIRONMENT } from "./environment-shape";
import { checkProduction } from "./production";
import { PROFILE_NAMES } from "./profiles";
import { isProfile, PROFILE_FIELDS, withProfile } from "./with-profile";

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
/** What each form of a part has to say; nothing is known of a form that does not exist. */
const DATABASE_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["postgres", ["instanceClass", "allocatedStorageGiB", "maxAllocatedStorageGiB", "multiAz", "backupRetentionDays"]],
  ["aurora-postgresql", ["minCapacityAcu", "maxCapacityAcu", "instanceCount", "backupRetentionDays"]],
]);
const CACHE_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["replication-group", ["nodeType", "replicas"]],
  ["cluster", ["nodeType", "replicas", "shards"]],
]);
/** What an environment may leave out. */
const OPTIONAL: readonly string[] = ["profile", "natInstance", "ipv6"] satisfies (keyof Environment)[];
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * Checks what no single construct can see: that the parts of an environment fit each other. Every fault comes in one error;
 * what concerns one construct alone is refused by that construct.
 *
 * @returns a frozen copy
 * @throws ConfigurationError naming the environment, each field and its remedy
 */
export function defineEnvironment(environment: GivenEnvironment): Environment {
  const checks = new Checks(`environments/${nameOf(environment)}`);
  // What is missing in it is what the checks below are for.
  const read = withProfile(
    readProps(checks, environment as Environment, ENVIRONMENT, { pattern: "fargate" }),
  ) as Environment;
  checkComplete(checks, read);
  checkLiterals(checks, read);
  checks.matches(
    "name",
    read.name,
    /^[a-z][a-z0-9]{1,11}$/,
    "2 to 12 lower-case letters and digits",
    'For example "dev".',
  );
  checks.require(read.name !== "registry", {
    prop: "name",
    expected: "a name that is not taken",
    got: formatValue(read.name),
    remedy: "The stack of the shared image repository has it.",
  });
  checks.oneOf("tier", read.tier, ["development", "production"], "It decides which rules hold.");
  checkPlace(checks, read);
  checkRelease(checks, read.release);
  checkEntrance(checks, read.entrance, read.region);
  checkSettings(checks, read);
  if (read.tier === "production") checkProduction(checks, read);
  checks.throwIfInvalid();
  return withPlainDomain(read);
}

function withPlainDomain(environment: Environment): Environment {
  const { entrance } = environment;
  if (entrance.kind === "insecure-http") return environment;
  const domainName = withoutRootDot(entrance.domainName);
  return Object.freeze({ ...environment, entrance: Object.freeze({ ...entrance, domainName }) });
}

/** For the error, before anything is known of what came. */
function nameOf(environment: unknown): string {
  const named = typeof environment === "object" && environment !== null && "name" in environment;
  return named && typeof environment.name === "string" && environment.name !== "" ? environment.name : "unnamed";
}

type Given = Partial<Environment>;

function checkComplete(checks: Checks, read: Given): void {
  checks.oneOf("profile", read.profile, PROFILE_NAMES, "Or leave it out, and give every field yourself.");
  // A profile that does not exist is one fault, not one for each field that it would have given.
  const given = read.profile !== undefined && !isProfile(read.profile) ? PROFILE_FIELDS : [];
  const optional = [...OPTIONAL, ...given];
  for (const field of Object.keys(ENVIRONMENT) as (keyof Environment)[]) {
    if (optional.includes(field)) continue;
    checks.required(field, read[field], "See environments/environment.ts for what it means.");
  }
}

function checkPlace(checks: Checks, { accountId, region, availabilityZones, state }: Given): void {
  checks.matches("accountId", accountId, /^\d{12}$/, "12 digits", "Find it with `aws sts get-caller-identity`.");
  checks.matches("region", region, REGION, "a region such as ap-northeast-1", "See `aws ec2 describe-regions`.");
  const foreign = (availabilityZones ?? []).filter((zone) => String(zone).slice(0, -1) !== region);
  checks.require(region === undefined || foreign.length === 0, {
    prop: "availabilityZones",
    expected: `zones of ${String(region)}`,
    got: foreign.join(", "),
    remedy: "Name zones of the environment's own region.",
  });
  const remedy = "Make one with versioning on; Terraform's state has to outlive everything else.";
  if (state && checks.required("state.bucket", state.bucket, remedy)) {
    checks.matches("state.bucket", state.bucket, BUCKET_NAME, `the name of an S3 bucket: ${BUCKET_NAME_RULE}`, remedy);
  }
}

function checkRelease(checks: Checks, release: string | undefined): void {
  const prop = "release";
  checks.matches(
    prop,
    release,
    /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
    "an image tag",
    'Use the version that was pushed, such as "0.1.0".',
  );
  checks.require(release !== "latest", {
    prop,
    expected: "an immutable tag",
    got: formatValue(release),
    remedy: "A rollback needs a name for what ran before: use the version that was pushed.",
  });
}

/** What the constructs take as optional and an environment has to say: their own checks judge the values. */
function checkSettings(checks: Checks, { database, cache, service, alarms }: Given): void {
  const remedy = "The app keeps its messages in PostgreSQL, on either of them.";
  checks.oneOf("database.engine", database?.engine, ["postgres", "aurora-postgresql"], remedy);
  checks.oneOf("cache.kind", cache?.kind, ["replication-group", "cluster"], "One shard, or several.");
  const needed = {
    database: { given: database, fields: DATABASE_FIELDS.get(database?.engine ?? "postgres") },
    cache: { given: cache, fields: CACHE_FIELDS.get(cache?.kind ?? "replication-group") },
    service: { given: service, fields: ["cpu", "memoryMiB", "minCount", "maxCount", "connectionsPerTask", "spot"] },
    alarms: { given: alarms, fields: ["emails"] },
  };
  for (const [part, { given, fields = [] }] of Object.entries(needed)) {
    if (given === undefined) continue;
    for (const field of fields) {
      const value = (given as Readonly<Record<string, unknown>>)[field];
      checks.required(`${part}.${field}`, value, "See environments/environment.ts for what it means.");
    }
  }
  for (const address of alarms?.emails ?? []) {
    checks.matches(
      "alarms.emails",
      address,
      EMAIL,
      "e-mail addresses",
      "Somebody there has to confirm the subscription.",
    );
  }
  checks.distinct("alarms.emails", alarms?.emails, "address", "Remove the repeated one.");
}

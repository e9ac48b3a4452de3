import { Checks, show } from "../modules/core/checks";
import { type Environment } from "./environment";

const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const BUCKET = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/;

/**
 * Checks what no single construct can see: that the parts of an environment fit each other. Every fault comes in one error;
 * what concerns one construct alone is refused by that construct.
 *
 * @throws ConfigurationError naming the environment, each field and its remedy
 */
export function defineEnvironment(environment: Environment): Environment {
  const checks = new Checks(`environments/${environment.name}`);
  checks.matches(
    "name",
    environment.name,
    /^[a-z][a-z0-9]{1,11}$/,
    "2 to 12 lower-case letters and digits",
    'For example "dev".',
  );
  checks.matches(
    "accountId",
    environment.accountId,
    /^\d{12}$/,
    "12 digits",
    "Find it with `aws sts get-caller-identity`.",
  );
  checks.matches(
    "region",
    environment.region,
    REGION,
    "a region such as ap-northeast-1",
    "See `aws ec2 describe-regions`.",
  );
  const foreign = environment.availabilityZones.filter((zone) => zone.slice(0, -1) !== environment.region);
  checks.require(foreign.length === 0, {
    prop: "availabilityZones",
    expected: `zones of ${environment.region}`,
    got: foreign.join(", "),
    remedy: "Name zones of the environment's own region.",
  });
  checks.matches(
    "state.bucket",
    environment.state.bucket,
    BUCKET,
    "the name of an S3 bucket",
    "Make one with versioning on; Terraform's state has to outlive everything else.",
  );
  checkRelease(checks, environment);
  checkEntrance(checks, environment);
  if (environment.tier === "production") checkProduction(checks, environment);
  checks.done();
  return environment;
}

function checkRelease(checks: Checks, { release }: Environment): void {
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
    got: show(release),
    remedy: "A rollback needs a name for what ran before: use the version that was pushed.",
  });
}

function checkEntrance(checks: Checks, { entrance, region }: Environment): void {
  if (entrance.kind === "insecure-http") return;
  checks.matches(
    "entrance.domainName",
    entrance.domainName,
    DOMAIN,
    "a domain name with no scheme, such as crm.example.com",
    "Write an international name in its xn-- form.",
  );
  checks.arn(
    "entrance.certificateArn",
    entrance.certificateArn,
    "acm",
    "Request a certificate for the domain in ACM and pass its ARN.",
  );
  checks.require(entrance.certificateArn.split(":")[3] === region, {
    prop: "entrance.certificateArn",
    expected: `a certificate in ${region}`,
    got: show(entrance.certificateArn),
    remedy: "A load balancer takes certificates of its own region only.",
  });
}

function checkProduction(
  checks: Checks,
  { entrance, service, database, cache, alarms, disposable }: Environment,
): void {
  const must = (holds: boolean, prop: string, expected: string, got: unknown, remedy: string) =>
    checks.require(holds, { prop, expected: `${expected} in production`, got: show(got), remedy });
  must(entrance.kind === "https", "entrance", "https", entrance.kind, "Give it a domain and a certificate.");
  must(
    !disposable,
    "disposable",
    "false",
    disposable,
    "Deletion protection and final snapshots are what it turns off.",
  );
  must(
    service.minCount >= 2,
    "service.minCount",
    "at least 2",
    service.minCount,
    "One task is an outage at every failure.",
  );
  must(
    database.multiAz,
    "database.multiAz",
    "true",
    database.multiAz,
    "A failed zone would take the messages with it.",
  );
  must(
    cache.replicas >= 1,
    "cache.replicas",
    "at least 1",
    cache.replicas,
    "Without a replica there is nothing to fail over to.",
  );
  must(
    alarms.emails.length > 0,
    "alarms.emails",
    "at least one address",
    alarms.emails,
    "An alarm that nobody hears is none.",
  );
}

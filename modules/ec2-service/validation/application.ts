import { parseArn } from "../../core/arn";
import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { checkHeartbeat } from "../../core/heartbeat";
import { NO_DOT_SEGMENTS } from "../../core/path";
import { isUnresolved } from "../../core/tokens";
import { ecrRepositoryArn } from "../../ecs/image";
import { checkCommand, checkImage, checkSeconds } from "../../ecs/validation/container";
import { checkEnvironment, checkReasons } from "../../ecs/validation/environment";
import { checkIdentityStatements } from "../../ecs/validation/policy-statement";
import { checkList } from "../../ecs/validation/shape";
import { LONGEST_LAUNCH_SEC, LONGEST_SPOT_DRAIN_SEC } from "../budget";
import { type CompleteEc2ServiceProps } from "../defaults";
import { checkLiteralInteger } from "./literal-integer";

/** Variables that an instance sets in each of its processes. */
const VARIABLES_OF_INSTANCE = ["PORT", "HOSTNAME", "PROCESS_NUMBER"];
const READERS = "read the launch template";

/** Checks what an instance runs. */
export function checkApplication(checks: Checks, props: CompleteEc2ServiceProps): void {
  checkImage(checks, props);
  checkRegistry(checks, props);
  checkVariables(checks, props);
  checkTimes(checks, props);
  checkMigration(checks, props);
  checkTraffic(checks, props);
  checkAccess(checks, props);
}

function checkRegistry(checks: Checks, { image, repositoryArn }: CompleteEc2ServiceProps): void {
  const literal = typeof image === "string" && !isUnresolved(image);
  checks.require(!literal || ecrRepositoryArn(image) !== undefined || parseArn(repositoryArn ?? "") !== undefined, {
    code: "ec2-service/image-registry",
    prop: "image",
    expected: "an image in a private repository of ECR",
    got: formatValue(image),
    remedy: "Push it to ECR: instances fetch its layers through ECR's API.",
  });
}

function checkVariables(checks: Checks, props: CompleteEc2ServiceProps): void {
  const { environment, secrets, plainTextReasons } = props;
  checkEnvironment(checks, { prefix: "", environment, secrets, plainTextReasons, readers: READERS });
  checkReasons(checks, { plainTextReasons, environment });
  for (const name of [...Object.keys(environment), ...Object.keys(secrets)]) {
    checks.require(!VARIABLES_OF_INSTANCE.includes(name), {
      code: "ec2-service/variable-of-instance",
      prop: name in environment ? "environment" : "secrets",
      expected: `no ${VARIABLES_OF_INSTANCE.join(", ")}`,
      got: formatValue(name),
      remedy: "Leave it out: an instance gives each process its own.",
    });
  }
}

function checkTimes(checks: Checks, { bootSec, drainSec, migration, spot }: CompleteEc2ServiceProps): void {
  checkSeconds(checks, "bootSec", bootSec, { min: 1, max: 3600 });
  const max = spot ? LONGEST_SPOT_DRAIN_SEC : 3600;
  if (checks.required("drainSec", drainSec, "Take the figure from the app.")) {
    const fits = !isUnresolved(drainSec) && Number.isInteger(drainSec) && drainSec >= 0 && drainSec <= max;
    checks.require(fits, {
      code: "ec2-service/drain-budget",
      prop: "drainSec",
      expected: `a literal whole number from 0 to ${max} seconds${spot ? " with spot" : ""}`,
      got: formatValue(drainSec),
      remedy: spot ? "EC2 ends a Spot instance 120 s after its notice." : "Budgets are computed from it at synth.",
    });
  }
  const launch = bootSec + (migration?.timeoutSec ?? 0);
  checks.require(!Number.isFinite(launch) || launch <= LONGEST_LAUNCH_SEC, {
    code: "ec2-service/launch-budget",
    prop: "bootSec",
    expected: `at most ${LONGEST_LAUNCH_SEC} s together with migration.timeoutSec`,
    got: formatValue(launch),
    remedy: "Run a long migration before the deployment.",
  });
}

function checkMigration(checks: Checks, { migration, environment, plainTextReasons }: CompleteEc2ServiceProps): void {
  if (!migration) return;
  if (checks.required("migration.command", migration.command, 'For example ["node", "migrate.js"].')) {
    checkCommand(checks, "migration.command", migration.command);
  }
  checkSeconds(checks, "migration.timeoutSec", migration.timeoutSec, { min: 2, max: 3600 });
  const { secrets } = migration;
  checkEnvironment(checks, { prefix: "migration.", environment: {}, secrets, plainTextReasons, readers: READERS });
  for (const name of Object.keys(secrets).filter((secret) => secret in environment)) {
    checks.add({
      code: "ecs/variable-in-both",
      prop: `migration.secrets.${name}`,
      expected: "a variable in either environment or secrets",
      got: "one in both",
      remedy: "The migration receives environment, too: take it out of there.",
    });
  }
}

/** What may be part of a location in nginx's configuration without quotes. */
const PATH = new RegExp(String.raw`^\/${NO_DOT_SEGMENTS}[A-Za-z0-9._~/-]*$`);

function checkTraffic(checks: Checks, props: CompleteEc2ServiceProps): void {
  const { healthPath, socketPath, heartbeat, maxMessageBytes, keepAliveTimeoutSec } = props;
  const path = (prop: string, value: string, isLegal: boolean, expected: string) =>
    checks.require(isLegal, {
      code: "ec2-service/path",
      prop,
      expected,
      got: formatValue(value),
      remedy: "It becomes a location of nginx.",
    });
  path(
    "healthPath",
    healthPath,
    PATH.test(healthPath) && !isUnresolved(healthPath),
    "a literal path such as /api/health",
  );
  const isSocketPath = PATH.test(socketPath) && !isUnresolved(socketPath) && /^\/.+\/$/.test(socketPath);
  path("socketPath", socketPath, isSocketPath, "a literal path with a slash at both ends, such as /socket.io/");
  checkHeartbeat(checks, "heartbeat", heartbeat);
  const size = { min: 1024, max: 100_000_000, unit: "bytes" };
  checkLiteralInteger(checks, "maxMessageBytes", maxMessageBytes, {
    range: size,
    remedy: "Take maxHttpBufferSize from the app.",
  });
  const idle = { min: 1, max: 4000, unit: "seconds" };
  checkLiteralInteger(checks, "keepAliveTimeoutSec", keepAliveTimeoutSec, {
    range: idle,
    remedy: "Longer than the load balancer's own.",
  });
}

function checkAccess(checks: Checks, props: CompleteEc2ServiceProps): void {
  checks.arn("kmsKeyArn", props.kmsKeyArn, ARN_TYPES.kmsKey, "Pass the ARN of a KMS key, not its id or alias.");
  if (checkList(checks, "secretKmsKeyArns", props.secretKmsKeyArns)) {
    for (const arn of props.secretKmsKeyArns) {
      checks.arn("secretKmsKeyArns", arn, ARN_TYPES.kmsKey, "Pass ARNs of KMS keys, not ids or aliases.");
    }
  }
  const { instancePolicyStatements, metricsNamespace } = props;
  if (checkList(checks, "instancePolicyStatements", instancePolicyStatements)) {
    checkIdentityStatements(checks, "instancePolicyStatements", instancePolicyStatements);
  }
  if (checks.required("metricsNamespace", metricsNamespace, "For example the application's own, with /Instances.")) {
    // Source: CloudWatch API reference, PutMetricData.Namespace; AWS/ is for AWS's own.
    const expected = "a namespace such as MyApp/Instances, not of AWS";
    checks.matches(
      "metricsNamespace",
      metricsNamespace,
      /^(?!AWS\/|:| )[\w.\-/#: ]{0,254}[\w.\-/#:]$/,
      expected,
      "Choose another.",
    );
  }
}

import { type CalledService, servicesOfStatements } from "../ecs/aws-services";
import { type SecretSource, serviceOf } from "../ecs/secrets";
import { type CompleteEc2ServiceProps } from "./defaults";

/** AWS services that every instance calls, by the short names of their interface endpoints. Packages and image layers come from S3. */
const ALWAYS: readonly CalledService[] = [
  { service: "ecr.api", usedBy: "image" },
  { service: "autoscaling", usedBy: "the lifecycle hooks" },
  { service: "ec2", usedBy: "the CloudWatch agent" },
  { service: "logs", usedBy: "the CloudWatch agent" },
  { service: "monitoring", usedBy: "the CloudWatch agent" },
  { service: "ssm", usedBy: "Session Manager" },
  { service: "ssmmessages", usedBy: "Session Manager" },
];

/** Returns the AWS services that instances call to start and to run, each once. */
export function calledServices(props: CompleteEc2ServiceProps): readonly CalledService[] {
  const { secrets, migration, instancePolicyStatements } = props;
  const sources: readonly (readonly [string, SecretSource])[] = [
    ...Object.entries(secrets).map(([name, source]) => [`secrets.${name}`, source] as const),
    ...Object.entries(migration?.secrets ?? {}).map(([name, source]) => [`migration.secrets.${name}`, source] as const),
  ];
  const called = [
    ...ALWAYS,
    ...sources.map(([usedBy, source]) => ({ service: serviceOf(source), usedBy })),
    ...servicesOfStatements(instancePolicyStatements, "instancePolicyStatements"),
  ];
  return called.filter(({ service }, index) => called.findIndex((other) => other.service === service) === index);
}

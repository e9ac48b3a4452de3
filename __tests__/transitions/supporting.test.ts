import {
  LogBucket,
  type LogBucketProps,
  Registry,
  type RegistryProps,
  Secrets,
  type SecretsProps,
} from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";

const accountId = "123456789012";

itChanges([
  ...sweep<LogBucketProps>(
    "LogBucket",
    (props) =>
      (scope, { name }) =>
        new LogBucket(scope, "logs", { name, accountId, writers: ["load-balancer"], ...props }),
    {
      retentionDays: [30],
      prefixes: [["alb"]],
      forceDestroy: [true],
      writers: [["load-balancer", "vended-logs"], ["vended-logs"]],
    },
  ),
  ...sweep<RegistryProps>(
    "Registry",
    (props) =>
      (scope, { name }) =>
        new Registry(scope, "images", { repositoryName: name, ...props }),
    { keepTaggedImages: [5], expireUntaggedAfterDays: [3], pullAccountIds: [["210987654321"]] },
  ),
  ...sweep<SecretsProps>(
    "Secrets",
    (props) =>
      (scope, { name }) =>
        new Secrets(scope, "secrets", { name, external: { smtp: { description: "Mail relay" } }, ...props }),
    {
      generated: [{ session: { description: "Signs sessions" } }],
      external: [{ smtp: { description: "Relay" }, sms: { description: "Text messages" } }],
      recoveryWindowDays: [7],
      allowImmediateDeletion: [true],
    },
  ),
]);

import { ARN_TYPES } from "../../core/arn-types";
import { type Checks } from "../../core/checks";
import { checkProvider } from "../../core/provider";
import { type CompleteAlarmTopicProps } from "../alarm-topic/defaults";
import { checkSubscriptions } from "./subscriptions";

/** @throws ConfigurationError with every problem of the props */
export function validateAlarmTopic(checks: Checks, props: CompleteAlarmTopicProps): void {
  checks.baseName("name", props.name);
  checkProvider(checks, "provider", props.provider);
  checks.arn(
    "kmsKeyArn",
    props.kmsKeyArn,
    ARN_TYPES.kmsKey,
    "Pass the ARN of a KMS key, not its id or alias.",
    props.provider,
  );
  checkSubscriptions(checks, props.subscriptions);
  checks.throwIfInvalid();
  if (Object.keys(props.subscriptions).length === 0) {
    checks.warn(
      "no subscriptions: nobody is notified of an alarm. Add at least one subscription, for example an e-mail address.",
    );
  }
}

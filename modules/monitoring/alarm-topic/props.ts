import { type TerraformProvider } from "cdktf";
import * as kind from "../../core/kinds";

export const PROTOCOLS = ["email", "https", "sqs", "lambda"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export interface Subscription {
  readonly protocol: Protocol;
  /** An e-mail address, an https URL, or the ARN of the queue or function. An e-mail subscription must be confirmed by its link. */
  readonly endpoint: string;
}

export interface AlarmTopicProps {
  /** Stem of the topic's name. */
  readonly name: string;
  /**
   * Receivers of alarms, by a name of your own: `{ "on-call": { protocol: "email", endpoint: "ops@example.com" } }`.
   * @default none, with a warning
   */
  readonly subscriptions?: Readonly<Record<string, Subscription>> | undefined;
  /**
   * Customer managed key for the messages; its policy must allow CloudWatch and EventBridge to use it. The key `alias/aws/sns` cannot
   * allow them, and alarms would be dropped silently.
   * @default no encryption beyond that of SNS's own storage
   */
  readonly kmsKeyArn?: string | undefined;
  /**
   * Provider of another region, for alarms there: an alarm notifies topics of its own region only.
   * @default the stack's provider
   */
  readonly provider?: TerraformProvider | undefined;
}

export const SUBSCRIPTIONS = kind.record(
  kind.object<Subscription>({
    protocol: kind.oneOf(PROTOCOLS, "Only these protocols are supported; plain HTTP is not encrypted in transit."),
    endpoint: kind.string,
  }),
);

export const PROPS: kind.Shape<AlarmTopicProps> = {
  name: kind.string,
  subscriptions: SUBSCRIPTIONS,
  kmsKeyArn: kind.string,
  provider: kind.unknown,
};

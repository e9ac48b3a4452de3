import { finding } from "../../finders";
import { isPublic, statementsOf } from "../../policy-document";
import { Rule } from "../../rule";

export const snsTopicPolicy = new Rule({
  id: "sns-topic-policy",
  severity: "error",
  types: ["aws_sns_topic_policy"],
  controls: ["SNS.4"],
  reason: "With a public policy, anyone can publish false alarms or subscribe to real ones.",
  remedy: "Name services or accounts as principals, or add a condition.",
  find: (topic) =>
    statementsOf(topic, "policy")
      .filter(isPublic)
      .map(({ Sid: sid }) => finding("policy", "no statement that allows everyone", sid ?? "a statement")),
});

import { unless } from "../../finders";
import { Rule } from "../../rule";

export const vpcFlowLogs = new Rule({
  id: "vpc-flow-logs",
  severity: "error",
  types: ["aws_vpc"],
  controls: ["EC2.6"],
  reason: "Without flow logs, nobody can find out where data was sent.",
  remedy: "Add an aws_flow_log for the VPC.",
  find: (vpc, configuration) =>
    unless(
      configuration.pointingAt(vpc, "aws_flow_log", "vpc_id").length > 0,
      "aws_flow_log",
      "one for this VPC",
      undefined,
    ),
});

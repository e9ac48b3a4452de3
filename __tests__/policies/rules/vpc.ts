import { other, set, without } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import {
  DATABASE,
  HTTPS_EGRESS,
  HTTPS_INGRESS,
  LOAD_BALANCER_SECURITY_GROUP,
  PUBLIC_SUBNET,
  SERVICE_SECURITY_GROUP,
  VPC,
} from "./subjects";

export const vpcCases: readonly RuleCase[] = [
  ruleCase(
    "vpc-data-ingress",
    DATABASE,
    other("aws_vpc_security_group_ingress_rule", "service/connection-database-ingress", set("cidr_ipv4", "10.0.0.0/8")),
    "aws_vpc_security_group_ingress_rule.service_connection-database-ingress_CBE25F89.cidr",
  ),
  ruleCase(
    "vpc-data-ingress",
    DATABASE,
    other("aws_vpc_security_group_ingress_rule", "service/connection-database-ingress", set("to_port", 6000)),
    "aws_vpc_security_group_ingress_rule.service_connection-database-ingress_CBE25F89.from_port",
  ),
  ruleCase(
    "vpc-default-security-group",
    VPC,
    other(
      "aws_default_security_group",
      "network/default-security-group",
      set("egress", [{ protocol: "tcp", from_port: 443, to_port: 443, cidr_blocks: ["10.0.0.0/8"] }]),
    ),
    "aws_default_security_group.egress",
  ),
  ruleCase(
    "vpc-default-security-group",
    VPC,
    without("aws_default_security_group", "network/default-security-group", "vpc_id"),
    "aws_default_security_group",
  ),
  ruleCase("vpc-flow-logs", VPC, without("aws_flow_log", "network/flow-log", "vpc_id"), "aws_flow_log"),
  ruleCase("vpc-internet-egress", HTTPS_EGRESS, set("ip_protocol", "-1"), "ip_protocol"),
  ruleCase(
    "vpc-internet-egress",
    LOAD_BALANCER_SECURITY_GROUP,
    set("egress", [{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"] }]),
    "egress[0].protocol",
  ),
  ruleCase("vpc-internet-ingress", HTTPS_INGRESS, set("from_port", 22), "from_port"),
  ruleCase(
    "vpc-internet-ingress",
    HTTPS_INGRESS,
    set("security_group_id", "${aws_security_group.service_security-group_3A537956.id}"),
    "from_port",
  ),
  ruleCase(
    "vpc-internet-ingress",
    SERVICE_SECURITY_GROUP,
    set("ingress", [{ protocol: "tcp", from_port: 443, to_port: 443, ipv6_cidr_blocks: ["::/0"] }]),
    "ingress[0].from_port",
  ),
  ruleCase("vpc-no-auto-public-ip", PUBLIC_SUBNET, set("map_public_ip_on_launch", true), "map_public_ip_on_launch"),
];

import { type Construct } from "constructs";
import { Waf, type WafProps } from "../../../../modules";
import { type Case, changes, type Surroundings } from "../../../helpers/transitions/transitions";

const waf =
  (props: Partial<WafProps>) =>
  (scope: Construct, { name }: Surroundings) =>
    new Waf(scope, "waf", { name, ...props });

const OFFICE = ["203.0.113.0/24"];

export const wafCases: readonly Case[] = [
  changes(
    "Waf",
    "deniedIps",
    ["an IPv4 block", waf({ deniedIps: OFFICE })],
    ["none", waf({})],
    ["an IPv6 block", waf({ deniedIps: ["2001:db8::/32"] })],
  ),
];

import * as fc from "fast-check";
import { Network, type NetworkProps } from "../../../modules/network";
import { EGRESS_KINDS } from "../../../modules/network/egress";
import { type Target } from "../target";
import { spoiled } from "./spoil";
import { baseName, kmsKeyArn, retentionDays, some, text, within } from "./values";

/** Mostly that of the stacks that the fuzz tests build. */
const region = fc.oneof(
  { weight: 9, arbitrary: fc.constant("ap-northeast-1") },
  { weight: 1, arbitrary: fc.constant("us-gov-west-1") },
);

const zones = fc
  .tuple(region, some(fc.constantFrom(..."abcdefgh"), 2, 6))
  .map(([name, letters]) => letters.map((letter) => `${name}${letter}`));

const vpcBlock = fc
  .tuple(fc.nat({ max: 255 }), fc.integer({ min: 16, max: 22 }))
  .map(([second, length]) => `10.${second}.0.0/${length}`);

const natInstance = fc.record(
  {
    instanceType: fc.constantFrom("t4g.nano", "c7gn.medium", "t3a.micro"),
    imageId: text(fc.constantFrom("ami-0123456789abcdef0", "resolve:ssm:/nat/image")),
    setUp: fc.constantFrom("user-data", "image"),
    ports: fc.uniqueArray(within(1, 65_535), { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ["imageId"] },
);

const all = fc.record(
  {
    name: baseName,
    availabilityZones: zones,
    cidrBlock: vpcBlock,
    egress: fc.constantFrom(...EGRESS_KINDS),
    natInstance,
    ipv6: fc.boolean(),
    interfaceEndpoints: some(fc.constantFrom("ecr.api", "ecr.dkr", "logs", "ssm", "sts", "kms"), 0, 4),
    flowLogs: fc.boolean(),
    flowLogRetentionDays: retentionDays,
    kmsKeyArn,
  },
  { requiredKeys: ["name", "availabilityZones"] },
);

/** Removes natInstance from cases whose egress does not use it, because they would be refused. */
const props = all.map(({ natInstance: machine, ...rest }) =>
  machine && rest.egress?.includes("nat-instance") ? { ...rest, natInstance: machine } : rest,
);

export const network: Target = {
  name: "network",
  data: spoiled(props),
  build: (stack, id, data: NetworkProps) => void new Network(stack, id, data),
};

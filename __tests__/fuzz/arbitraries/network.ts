import * as fc from "fast-check";
import { Network, type NetworkProps } from "../../../modules/network";
import { EGRESS_KINDS } from "../../../modules/network/egress";
import { type Target } from "../target";
import { spoiled } from "./spoil";
import { baseName, kmsKeyArn, retentionDays, some } from "./values";

const zones = fc
  .tuple(fc.constantFrom("ap-northeast-1", "us-gov-west-1"), some(fc.constantFrom(..."abcdefgh"), 2, 6))
  .map(([region, letters]) => letters.map((letter) => `${region}${letter}`));

const vpcBlock = fc
  .tuple(fc.nat({ max: 255 }), fc.integer({ min: 16, max: 22 }))
  .map(([second, length]) => `10.${second}.0.0/${length}`);

const props = fc.record(
  {
    name: baseName,
    availabilityZones: zones,
    cidrBlock: vpcBlock,
    egress: fc.constantFrom(...EGRESS_KINDS),
    interfaceEndpoints: some(fc.constantFrom("ecr.api", "ecr.dkr", "logs", "ssm", "sts", "kms"), 0, 4),
    flowLogs: fc.boolean(),
    flowLogRetentionDays: retentionDays,
    kmsKeyArn,
  },
  { requiredKeys: ["name", "availabilityZones"] },
);

export const network: Target = {
  name: "network",
  data: spoiled(props),
  build: (stack, id, data: NetworkProps) => void new Network(stack, id, data),
};

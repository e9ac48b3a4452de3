import { type BadInput } from "./bad-input";

export const instances: readonly BadInput[] = [
  [
    50,
    "more instances at least than at most",
    "instances",
    { autoscaling: { minCount: 5, maxCount: 4 } },
    "[test/x] autoscaling.maxCount: expected at least minCount, 5, got 4. Swap the two, or raise maxCount.",
  ],
  [
    50,
    "no room above the fewest instances",
    "instances",
    { autoscaling: { minCount: 4, maxCount: 4 } },
    "[test/x] autoscaling.maxCount: expected more than minCount, 4, got 4. Raise it by at least 1: a new instance starts before an old one ends.",
  ],
  [
    50,
    "a desired count, which the group's policies own",
    "instances",
    { desiredCapacity: 9 },
    "[test/x] desiredCapacity: expected a prop that exists, got an unknown one. Known props: …",
  ],
  [
    50,
    "a health check of another type",
    "instances",
    { healthCheckType: "ALB" },
    "[test/x] healthCheckType: expected a prop that exists, got an unknown one. Known props: …",
  ],
  [
    50,
    "user data of one's own",
    "instances",
    { userData: "#!/bin/bash" },
    "[test/x] userData: expected a prop that exists, got an unknown one. Known props: …",
  ],
  [
    50,
    "no subnets",
    "instances",
    { network: { vpcId: "vpc-0123456789abcdef0", taskSubnetIds: [], assignPublicIp: false } },
    "[test/x] network.taskSubnetIds: expected 2 to 16, got 0. Pass one subnet for each zone: a failed zone must not take every task with it.",
  ],
  [
    50,
    "an instance type that does not exist",
    "instances",
    { instanceTypes: ["huge"] },
    '[test/x] instanceTypes: expected literal EC2 types, such as t4g.small, got "huge". The architecture is derived from them at synth.',
  ],
];

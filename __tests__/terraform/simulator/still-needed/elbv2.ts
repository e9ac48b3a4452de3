import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  ModifyLoadBalancerAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { type Gap } from "./gap";

export const ELBV2_GAPS: readonly Gap[] = [
  [
    "elbv2: the scheme",
    async ({ elb, ec2 }) => {
      const subnets = (await ec2.send(new DescribeSubnetsCommand({}))).Subnets ?? [];
      const Subnets = subnets.slice(0, 2).map(({ SubnetId = "" }) => SubnetId);
      const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand({ Name: "l", Subnets }));
      return LoadBalancers?.[0]?.Scheme === "internet-facing";
    },
  ],
  [
    "elbv2: deletion protection",
    async ({ elb, ec2 }) => {
      const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
      const balancer = { Name: "protected", Subnets: Subnets.slice(0, 2).map(({ SubnetId }) => SubnetId ?? "") };
      const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand(balancer));
      const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn;
      const Attributes = [{ Key: "deletion_protection.enabled", Value: "true" }];
      await elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
      return elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn })).then(
        () => false,
        (error: Error) => error.name.startsWith("OperationNotPermitted"),
      );
    },
  ],
];

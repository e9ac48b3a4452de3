import { CreateListenerCommand, CreateLoadBalancerCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { aws, fresh } from "../simulated";
import { network } from "./vpc";

export async function loadBalancer(Scheme: "internal" | "internet-facing" = "internal") {
  const { VpcId, subnets, group } = await network();
  const command = new CreateLoadBalancerCommand({
    Name: fresh("lb"),
    Subnets: subnets,
    SecurityGroups: [group],
    Scheme,
  });
  const { LoadBalancers } = await aws.elb.send(command);
  return { VpcId, subnets, group, arn: LoadBalancers?.[0]?.LoadBalancerArn ?? "" };
}

export const fixed = { Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } } as const;

export async function listener(LoadBalancerArn: string, Port: number): Promise<string> {
  const command = new CreateListenerCommand({ LoadBalancerArn, Port, Protocol: "HTTP", DefaultActions: [fixed] });
  return (await aws.elb.send(command)).Listeners?.[0]?.ListenerArn ?? "";
}

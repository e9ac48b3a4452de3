import {
  CreateListenerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  ModifyListenerCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { fixed, listener, loadBalancer } from "./resources/load-balancer";
import { aws, expectRefused, fresh } from "./simulated";

describe("Elastic Load Balancing", () => {
  it("refuses a second listener on one port, created or changed", async () => {
    const { arn } = await loadBalancer();
    await listener(arn, 80);
    await expectRefused(listener(arn, 80), "DuplicateListenerException");
    const ListenerArn = await listener(arn, 8080);
    await aws.elb.send(new ModifyListenerCommand({ ListenerArn, Port: 8080, DefaultActions: [fixed] }));
    const moved = new ModifyListenerCommand({ ListenerArn, Port: 80, DefaultActions: [fixed] });
    await expectRefused(aws.elb.send(moved), "DuplicateListenerException");
  });

  it("refuses a priority in use", async () => {
    const ListenerArn = await listener((await loadBalancer()).arn, 80);
    const Conditions = [{ Field: "path-pattern", Values: ["/a"] }];
    const rule = new CreateRuleCommand({ ListenerArn, Priority: 1, Conditions, Actions: [fixed] });
    await aws.elb.send(rule);
    await expectRefused(aws.elb.send(rule), "PriorityInUseException");
  });

  it("keeps a target group of a listener", async () => {
    const { arn: LoadBalancerArn, VpcId } = await loadBalancer();
    const group = { Name: fresh("tg"), Protocol: "HTTP" as const, Port: 80, VpcId, TargetType: "ip" as const };
    const TargetGroupArn = (await aws.elb.send(new CreateTargetGroupCommand(group))).TargetGroups?.[0]?.TargetGroupArn;
    const forward = { Type: "forward" as const, TargetGroupArn };
    await aws.elb.send(
      new CreateListenerCommand({ LoadBalancerArn, Port: 81, Protocol: "HTTP", DefaultActions: [forward] }),
    );
    await expectRefused(aws.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn })), "ResourceInUseException");
  });
});

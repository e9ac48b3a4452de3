import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** ECS refuses to update a service whose target group is gone or belongs to no load balancer. */
export const targetGroup = defineCheck({
  name: "target-group",
  expects: "the service's target group exists and belongs to a load balancer",
  read: async (account) => ({
    expected: (await account.targetGroupArns()).length,
    groups: await account.targetGroups(),
  }),
  judge: ({ expected, groups }) => {
    const impact = "The deployment fails when ECS registers the first task.";
    const remedy = "Run `make deploy`, which creates it and its listener.";
    const missing: Problem[] =
      groups.length >= expected
        ? []
        : [
            {
              severity: "error",
              what: "The target group of the service does not exist.",
              evidence: `DescribeTargetGroups finds ${groups.length} of ${expected}`,
              impact,
              remedy,
            },
          ];
    const loose = groups.filter(({ balancerArns }) => balancerArns.length === 0);
    return [
      ...missing,
      ...loose.map(({ name, arn }): Problem => ({
        severity: "error",
        what: `No listener forwards to the target group ${name}.`,
        evidence: `${arn} belongs to no load balancer`,
        impact,
        remedy,
      })),
    ];
  },
});

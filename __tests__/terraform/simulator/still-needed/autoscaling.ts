import { CreateLaunchTemplateCommand } from "@aws-sdk/client-ec2";
import { type Clients } from "../../../helpers/aws-clients";
import { type Gap } from "./gap";

/** Calls for a new group of no machine, by the API itself: the SDK's client for it would be needed here alone. */
async function callsOfGroup({ ec2, endpoint }: Clients, LaunchTemplateName: string) {
  const LaunchTemplateData = { ImageId: "ami-0123456789abcdef0", InstanceType: "t4g.nano" as const };
  await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName, LaunchTemplateData }));
  const call = async (parameters: Readonly<Record<string, string>>) => {
    const credential = "Credential=testing/20260101/ap-northeast-1/autoscaling/aws4_request";
    const headers = { authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0` };
    const body = new URLSearchParams({
      Version: "2011-01-01",
      AutoScalingGroupName: LaunchTemplateName,
      ...parameters,
    });
    return (await fetch(endpoint, { method: "POST", headers, body })).text();
  };
  await call({
    Action: "CreateAutoScalingGroup",
    MinSize: "0",
    MaxSize: "0",
    "AvailabilityZones.member.1": "ap-northeast-1a",
    "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateName": LaunchTemplateName,
    "LifecycleHookSpecificationList.member.1.LifecycleHookName": "boot",
    "LifecycleHookSpecificationList.member.1.LifecycleTransition": "autoscaling:EC2_INSTANCE_LAUNCHING",
    DefaultInstanceWarmup: "60",
    "InstanceMaintenancePolicy.MinHealthyPercentage": "0",
    "InstanceMaintenancePolicy.MaxHealthyPercentage": "100",
  });
  return call;
}

export const AUTOSCALING_GAPS: readonly Gap[] = [
  [
    "autoscaling: how a group replaces its machines",
    async (aws) => {
      const call = await callsOfGroup(aws, "kept");
      const described = await call({ Action: "DescribeAutoScalingGroups" });
      return (
        described.includes("<MaxHealthyPercentage>100<") &&
        described.includes("<DefaultInstanceWarmup>60<") &&
        described.includes("<CapacityReservationPreference>")
      );
    },
  ],
  [
    "autoscaling: the refresh of a group's machines",
    async (aws) => {
      const call = await callsOfGroup(aws, "refreshed");
      await call({ Action: "StartInstanceRefresh", "Preferences.MinHealthyPercentage": "100" });
      const described = await call({ Action: "DescribeInstanceRefreshes" });
      return described.includes("<Status>Successful<") && described.includes("<MinHealthyPercentage>100<");
    },
  ],
  [
    "autoscaling: a mixed instances policy, after an update of something else",
    async (aws) => {
      const call = await callsOfGroup(aws, "mixed");
      await call({ Action: "UpdateAutoScalingGroup", DefaultInstanceWarmup: "90" });
      const only = { "AutoScalingGroupNames.member.1": "mixed" };
      const described = await call({ Action: "DescribeAutoScalingGroups", ...only });
      return described.includes("<LaunchTemplateSpecification>");
    },
  ],
  [
    "autoscaling: a hook that a group begins with, and its completion",
    async (aws) => {
      const call = await callsOfGroup(aws, "hooked");
      const hooks = await call({ Action: "DescribeLifecycleHooks" });
      const action = {
        LifecycleHookName: "boot",
        LifecycleActionResult: "CONTINUE",
        InstanceId: "i-0123456789abcdef0",
      };
      const completed = await call({ Action: "CompleteLifecycleAction", ...action });
      return hooks.includes(">boot<") && !hooks.includes("<RoleARN>") && !completed.includes("<Error>");
    },
  ],
  [
    "autoscaling: a policy is enabled, and has no part for predictions that nobody gave",
    async (aws) => {
      const call = await callsOfGroup(aws, "tracked");
      await call({
        Action: "PutScalingPolicy",
        PolicyName: "cpu",
        PolicyType: "TargetTrackingScaling",
        "TargetTrackingConfiguration.TargetValue": "70",
        "TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType": "ASGAverageCPUUtilization",
      });
      const described = await call({ Action: "DescribePolicies" });
      return described.includes("<Enabled>true<") && !described.includes("<PredictiveScalingConfiguration");
    },
  ],
];

import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Fn, Op, type Precondition } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { type CompleteEc2ServiceProps } from "./defaults";
import { MAX_USER_DATA_BYTES } from "./instance";

export interface LaunchTemplateInputs {
  readonly instanceProfileArn: string;
  readonly securityGroupId: string;
  /** In Base64, as the instance receives it. */
  readonly userData: string;
}

/** Creates the launch template. Each change makes a new version, and the group's instances are replaced by instances of it. */
export function createLaunchTemplate(
  scope: Construct,
  { name, amiId, instanceTypes, rootVolumeGiB }: CompleteEc2ServiceProps,
  { instanceProfileArn, securityGroupId, userData }: LaunchTemplateInputs,
): LaunchTemplate {
  const tags = { Name: name };
  return new LaunchTemplate(scope, "launch-template", {
    // At least 3 characters. Source: EC2 API reference, CreateLaunchTemplate.LaunchTemplateName.
    name: physicalName([name, "instances"], { maxLength: 128 }),
    imageId: amiId,
    instanceType: instanceTypes[0],
    iamInstanceProfile: { arn: instanceProfileArn },
    // A hop limit of 1 keeps the instance's credentials from what runs behind a bridge.
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    networkInterfaces: [
      {
        deviceIndex: 0,
        associatePublicIpAddress: "false",
        securityGroups: [securityGroupId],
        deleteOnTermination: "true",
      },
    ],
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: { encrypted: "true", volumeType: "gp3", volumeSize: rootVolumeGiB, deleteOnTermination: "true" },
      },
    ],
    // Target tracking on CPU reacts in minutes only to metrics of one minute.
    monitoring: { enabled: true },
    userData,
    // The provider's default tags do not reach the instances of a group.
    tagSpecifications: [
      { resourceType: "instance", tags },
      { resourceType: "volume", tags },
    ],
    tags,
    lifecycle: { precondition: [fitsUserData(`${scope.node.path}`, userData)] },
  });
}

/** For values that are known only at apply: EC2's own error does not name what is too long. */
function fitsUserData(path: string, userData: string): Precondition {
  return {
    condition: Op.lte(Fn.lengthOf(userData), Math.ceil(MAX_USER_DATA_BYTES / 3) * 4),
    errorMessage:
      `${path}: the user data of an instance has more than ${MAX_USER_DATA_BYTES} bytes, compressed. Move long values of environment into a ` +
      "parameter or a secret, and name them in secrets.",
  };
}

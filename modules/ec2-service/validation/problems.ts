import { type ProblemCatalogue } from "../../core/problem";

/** The problems that only the ec2-service module reports. */
export const ec2ServiceProblems = {
  "ec2-service/ami": {
    summary: "The Amazon Machine Image is not given by its id.",
    why: "EC2 Auto Scaling cannot return to a launch template whose image is an SSM parameter, and would start instances of images that no refresh has tried (EC2 Auto Scaling user guide, instance refresh rollback).",
  },
  "ec2-service/instance-type": {
    summary: "An instance type does not exist, or is too small.",
    why: "Terraform accepts any text and the launch fails; on the 512 MiB of a nano the package manager is killed (amazonlinux/amazon-linux-2023 issue 404).",
  },
  "ec2-service/architectures": {
    summary: "The instance types have different architectures.",
    why: "The group has one Amazon Machine Image and one container image, each for one architecture.",
  },
  "ec2-service/image-registry": {
    summary: "The image is not in a private repository of ECR.",
    why: "Instances have no container engine: they fetch the layers through ECR's API.",
  },
  "ec2-service/public-address": {
    summary: "The network gives its tasks public addresses instead of a NAT.",
    why: "Instances have none, so they could reach neither their packages nor AWS.",
  },
  "ec2-service/target-type": {
    summary: "The target group takes addresses, and an Auto Scaling group registers instances.",
    why: "EC2 Auto Scaling refuses a target group whose target type is not instance.",
  },
  "ec2-service/port-taken": {
    summary: "A process would listen on the port of nginx, or beyond the last port.",
    why: "The second to listen on a port fails, and the instance never becomes healthy.",
  },
  "ec2-service/variable-of-instance": {
    summary: "A variable has the name of one that each process gets from its instance.",
    why: "Processes share no port, so each has its own PORT, HOSTNAME and PROCESS_NUMBER.",
  },
  "ec2-service/drain-budget": {
    summary: "The drain does not fit before the instance ends.",
    why: "EC2 ends a Spot instance two minutes after its notice; without Spot, a lifecycle hook waits at most two hours (EC2 Auto Scaling API reference, PutLifecycleHook).",
  },
  "ec2-service/launch-budget": {
    summary: "Boot and migration together take longer than the launch of an instance may.",
    why: "A lifecycle hook waits at most two hours (EC2 Auto Scaling API reference, PutLifecycleHook).",
  },
  "ec2-service/user-data-size": {
    summary: "The variables of an instance do not fit into its user data.",
    why: 'EC2 refuses more than 16 KB, compressed as it is (EC2 user guide, "Run commands when you launch an EC2 instance with user data input").',
  },
  "ec2-service/headroom": {
    summary: "The group may not become larger than its smallest size.",
    why: "A refresh and capacity rebalancing start a new instance before they end an old one, which a group at its maximum cannot (EC2 Auto Scaling user guide, Capacity Rebalancing).",
  },
  "ec2-service/spot-base": {
    summary: "The base on demand is as large as the group can become.",
    why: "No instance would ever run on Spot capacity, which is almost certainly not what was meant.",
  },
  "ec2-service/fan-out": {
    summary: "The Socket.IO adapter does not reach the sockets of other processes, or the cache does not support it.",
    why: "Each process knows only its own sockets, so a message would reach some recipients and not others.",
  },
  "ec2-service/path": {
    summary: "A path does not begin with a slash, or has characters that nginx would read as its own.",
    why: "It becomes part of nginx's configuration.",
  },
} as const satisfies ProblemCatalogue;

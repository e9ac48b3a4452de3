import { type ProblemCatalogue } from "../../core/problem";

/** The problems that every construct that runs ECS tasks can report. */
export const ecsProblems = {
  "ecs/fan-out": {
    summary: "More than one task can run, and the Socket.IO adapter does not reach the sockets of the other tasks.",
    why: "Each task knows only its own sockets, so a message would reach some recipients and not others; the adapter must also be one that the cache supports.",
  },
  "ecs/service-kind": {
    summary: "The kind of the service does not have this prop.",
    why: "Only sockets need an adapter and count connections, and a worker listens on no port: nothing would use the value, so the kind or the prop is a mistake.",
  },
  "ecs/task-counts": {
    summary: "The task counts contradict each other.",
    why: "Application Auto Scaling refuses a minimum above the maximum, and a desired count outside the bounds is changed at once.",
  },
  "ecs/autoscaling-source": {
    summary: "Autoscaling has neither a target nor a schedule, or a target whose metric is not given.",
    why: "requestsPerTask needs a load balancer that counts requests, connectionsPerTask the application's metric of open connections.",
  },
  "ecs/time-zone": {
    summary: "The time zone of a schedule is not in the IANA database.",
    why: "Application Auto Scaling accepts IANA names only; offsets such as +09:00 are not names.",
  },
  "ecs/image-reference": {
    summary: "The image is not a reference that a container runtime can pull.",
    why: 'A scheme, white space, capitals in the path or a malformed registry fails only when a task starts (OCI distribution specification, "Pulling manifests").',
  },
  "ecs/image-not-pinned": {
    summary: "The image is not pinned: it has neither a digest nor a tag other than latest.",
    why: "A rollback starts the previous reference again, which must still be the previous image.",
  },
  "ecs/repository": {
    summary: "The ECR repository of the image is unknown or a different one.",
    why: "The execution role may pull from this repository only.",
  },
  "ecs/container-name-taken": {
    summary: "A container has the name of another container or of a volume of the task.",
    why: "Container names are unique within a task definition (ECS API reference, ContainerDefinition).",
  },
  "ecs/port-taken": {
    summary: "Two containers of a task listen on the same port.",
    why: "The containers of a task on Fargate share one network interface, so the second could not start (ECS developer guide, task networking with awsvpc).",
  },
  "ecs/sidecar-health": {
    summary: "The app waits until a sidecar is healthy, and the sidecar has no health check.",
    why: "ECS refuses a task definition whose dependency on HEALTHY has no health check (ECS API reference, ContainerDependency).",
  },
  "ecs/sidecar-room": {
    summary: "The sidecars are given as much CPU or memory as the whole task has.",
    why: "ECS refuses containers that are given more than their task, and the app would have nothing left.",
  },
  "ecs/root-user": {
    summary: "The containers would run as root, or the user is malformed.",
    why: "Code that breaks out of the application would have root's rights in the container.",
  },
  "ecs/command": {
    summary: "A command or health check is not in the form that ECS expects.",
    why: "ECS runs lists of words; a health check begins with CMD or CMD-SHELL (ECS API reference, HealthCheck).",
  },
  "ecs/drain-budget": {
    summary: "The drain time is missing behind a load balancer, or does not fit before the task is killed.",
    why: "Fargate waits at most 120 seconds between SIGTERM and SIGKILL (ECS API reference, ContainerDefinition.stopTimeout), and 10 of these are reserved for the process to exit.",
  },
  "ecs/policy-name-taken": {
    summary: "Two policies of the task role have the same id.",
    why: "The id names the policy in IAM, and its resource in Terraform's state.",
  },
  "ecs/task-definition-size": {
    summary: "The task definition is too large.",
    why: 'ECS refuses more than 64 KiB at apply (Amazon ECS service quotas, "Task definition size").',
  },
  "ecs/policy-statement": {
    summary: "A statement of the task's IAM policy lacks its action or resource.",
    why: "IAM refuses such a statement at apply.",
  },
  "ecs/policy-size": {
    summary: "The policies of the task role are too large.",
    why: 'IAM refuses more than 10,240 characters in all inline policies of a role together (IAM user guide, "IAM and AWS STS quotas").',
  },
  "ecs/alarm-name": {
    summary: "A rollback alarm is not given by its name.",
    why: "ECS finds alarms by name, 1 to 255 characters (CloudWatch API reference, PutMetricAlarm).",
  },
  "ecs/deployment-deadlock": {
    summary: "A rolling deployment can never replace a task.",
    why: "Minimum and maximum healthy percent leave no room at one of the possible task counts, so the deployment would wait until it times out.",
  },
  "ecs/deployment-time": {
    summary: "A time limit of a deployment is shorter than the deployment takes.",
    why: "ECS would replace tasks that are still starting, or Terraform would report a failure while the deployment continues.",
  },
  "ecs/variable-name": {
    summary:
      "An environment variable's name has other characters than letters, digits and underscores, or begins with a digit.",
    why: "POSIX allows no other names, and shells drop such variables.",
  },
  "ecs/variable-of-ecs": {
    summary: "A variable has the name of one that ECS sets in every container.",
    why: 'It would replace the address of the task\'s credentials or metadata, so that the application has no permissions (ECS developer guide, "Amazon ECS environment variables").',
  },
  "ecs/variable-in-both": {
    summary: "A variable is in environment and in secrets.",
    why: "ECS refuses a name that is defined twice.",
  },
  "ecs/secret-in-plain-text": {
    summary: "A variable in environment looks like a secret.",
    why: "Everybody who may read the task definition or the Terraform state would see it.",
  },
  "ecs/plain-text-reason": {
    summary: "An exception for a variable in plain text has no reason, or its variable does not exist.",
    why: "An exception without a reason, or for a variable that no longer exists, could hide the next secret.",
  },
  "ecs/secret-reference": {
    summary: "A secret variable is not the ARN of a Secrets Manager secret or SSM parameter.",
    why: "ECS reads secrets by ARN when a container starts; a value written here would be public.",
  },
  "ecs/secret-version": {
    summary: "A secret reference names a key or version that its service does not have, or two versions.",
    why: "Only Secrets Manager has keys and versions, and stage and id could name different versions.",
  },
  "ecs/missing-endpoint": {
    summary: "Tasks call an AWS service that has no interface endpoint, in a network without another way out.",
    why: "The call would time out: a task would not start, ECS Exec would not connect, or the application's own calls would fail.",
  },
  "ecs/unreachable-registry": {
    summary: "The image comes from a registry in the internet, and the network's only ways out are endpoints of AWS.",
    why: "No task could pull it.",
  },
  "ecs/unreachable-service": {
    summary: "The allowed addresses leave out those of services that a task needs to start.",
    why: 'The security group would drop the calls. Image layers come from S3, whose gateway endpoint has public addresses (ECR user guide, "Amazon ECR interface VPC endpoints").',
  },
  "ecs/target-type": {
    summary: "The target group takes instances, and tasks on Fargate have none.",
    why: 'ECS refuses a service in the network mode awsvpc whose target group has another target type than ip (ECS developer guide, "Use an Application Load Balancer").',
  },
  "ecs/port-mismatch": {
    summary: "The container listens on another port than the load balancer sends to.",
    why: "No health check would ever succeed.",
  },
} as const satisfies ProblemCatalogue;

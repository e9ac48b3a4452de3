import { type ProblemCatalogue } from "../../core/problem";

/** The problems that only the app-runner-service module reports. */
export const appRunnerServiceProblems = {
  "app-runner-service/name-length": {
    summary: "The name is shorter than 4 characters.",
    why: "App Runner refuses such a service at apply (App Runner API reference, CreateService.ServiceName).",
  },
  "app-runner-service/one-source": {
    summary: "The service has neither an image nor a repository to build, or both.",
    why: "App Runner runs one of them (App Runner API reference, SourceConfiguration).",
  },
  "app-runner-service/registry": {
    summary: "The image is in a registry that App Runner does not pull from.",
    why: "It pulls from private repositories of ECR and from public.ecr.aws only (App Runner API reference, ImageRepository.ImageIdentifier).",
  },
  "app-runner-service/auto-deploy": {
    summary: "Automatic deploys are on for an image that never changes, or that App Runner does not watch.",
    why: "A digest names one image for ever, and App Runner watches no repository of public.ecr.aws (App Runner developer guide, deployment methods).",
  },
  "app-runner-service/start-command": {
    summary: "The start command is missing for code, or has several lines.",
    why: "App Runner knows no default for code that it builds, and refuses line breaks (App Runner API reference, CodeConfigurationValues.StartCommand).",
  },
  "app-runner-service/repository-url": {
    summary: "The repository is not one on GitHub.",
    why: "The connection is to GitHub, and App Runner finds the repository by its https address.",
  },
  "app-runner-service/instance-size": {
    summary: "App Runner does not have this combination of CPU and memory.",
    why: "Terraform accepts any pair and the apply fails (App Runner developer guide, supported configurations).",
  },
  "app-runner-service/instance-counts": {
    summary: "There are fewer most instances than fewest ones.",
    why: "App Runner refuses such bounds at apply.",
  },
  "app-runner-service/socket-io-instances": {
    summary: "Socket.IO would run on more than one instance.",
    why: "App Runner has no sticky sessions, so that the requests of one client reach different instances, and Socket.IO answers 400 to all but one of them.",
  },
  "app-runner-service/transports": {
    summary: "The application is told to use WebSockets.",
    why: "App Runner carries none (aws/apprunner-roadmap#13); clients would try in vain before each connection.",
  },
  "app-runner-service/poll-too-long": {
    summary: "A long-polling request would stay open longer than App Runner allows.",
    why: "App Runner ends every request after 120 seconds (App Runner developer guide, developing application code), which the client takes for a lost connection.",
  },
  "app-runner-service/reserved-variable": {
    summary: "A variable begins with AWSAPPRUNNER, or is PORT.",
    why: "App Runner keeps the prefix for itself (App Runner API reference, ImageConfiguration), and tells the application its port as PORT; a second value could only contradict containerPort.",
  },
  "app-runner-service/public-subnets": {
    summary: "The subnets rely on public addresses.",
    why: "A VPC connector's interfaces never have one, so that nothing outside the VPC is reached from a public subnet.",
  },
  "app-runner-service/connections-without-network": {
    summary: "Instances should connect to something in a VPC, and no VPC is given.",
    why: "Without a VPC connector, instances have no address in the VPC and no security group.",
  },
} as const satisfies ProblemCatalogue;

import * as kind from "../core/kinds";
import { CLUSTER, type ClusterRef } from "./references";

const CONTAINER_INSIGHTS = ["enabled", "enhanced", "disabled"] as const;
const ARCHITECTURES = ["ARM64", "X86_64"] as const;

/** Where tasks on Fargate run, and how large they are. */
export interface FargateTaskProps {
  /**
   * A cluster to run in.
   * @default a cluster of its own, which costs nothing
   */
  readonly cluster?: ClusterRef | undefined;
  /**
   * CloudWatch Container Insights of the cluster that this construct creates. Its metrics are billed as custom metrics;
   * `enhanced` reports them for each task and container.
   * @default "enabled"
   */
  readonly containerInsights?: (typeof CONTAINER_INSIGHTS)[number] | undefined;
  /**
   * CPU units of a task, 1024 = 1 vCPU; about $9 a month for 256 units and 512 MiB on ARM in Tokyo.
   * @default 256
   */
  readonly cpu?: number | undefined;
  /**
   * Memory of a task, in MiB; the allowed values depend on `cpu`.
   * @default 512
   */
  readonly memoryMiB?: number | undefined;
  /**
   * What the image is built for; ARM64 is 20 % cheaper.
   * @default "ARM64"
   */
  readonly architecture?: (typeof ARCHITECTURES)[number] | undefined;
  /**
   * Disk of a task, 21 to 200 GiB.
   * @default the 20 GiB that come free
   */
  readonly ephemeralStorageGiB?: number | undefined;
}

export const fargateTaskDefaults = {
  containerInsights: "enabled",
  cpu: 256,
  memoryMiB: 512,
  architecture: "ARM64",
} as const satisfies FargateTaskProps;

export const FARGATE_TASK_PROPS: kind.Shape<FargateTaskProps> = {
  cluster: CLUSTER,
  containerInsights: kind.oneOf(CONTAINER_INSIGHTS, "See the README for what each reports."),
  cpu: kind.number,
  memoryMiB: kind.number,
  architecture: kind.oneOf(ARCHITECTURES, "It has to be what the image is built for."),
  ephemeralStorageGiB: kind.number,
};

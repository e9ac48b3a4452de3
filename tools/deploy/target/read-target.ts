import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Expressions } from "../../judges/terraform-expressions";
import { at, entries, first, type Json } from "../../terraform/json";
import { isNamed, listStacks, STACK_FILE, stackFolder } from "../../terraform/stacks";
import { DeployError } from "../errors";
import { refuseOtherComputes } from "./other-computes";
import { readSecrets, type SecretContainer } from "./read-secrets";
import { ARCHITECTURES, type Target } from "./target";

/** What ECS and Elastic Load Balancing assume. Sources: API references, ContainerDefinition and TargetGroupAttribute. */
const DEFAULT_STOP_TIMEOUT_SEC = 30;
const DEFAULT_DEREGISTRATION_DELAY_SEC = 300;
/** What the provider assumes. Source: its documentation of aws_ecs_service, "Timeouts". */
const DEFAULT_TIMEOUT_SEC = 1200;

/**
 * Reads the service of an environment from its synthesized stack.
 * @param out synth output folder
 * @param name environment or stack
 * @throws DeployError when there is no such stack, or it has no ECS service
 */
export function readTarget(out: string, name: string): Target {
  const stacks = listStacks(out);
  const [stack, ...others] = stacks.filter((each) => isNamed(each, name));
  if (stack === undefined || others.length > 0) {
    const got = stack === undefined ? name : `${name}, which is the end of ${[stack, ...others].join(" and ")}`;
    throw new DeployError(
      `environment: expected one of the stacks in ${out} (${stacks.join(", ")}), got ${got}. Add the environment to environments/index.ts, or run \`make synth\`.`,
    );
  }
  const folder = resolve(stackFolder(out, stack));
  return new StackReader(stack, JSON.parse(readFileSync(join(folder, STACK_FILE), "utf8")) as Json).target(folder);
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly essential?: boolean;
  readonly stopTimeout?: number;
}

class StackReader {
  private readonly expressions: Expressions;

  constructor(
    private readonly stack: string,
    private readonly json: Json,
  ) {
    this.expressions = new Expressions(json);
  }

  target(folder: string): Target {
    refuseOtherComputes(this.stack, this.json);
    const service = this.only("aws_ecs_service");
    const definition = this.referred(service, "task_definition", "aws_ecs_task_definition");
    const containers = JSON.parse(this.text(definition, "container_definitions")) as Container[];
    const image = this.expressions.resolve(containers[0]?.image ?? "");
    const [, repositoryUrl = image, release = ""] = /^(.*):([^:/]+)$/.exec(image) ?? [];
    return {
      stack: this.stack,
      folder,
      accountId: this.expressions.account,
      region: this.expressions.region,
      regions: this.regions(),
      tags: this.tags(),
      clusterName: this.clusterName(service),
      serviceName: this.text(service, "name"),
      family: this.text(definition, "family"),
      logGroupName: this.text(this.logGroup(definition), "name"),
      containers: containers.map((container) => container.name),
      secrets: this.secrets(definition),
      architecture: this.architecture(definition),
      repositoryUrl,
      release,
      imageParameter: this.imageParameter(),
      deregistrationDelaySec: this.deregistrationDelaySec(service),
      stopTimeoutSec: stopTimeoutSec(containers),
      scaling: this.scaling(),
      deployTimeoutSec: seconds(at(service, "timeouts", "update")) ?? DEFAULT_TIMEOUT_SEC,
    };
  }

  private providers(): readonly Json[] {
    return (at(this.json, "provider", "aws") ?? []) as readonly Json[];
  }

  private regions(): string[] {
    const others = this.providers().map((provider) => literal(at(provider, "region")));
    return [...new Set([this.expressions.region, ...others])].filter((region) => region !== "");
  }

  private tags(): Readonly<Record<string, string>> {
    const own = this.providers().find((provider) => at(provider, "alias") === undefined);
    return Object.fromEntries(
      entries(at(first(at(own, "default_tags")), "tags")).map(([key, value]) => [key, literal(value)]),
    );
  }

  private only(type: string): Json {
    const [found, ...others] = entries(at(this.json, "resource", type));
    if (found === undefined || others.length > 0) {
      const got = found === undefined ? "none" : String(others.length + 1);
      throw new DeployError(
        `${this.stack}: expected one ${type} in the stack, got ${got}. These commands operate a service on ECS; deploy any other stack with terraform apply in its folder.`,
      );
    }
    return found[1];
  }

  /** The resource that an attribute refers to: `${aws_ecs_cluster.name.arn}`. */
  private referred(from: Json, attribute: string, type: string): Json {
    const found = this.tryReferred(at(from, attribute), type);
    if (found === undefined) {
      throw new DeployError(`${this.stack}: expected ${attribute} to be an ${type} of the stack. Run \`make synth\`.`);
    }
    return found;
  }

  private tryReferred(value: Json | undefined, type: string): Json | undefined {
    const name = typeof value === "string" ? new RegExp(`\\b${type}\\.([\\w-]+)\\.`).exec(value)?.[1] : undefined;
    return name === undefined ? undefined : at(this.json, "resource", type, name);
  }

  private text(resource: Json | undefined, attribute: string): string {
    const value = at(resource, attribute);
    return typeof value === "string" ? this.expressions.resolve(value) : "";
  }

  /** An existing cluster is given by its ARN, which ends in its name. */
  private clusterName(service: Json): string {
    const cluster = this.tryReferred(at(service, "cluster"), "aws_ecs_cluster");
    return cluster === undefined ? this.text(service, "cluster").split("/").at(-1)! : this.text(cluster, "name");
  }

  private logGroup(definition: Json): Json | undefined {
    return this.tryReferred(at(definition, "container_definitions"), "aws_cloudwatch_log_group");
  }

  /** By their expressions: a resolved ARN no longer says which resource it is of. */
  private secrets(definition: Json): Target["secrets"] {
    const containers = JSON.parse(literal(at(definition, "container_definitions"))) as SecretContainer[];
    return readSecrets(this.json, containers, (text) => this.expressions.resolve(text));
  }

  private architecture(definition: Json): Target["architecture"] {
    const given = at(first(at(definition, "runtime_platform")), "cpu_architecture");
    return ARCHITECTURES.find((known) => known === given) ?? "X86_64";
  }

  private imageParameter(): Target["imageParameter"] {
    const all = entries(at(this.json, "resource", "aws_ssm_parameter")).map(([, each]) => ({
      name: this.text(each, "name"),
      description: this.text(each, "description"),
      allowedPattern: literal(at(each, "allowed_pattern")),
    }));
    return all.find(({ name }) => name.endsWith("/deployed/image"));
  }

  private scaling(): Target["scaling"] {
    const scaled = entries(at(this.json, "resource", "aws_appautoscaling_target")).map(([, each]) => each);
    const own = scaled.find((each) => at(each, "scalable_dimension") === "ecs:service:DesiredCount");
    if (own === undefined) return undefined;
    return { min: Number(at(own, "min_capacity")), max: Number(at(own, "max_capacity")) };
  }

  private deregistrationDelaySec(service: Json): number {
    const balancers = (at(service, "load_balancer") ?? []) as readonly Json[];
    const delays = balancers.map((balancer) => {
      const group = this.tryReferred(at(balancer, "target_group_arn"), "aws_lb_target_group");
      return Number(at(group, "deregistration_delay") ?? DEFAULT_DEREGISTRATION_DELAY_SEC);
    });
    return Math.max(0, ...delays);
  }
}

/** A container that is not essential, such as a migration, has ended long before a task drains. */
function stopTimeoutSec(containers: readonly Container[]): number {
  const running = containers.filter(({ essential = true }) => essential);
  return Math.max(0, ...running.map(({ stopTimeout = DEFAULT_STOP_TIMEOUT_SEC }) => stopTimeout));
}

/** A pattern has no expressions, and `{` of its own. */
function literal(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Reads a duration such as `1800s`. */
function seconds(value: Json | undefined): number | undefined {
  const text = typeof value === "string" ? /^(\d+)s$/.exec(value)?.[1] : undefined;
  return text === undefined ? undefined : Number(text);
}

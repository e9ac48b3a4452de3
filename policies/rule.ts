import { Annotations, type IAspect, TerraformResource, TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import { type Configuration } from "./configuration";
import { configurationOf } from "./rendered";
import { type Resource } from "./resource";

/** Which rules apply to an environment: some apply only in production. */
export type Tier = "development" | "production";

/** A violation with severity `error` stops the synth; a `warning` is only listed. */
export type Severity = "error" | "warning";

/** One mistake in one resource. */
export interface Finding {
  /** Terraform's name of the attribute, with dots for nested blocks. */
  readonly attribute: string;
  /** The value that would pass. */
  readonly expected: string;
  /** The actual value, shortened. Never a secret. */
  readonly got: string;
}

export type Finder = (resource: Resource, configuration: Configuration) => readonly Finding[];

export interface RuleProps {
  /** Kebab-case, starting with the service: `rds-backups`. Exceptions refer to it, so it never changes. */
  readonly id: string;
  readonly severity: Severity;
  /**
   * Tiers in which the rule applies.
   * @default both
   */
  readonly tiers?: readonly Tier[] | undefined;
  /** Resource types that the rule checks; `output`, `variable`, `local`, `provider` for other blocks, `*` for all. */
  readonly types: readonly string[];
  /** Limits the rule to some of these resources. The others do not count as checked. */
  readonly when?: ((resource: Resource, configuration: Configuration) => boolean) | undefined;
  /** Related controls of AWS Foundational Security Best Practices. Source: Security Hub user guide. */
  readonly controls: readonly string[];
  /** Why the rule exists, in one sentence, with the source of an external fact. */
  readonly reason: string;
  /** How to fix a violation, in one sentence. */
  readonly remedy: string;
  readonly find: Finder;
}

const BOTH: readonly Tier[] = ["development", "production"];

/**
 * One policy. `enforcePolicies` runs all rules and stops the synth, with every violation in one error and no file written. A rule is
 * also an aspect: `Aspects.of(scope).add(rule)` adds annotations and applies the production tier.
 */
export class Rule implements IAspect {
  readonly id: string;
  readonly severity: Severity;
  readonly tiers: readonly Tier[];
  readonly controls: readonly string[];
  readonly reason: string;
  readonly remedy: string;

  /** Configurations rendered when the aspect first visited each stack. */
  private readonly configurations = new WeakMap<TerraformStack, Configuration>();

  constructor(private readonly props: RuleProps) {
    this.id = props.id;
    this.severity = props.severity;
    this.tiers = props.tiers ?? BOTH;
    this.controls = props.controls;
    this.reason = props.reason;
    this.remedy = props.remedy;
  }

  /** Returns the resources of a stack that the rule checks. */
  subjects(configuration: Configuration): readonly Resource[] {
    const { types, when } = this.props;
    const found = configuration.resources(...types);
    return when ? found.filter((resource) => when(resource, configuration)) : found;
  }

  find(resource: Resource, configuration: Configuration): readonly Finding[] {
    return this.props.find(resource, configuration);
  }

  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) return;
    const configuration = this.configurationAtFirstVisit(TerraformStack.of(node));
    const subjects = this.subjects(configuration).filter(({ path }) => path === node.node.path);
    for (const finding of subjects.flatMap((resource) => this.find(resource, configuration))) {
      const message = `${describeFinding(finding)} ${this.remedy} (${this.id})`;
      if (this.severity === "error") Annotations.of(node).addError(message);
      else Annotations.of(node).addWarning(message);
    }
  }

  private configurationAtFirstVisit(stack: TerraformStack): Configuration {
    const configuration = this.configurations.get(stack) ?? configurationOf(stack);
    this.configurations.set(stack, configuration);
    return configuration;
  }
}

export function describeFinding({ attribute, expected, got }: Finding): string {
  return `${attribute}: expected ${expected}, got ${got}.`;
}

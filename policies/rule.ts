import { Annotations, type IAspect, TerraformResource, TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import { type Configuration } from "./configuration";
import { configurationOf } from "./rendered";
import { type Resource } from "./resource";

/** How much an environment has to withstand: some rules hold in production only. */
export type Tier = "development" | "production";

/** An error stops the synth, a warning is listed. */
export type Severity = "error" | "warning";

/** What is wrong with one resource. */
export interface Finding {
  /** Attribute as Terraform names it, dotted where nested. */
  readonly attribute: string;
  /** What would have been right. */
  readonly expected: string;
  /** What is there, shortened; never a secret value. */
  readonly got: string;
}

export type Finder = (resource: Resource, configuration: Configuration) => readonly Finding[];

export interface RuleProps {
  /** Kebab-case, beginning with the service: `rds-backups`. Exceptions name it, so it never changes. */
  readonly id: string;
  readonly severity: Severity;
  /**
   * Where the rule holds.
   * @default both
   */
  readonly tiers?: readonly Tier[];
  /** Types of resources that it looks at; `output`, `variable`, `local`, `provider` for other blocks, `*` for all. */
  readonly types: readonly string[];
  /** Narrows what it looks at; what is left out counts as not looked at. */
  readonly when?: (resource: Resource, configuration: Configuration) => boolean;
  /** Controls of AWS Foundational Security Best Practices that it answers to. Source: Security Hub user guide. */
  readonly controls: readonly string[];
  /** Why, in one sentence; where it is a fact from outside, with its source. */
  readonly reason: string;
  /** What to do, in one sentence. */
  readonly remedy: string;
  readonly find: Finder;
}

const BOTH: readonly Tier[] = ["development", "production"];

/**
 * One policy. `enforcePolicies` runs all of them and stops the synth with every violation in one error and nothing written. Each
 * is an Aspect too: `Aspects.of(scope).add(rule)` leaves annotations, as cdktf's own aspects do, by the measure of production.
 */
export class Rule implements IAspect {
  readonly id: string;
  readonly severity: Severity;
  readonly tiers: readonly Tier[];
  readonly controls: readonly string[];
  readonly reason: string;
  readonly remedy: string;

  /** Stacks as they were when the aspect first got there. */
  private readonly visited = new WeakMap<TerraformStack, Configuration>();

  constructor(private readonly props: RuleProps) {
    this.id = props.id;
    this.severity = props.severity;
    this.tiers = props.tiers ?? BOTH;
    this.controls = props.controls;
    this.reason = props.reason;
    this.remedy = props.remedy;
  }

  /** The resources of a stack that the rule has an opinion about. */
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
    const configuration = this.firstSight(TerraformStack.of(node));
    const subjects = this.subjects(configuration).filter(({ path }) => path === node.node.path);
    for (const finding of subjects.flatMap((resource) => this.find(resource, configuration))) {
      const message = `${describeFinding(finding)} ${this.remedy} (${this.id})`;
      if (this.severity === "error") Annotations.of(node).addError(message);
      else Annotations.of(node).addWarning(message);
    }
  }

  private firstSight(stack: TerraformStack): Configuration {
    const configuration = this.visited.get(stack) ?? configurationOf(stack);
    this.visited.set(stack, configuration);
    return configuration;
  }
}

export function describeFinding({ attribute, expected, got }: Finding): string {
  return `${attribute}: expected ${expected}, got ${got}.`;
}

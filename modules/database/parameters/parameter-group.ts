import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { type Construct } from "constructs";
import { physicalName } from "../../core/names";
import { escapeTemplate } from "../../core/tokens";
import { type EngineTraits } from "../engine-traits";
import { type ParameterValue } from "./value";

export interface ParameterGroupProps {
  readonly name: string;
  readonly family: string;
  readonly traits: EngineTraits;
  readonly logExports: readonly string[];
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/**
 * Creates a parameter group and returns its name. The group is named after its family and created before the old one is destroyed, so
 * that it exists when the major version changes.
 */
export function createParameterGroup(scope: Construct, props: ParameterGroupProps): string {
  const { family, traits } = props;
  const name = physicalName([props.name, "db", family.replace(".", "-")], { maxLength: 255 });
  const config = {
    name,
    family,
    description: `Forces TLS, family ${family}`,
    parameter: parametersOf(props),
    tags: { Name: name },
    lifecycle: { createBeforeDestroy: true },
  };
  return traits.isCluster
    ? new RdsClusterParameterGroup(scope, "cluster-parameter-group", config).name
    : new DbParameterGroup(scope, "parameter-group", config).name;
}

/**
 * Returns the parameters, to be applied at the next restart unless one says otherwise. Every parameter accepts that, and AWS reports it
 * for a value that equals the default, so Terraform sees no drift.
 */
function parametersOf({ traits, logExports, parameters }: ParameterGroupProps) {
  const { forceTls, logParameters } = traits;
  const slowLog = logExports.includes("slowquery") ? logParameters : {};
  const values: Record<string, ParameterValue> = { ...slowLog, ...parameters, [forceTls.name]: forceTls.value };
  return Object.entries(values).map(([name, value]) => {
    const { value: text, applyMethod } =
      typeof value === "object" ? value : { value, applyMethod: "pending-reboot" as const };
    return { name, value: escapeTemplate(text), applyMethod };
  });
}

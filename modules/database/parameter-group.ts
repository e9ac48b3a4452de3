import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { escapeTemplate } from "../core/tokens";
import { type ParameterValue } from "./props";
import { type EngineTraits } from "./engine-traits";

export interface ParameterGroupProps {
  readonly name: string;
  readonly family: string;
  readonly traits: EngineTraits;
  readonly logExports: readonly string[];
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** Named after its family and made before the old one goes, so that a new major version finds its group. */
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

/** Waiting for a restart suits every parameter, and is how AWS reports one whose value equals its default: no drift. */
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

import { type IConstruct } from "constructs";
import { ConfigurationError } from "./configuration-error";
import { type Problem } from "./problem";

/** Checks a construct when the app is synthesized, when everything else in the app exists. */
export function checkAtSynth(scope: IConstruct, problemOf: () => Problem | undefined): void {
  const validate = (): string[] => {
    const problem = problemOf();
    if (problem) throw new ConfigurationError(scope.node.path, [problem]);
    return [];
  };
  scope.node.addValidation({ validate });
}

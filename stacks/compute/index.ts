import { createAppRunner } from "./app-runner";
import { type Compute, type ComputeProps } from "./compute";
import { createEc2 } from "./ec2";
import { createFargate } from "./fargate";

/**
 * Creates the compute of the environment's pattern. A pattern without a case here does not compile.
 * @throws ConfigurationError from the first construct that refuses its props
 */
export function createCompute(props: ComputeProps): Compute {
  const { environment } = props;
  switch (environment.pattern) {
    case "fargate":
      return createFargate({ ...props, environment });
    case "ec2":
      return createEc2({ ...props, environment });
    case "app-runner":
      return createAppRunner({ ...props, environment });
  }
}

import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";

/** Where Terraform stores the state. Environments on AWS use S3 with a lock file; on the simulator the state is a file next to the JSON. */
export type StateBackend = "s3" | "local";

export interface S3State {
  readonly bucket: string;
  readonly region: string;
}

/** Reads the environment variable `STATE_BACKEND`. Unset or empty means S3. @throws Error for any other value */
export function parseStateBackend(value: string | undefined): StateBackend {
  if (value === undefined || value === "" || value === "s3") return "s3";
  if (value === "local") return "local";
  throw new Error(
    `STATE_BACKEND: expected s3 or local, got "${value}". Leave it unset for the S3 bucket of the environment.`,
  );
}

/** Adds the stack's backend. Without one cdktf writes an absolute path, and the JSON would differ between folders. */
export function addStateBackend(stack: TerraformStack, backend: StateBackend, { bucket, region }: S3State): void {
  if (backend === "local") {
    new LocalBackend(stack, { path: "terraform.tfstate" });
    return;
  }
  new S3Backend(stack, { bucket, region, key: `${stack.node.id}/terraform.tfstate`, encrypt: true });
  // cdktf 0.21 has no prop for the lock file, which replaced the DynamoDB table in Terraform 1.10.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}

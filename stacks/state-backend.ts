import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";

/** Where Terraform keeps the state of the stacks. Real environments use S3 with a lock file; the simulator keeps it beside the JSON. */
export type StateBackend = "s3" | "local";

export interface S3State {
  readonly bucket: string;
  readonly region: string;
}

/** @param value what the caller asked for; nothing means S3 */
export function parseStateBackend(value: string | undefined): StateBackend {
  if (value === undefined || value === "" || value === "s3") return "s3";
  if (value === "local") return "local";
  throw new Error(
    `STATE_BACKEND: expected s3 or local, got "${value}". Leave it unset for the S3 bucket of the environment.`,
  );
}

/** Gives the stack its backend. Without one cdktf writes an absolute path, and the output would differ from folder to folder. */
export function addStateBackend(stack: TerraformStack, backend: StateBackend, { bucket, region }: S3State): void {
  if (backend === "local") {
    new LocalBackend(stack, { path: "terraform.tfstate" });
    return;
  }
  new S3Backend(stack, { bucket, region, key: `${stack.node.id}/terraform.tfstate`, encrypt: true });
  // cdktf 0.21 does not know the lock file that replaced the DynamoDB table in Terraform 1.10.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}

import { isolatedEnvironment } from "../../../tools/terraform/environment";

test("leaves out the user's own AWS and Terraform settings", () => {
  const user = { PATH: "/bin", HOME: "/home/me", AWS_PROFILE: "prod", AWS_SESSION_TOKEN: "s", TF_CLI_ARGS: "-x" };
  expect(isolatedEnvironment(user)).toEqual({ PATH: "/bin", HOME: "/home/me" });
});

test("keeps values of the stack's own variables", () => {
  const user = { TF_VAR_image_digest: "sha256:0", TF_VARS: "x", TF_DATA_DIR: "/data", AWS_VAR_x: "y" };
  expect(isolatedEnvironment(user)).toEqual({ TF_VAR_image_digest: "sha256:0" });
});

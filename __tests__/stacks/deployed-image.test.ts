import { dev } from "../../environments/dev";
import { defineEnvironment } from "../../environments/define-environment";
import { type EnvironmentOf } from "../../environments/schema";
import { synthesizedEnvironment } from "../helpers/synthesized-environment";
import { type Template } from "../helpers/template";

const REPOSITORY = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm";

const synthesized = (fields: Partial<EnvironmentOf<"fargate">> = {}) =>
  synthesizedEnvironment(defineEnvironment({ ...dev, ...fields }));

function images(template: Template): string[] {
  const { container_definitions: text } = template.only("aws_ecs_task_definition");
  return (JSON.parse(String(text)) as { image: string }[]).map(({ image }) => image);
}

describe("an environment that Terraform deploys", () => {
  const template = synthesized();
  const locals = (template.json as { locals?: Record<string, string> }).locals ?? {};
  const service = Object.keys(template.json.resource?.["aws_ecs_service"] ?? {})[0];

  it("runs the same image in both containers", () => {
    expect(images(template)).toEqual(["${local.image}", "${local.image}"]);
  });

  it("reads what was deployed by path, which finds nothing before the first apply", () => {
    const [found] = Object.values(template.json.data?.["aws_ssm_parameters_by_path"] ?? {});
    expect(found).toMatchObject({ path: "/messenger-crm-dev/deployed" });
    expect(locals["deployed-image"]).toBe(
      '${try(zipmap(data.aws_ssm_parameters_by_path.deployed.names, nonsensitive(data.aws_ssm_parameters_by_path.deployed.values))["/messenger-crm-dev/deployed/image"], "")}',
    );
  });

  it("prefers the variable, then what was deployed of the same release, then the release", () => {
    expect(locals["image-suffix"]).toBe(
      '${var.image_digest != "" ? "@${var.image_digest}" : can(regex("^[:@]", trimprefix(local.deployed-image, "0.1.0"))) ? trimprefix(local.deployed-image, "0.1.0") : ""}',
    );
    expect(locals["image"]).toBe(
      `\${local.image-suffix == "" ? "${REPOSITORY}:0.1.0" : "${REPOSITORY}\${local.image-suffix}"}`,
    );
  });

  it("remembers the image after the service, so that a deployment that fails is not remembered", () => {
    expect(template.only("aws_ssm_parameter")).toEqual({
      name: "/messenger-crm-dev/deployed/image",
      type: "String",
      description: expect.any(String) as string,
      insecure_value: "0.1.0${local.image-suffix}",
      allowed_pattern: expect.any(String) as string,
      depends_on: [`aws_ecs_service.${service}`],
    });
    const lifecycle = template.only("aws_ecs_service")["lifecycle"] as { postcondition?: unknown[] };
    expect(lifecycle.postcondition).toHaveLength(1);
  });

  it.each(["0.1.0", `0.1.0@sha256:${"a".repeat(64)}`, "0.2.0:0.1.0"])("allows the parameter to hold %s", (value) => {
    const pattern = new RegExp(String(template.only("aws_ssm_parameter")["allowed_pattern"]));
    expect(value).toMatch(pattern);
  });

  it.each(["", "latest image", "0.1.0@", "0.1.0@sha256:abc", "sha256:abc@1", "0.1.0:"])(
    "does not allow it to hold '%s'",
    (value) => {
      const pattern = new RegExp(String(template.only("aws_ssm_parameter")["allowed_pattern"]));
      expect(value).not.toMatch(pattern);
    },
  );

  it("follows the latest revision, so that a rollback without Terraform is no difference", () => {
    expect(template.only("aws_ecs_task_definition")["track_latest"]).toBe(true);
    expect(template.only("aws_ecs_service")["lifecycle"]).toMatchObject({ ignore_changes: ["desired_count"] });
  });

  it("is the default", () => {
    expect(synthesized({ deployedBy: "terraform" }).text).toBe(template.text);
  });
});

describe("an environment that a pipeline deploys", () => {
  const template = synthesized({ deployedBy: "pipeline" });

  it("keeps the service's revision, whatever it is", () => {
    const lifecycle = template.only("aws_ecs_service")["lifecycle"];
    expect(lifecycle).toEqual({ ignore_changes: ["desired_count", "task_definition"] });
  });

  it("has no variable and no parameter that would promise a deployment", () => {
    expect(template.json.variable ?? {}).not.toHaveProperty("image_digest");
    expect(template.count("aws_ssm_parameter")).toBe(0);
    expect(template.json.data ?? {}).not.toHaveProperty("aws_ssm_parameters_by_path");
  });

  it("offers the release as a template, with the migration before the application", () => {
    expect(images(template)).toEqual([`${REPOSITORY}:0.1.0`, `${REPOSITORY}:0.1.0`]);
    expect(template.only("aws_ecs_task_definition")).not.toHaveProperty("track_latest");
  });
});

it("refuses any other deployer", () => {
  const given = { ...dev, deployedBy: "jenkins" } as unknown as EnvironmentOf<"fargate">;
  expect(() => defineEnvironment(given)).toThrow(
    '[environments/dev] deployedBy: expected one of terraform, pipeline, got "jenkins". See docs/adr/0015-who-owns-the-image.md for each.',
  );
});

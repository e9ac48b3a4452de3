import { DataAwsSsmParametersByPath } from "@cdktf/provider-aws/lib/data-aws-ssm-parameters-by-path";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { type ITerraformDependable, TerraformLocal, type TerraformStack, TerraformVariable } from "cdktf";

export interface DeployedImageProps {
  /** Stem of all physical names; the parameter is `/<name>/deployed/image`. */
  readonly name: string;
  /** Literal URL of the repository. */
  readonly repositoryUrl: string;
  /** The environment's release, an immutable tag. */
  readonly release: string;
}

/** What the parameter may hold: a release, and the digest or the other tag that ran when the environment named it. */
const REMEMBERED = "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|@sha256:[0-9a-f]{64})?$";

/**
 * The image that an environment runs, remembered in an SSM parameter: `0.1.0` for the release itself, `0.1.0@sha256:…` for a digest that
 * was deployed while the environment named that release, and `0.2.0:0.1.0` after a rollback to the tag of the release before.
 *
 * `-var image_digest=sha256:…` deploys a digest. Later plans read it from the parameter, so that an apply for another reason keeps what
 * runs, until the environment names another release. The parameter is read by path, which finds nothing before the first apply, where
 * reading it by name would fail.
 */
export class DeployedImage {
  /** The image of every container; known only at plan. */
  readonly reference: string;
  private readonly parameterName: string;
  private readonly toRemember: string;

  constructor(
    private readonly stack: TerraformStack,
    { name, repositoryUrl, release }: DeployedImageProps,
  ) {
    const path = `/${name}/deployed`;
    this.parameterName = `${path}/image`;
    createVariable(stack);
    new DataAwsSsmParametersByPath(stack, "deployed", { path });
    // cdktf 0.21 renders an empty string in Op.eq as `undefined`, so the expressions are written by hand.
    const found = "data.aws_ssm_parameters_by_path.deployed";
    // The provider marks every value as sensitive. An image is no secret, and a plan has to show it.
    const values = `zipmap(${found}.names, nonsensitive(${found}.values))`;
    new TerraformLocal(stack, "deployed-image", `\${try(${values}["${this.parameterName}"], "")}`);
    const rest = `trimprefix(local.deployed-image, "${release}")`;
    const kept = `can(regex("^[:@]", ${rest})) ? ${rest} : ""`;
    new TerraformLocal(stack, "image-suffix", `\${var.image_digest != "" ? "@\${var.image_digest}" : ${kept}}`);
    const suffix = "local.image-suffix";
    const image = `${suffix} == "" ? "${repositoryUrl}:${release}" : "${repositoryUrl}\${${suffix}}"`;
    this.reference = new TerraformLocal(stack, "image", `\${${image}}`).asString;
    this.toRemember = `${release}\${${suffix}}`;
  }

  /** Writes the parameter after the resource. An apply that fails there leaves it as it was. */
  rememberAfter(resource: ITerraformDependable): void {
    new SsmParameter(this.stack, "deployed-image-parameter", {
      name: this.parameterName,
      description: "Image of the last deployment that succeeded: the release, and the digest or tag that runs instead.",
      type: "String",
      insecureValue: this.toRemember,
      allowedPattern: REMEMBERED,
      dependsOn: [resource],
    });
  }
}

function createVariable(stack: TerraformStack): void {
  new TerraformVariable(stack, "image_digest", {
    type: "string",
    default: "",
    description: "Digest of the image to deploy, sha256:… ; empty keeps what was deployed last.",
    validation: [
      {
        condition: '${var.image_digest == "" || can(regex("^sha256:[0-9a-f]{64}$", var.image_digest))}',
        errorMessage: "image_digest has to be sha256: and 64 hexadecimal digits, as `docker push` prints it.",
      },
    ],
  });
}

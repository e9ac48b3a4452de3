import { TerraformLocal, TerraformVariable } from "cdktf";
import { type Construct } from "constructs";

export interface ImageProps {
  /** Literal URL of the repository. */
  readonly repositoryUrl: string;
  /** Immutable tag that runs unless a digest is given. */
  readonly release: string;
}

/**
 * Returns the image to run: the release that the environment names, or the tested digest when CI passes `-var image_digest=sha256:…`.
 * A digest needs no new synth.
 */
export function imageReference(scope: Construct, { repositoryUrl, release }: ImageProps): string {
  const digest = new TerraformVariable(scope, "image_digest", {
    type: "string",
    default: "",
    description: "Digest of the image to run, sha256:… ; empty runs the release named in the environment.",
    validation: [
      {
        condition: '${var.image_digest == "" || can(regex("^sha256:[0-9a-f]{64}$", var.image_digest))}',
        errorMessage: "image_digest has to be sha256: and 64 hexadecimal digits, as `docker push` prints it.",
      },
    ],
  });
  const expression = `\${${digest.fqn} == "" ? "${repositoryUrl}:${release}" : "${repositoryUrl}@\${${digest.fqn}}"}`;
  // cdktf 0.21 renders an empty string in Op.eq as `undefined`, so the expression is written by hand.
  return new TerraformLocal(scope, "image", expression).asString;
}

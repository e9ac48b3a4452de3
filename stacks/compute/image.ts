import { type ITerraformDependable } from "cdktf";
import { repositoryUrl } from "../registry-stack";
import { type ComputeProps } from "./compute";
import { DeployedImage } from "./deployed-image";

/** The image of every container, and what has to happen once it runs. */
export interface ImageToRun {
  /** A tag, or a digest that is known only at plan. */
  readonly reference: string;
  /** Remembers the image once the resource exists in its new form, so that an image that fails is not remembered. */
  readonly rememberAfter: (resource: ITerraformDependable) => void;
}

/**
 * Returns the image to run: what Terraform deployed last, or the environment's release where a pipeline deploys and Terraform's task
 * definition is only its template. See docs/adr/0015-who-owns-the-image.md.
 */
export function imageToRun({ stack, name, contract, environment, registry }: ComputeProps): ImageToRun {
  const { release } = environment;
  const deployedBy = "deployedBy" in environment ? environment.deployedBy : undefined;
  const repository = repositoryUrl(registry, contract);
  if (deployedBy === "pipeline") return { reference: `${repository}:${release}`, rememberAfter: () => undefined };
  const image = new DeployedImage(stack, { name, repositoryUrl: repository, release });
  return { reference: image.reference, rememberAfter: (resource) => image.rememberAfter(resource) };
}

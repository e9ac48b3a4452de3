import { contract } from "../../../app/contract";
import { DeployError } from "../../deploy/errors";
import { type RegistryImage, readRegistryImage } from "../../deploy/image/registry-image";
import { findImage } from "../../deploy/release/find-image";
import { imageOf, readRemembered } from "../../deploy/release/remembered-image";
import { ask } from "../account/ask";
import { type Account } from "../account/account";
import { type Check, defineCheck } from "../check";
import { type Problem } from "../finding";

const { contractLabel, contractVersion } = contract.container.image;

interface Facts {
  readonly name: string;
  readonly wantedArchitecture: string;
  /** Why there is no such image, or the image. */
  readonly found: string | RegistryImage;
}

/**
 * What is to be deployed can start here.
 * @param given digest or tag; `undefined` for what a deployment without one would run
 */
export function image(given: string | undefined): Check {
  return defineCheck({
    name: "image",
    expects: "the image exists, is for the tasks' architecture, and was built for the stack's contract",
    read: (account) => read(account, given),
    judge: problems,
  });
}

async function read({ aws, target }: Account, given: string | undefined): Promise<Facts> {
  const name = given ?? nameIn(imageOf(target, await ask("ssm:GetParameter", readRemembered(aws.ssm, target))));
  const wantedArchitecture = target.architecture;
  try {
    const digest = await ask("ecr:DescribeImages", findImage(aws.ecr, target, name));
    const found = await ask("ecr:GetDownloadUrlForLayer", readRegistryImage(aws.ecr, target, digest));
    return { name, wantedArchitecture, found };
  } catch (error) {
    if (error instanceof DeployError) return { name, wantedArchitecture, found: error.message };
    throw error;
  }
}

/** The digest or tag of a whole reference. */
function nameIn(reference: string): string {
  return reference.includes("@") ? reference.split("@")[1]! : (reference.split(":").at(-1) ?? reference);
}

function problems({ name, wantedArchitecture, found }: Facts): Problem[] {
  const severity = "error";
  if (typeof found === "string") {
    return [
      {
        severity,
        what: `The image ${name} cannot be deployed.`,
        evidence: found,
        impact: "The deployment fails when its first task pulls the image.",
        remedy: "Build and push it: `make image`.",
      },
    ];
  }
  if (!found.architectures.includes(wantedArchitecture)) {
    return [
      {
        severity,
        what: `The image ${name} is for ${found.architectures.join(", ") || "no architecture"}, the tasks are ${wantedArchitecture}.`,
        evidence: found.digest,
        impact: "Its tasks end with `exec format error`, and ECS gives the deployment up after many minutes.",
        remedy: "Build it for the tasks' architecture: `make image` does.",
      },
    ];
  }
  return contractProblems(name, found);
}

function contractProblems(name: string, { digest, labels }: RegistryImage): Problem[] {
  const version = labels[contractLabel];
  if (version === contractVersion) return [];
  return [
    {
      severity: version === undefined ? "warning" : "error",
      what:
        version === undefined
          ? `The image ${name} does not say which contract it was built for.`
          : `The image ${name} was built for contract ${version}, the stack is of contract ${contractVersion}.`,
      evidence: `${digest}: label ${contractLabel} is ${version ?? "missing"}; app/contract.ts has ${contractVersion}`,
      impact: "Its environment variables, port or paths may differ: the application then ends with exit code 78.",
      remedy: "Build the image from the commit that is deployed: `make image`.",
    },
  ];
}

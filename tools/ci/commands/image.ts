import { ContainerTools } from "../image/container-tools";
import { imageTarget } from "../image/image-target";
import { RegistryImages } from "../image/registry";
import { sourceTag } from "../image/source-tag";
import { type Options } from "../options";
import { writeOutputs } from "../step-output";

/** The folder with the Dockerfile, and everything that gets into the image. */
const FOLDER = "app";

/** The tag comes last: an image that has it is signed, and a run that failed before builds it again. */
export async function imageCommand(options: Options): Promise<void> {
  const print = (line: string): void => console.log(line);
  const target = imageTarget(options.out);
  const images = new RegistryImages(target);
  const tag = await sourceTag(FOLDER, process.env);
  let digest = await images.digestOf(tag);
  if (digest === undefined) {
    const tools = new ContainerTools(process.env, print);
    print(`${target.repositoryUrl}:${tag}: not there yet, building it for ${target.platform}`);
    await tools.login(await images.login());
    digest = await tools.buildAndPush(FOLDER, target);
    await tools.attest(`${target.repositoryUrl}@${digest}`);
    await images.tag(digest, tag);
  } else {
    print(`${target.repositoryUrl}:${tag}: there already, because nothing in ${FOLDER}/ has changed since`);
  }
  print(`${target.repositoryUrl}@${digest}`);
  writeOutputs(options.output, { digest });
}

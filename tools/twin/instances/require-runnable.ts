import { TwinError } from "../errors";
import { type ContainerImage, type Image, isContainerImage } from "../tasks/image";
import { type Topology } from "../topology/topology";
import { requireNginx } from "./local-nginx";

/** Refuses what this machine cannot run. @throws TwinError for instances of a container image; Error when nginx is missing */
export function requireRunnable({ group }: Topology, image: Image | ContainerImage): void {
  if (group === undefined) return;
  requireNginx();
  if (!isContainerImage(image)) return;
  throw new TwinError(
    `--image: expected --build, because an instance unpacks the image and runs it without containers, got ${image.name}.`,
  );
}

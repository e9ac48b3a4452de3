import { ContainerRunner } from "./container-runner";
import { type ContainerImage, type Image, isContainerImage } from "./image";
import { ProcessRunner } from "./process-runner";
import { type TaskRunner } from "./task-runner";

/**
 * Returns what runs tasks of an image: podman for a container image, plain processes for a built app.
 * @param label unique on this machine
 * @param folder where podman records the processes of containers
 */
export function runnerOfImage(image: Image | ContainerImage, label: string, folder: string): TaskRunner {
  return isContainerImage(image)
    ? new ContainerRunner({ label, image: image.name, folder })
    : new ProcessRunner(label, image);
}

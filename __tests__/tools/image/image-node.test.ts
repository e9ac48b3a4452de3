import { readFileSync } from "node:fs";
import { join } from "node:path";
import { IMAGE_NODE_VERSION } from "../../../tools/image/image-node";
import { optionalDependencies } from "../../../tools/image/node/package.json";
import { ROOT } from "../../helpers/run-program";

it("is of the Dockerfile's major version, and the same on every architecture", () => {
  const dockerfile = readFileSync(join(ROOT, "app/Dockerfile"), "utf8");
  const [line] = /(?<=^ARG BASE_IMAGE=node:)\d+/m.exec(dockerfile) ?? [];
  expect(IMAGE_NODE_VERSION.split(".")[0]).toBe(line);
  expect(new Set(Object.values(optionalDependencies))).toEqual(new Set([IMAGE_NODE_VERSION]));
});

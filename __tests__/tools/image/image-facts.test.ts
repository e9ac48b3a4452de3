import { type ImageFile, largestParts } from "../../../tools/image/image-facts";

const file = (path: string, bytes: number, mode = "-rw-r--r--"): ImageFile => ({
  path,
  bytes,
  mode,
  owner: "0:0",
});

it("sums file sizes by folder, the largest first, without folders and links", () => {
  const files = [
    file("app", 4096, "drwxr-xr-x"),
    file("app/server.js", 1e6),
    file("app/node_modules/a/index.js", 2e6),
    file("app/node_modules/b/index.js", 3e6),
    file("bin/node", 120e6),
    file("bin/nodejs", 9e9, "lrwxrwxrwx"),
  ];
  expect(largestParts(files, 2, 2)).toEqual([" 120.0 MB  bin/node", "   5.0 MB  app/node_modules"]);
});

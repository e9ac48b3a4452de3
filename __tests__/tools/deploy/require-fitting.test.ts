import { requireFitting } from "../../../tools/deploy/image/require-fitting";
import { contextOf, digestOf, useCredentials } from "./fixtures";
import { AwsFault, ENDPOINT, type Script, ScriptedAws } from "./scripted-aws";

useCredentials();

const LABEL = "messenger-crm.contract";

/** @param configuration what the registry serves as the image's configuration */
function registry(configuration: Readonly<Record<string, unknown>> | AwsFault): Script {
  return {
    BatchGetImage: { images: [{ imageManifest: JSON.stringify({ config: { digest: digestOf("c") } }) }] },
    GetDownloadUrlForLayer: { downloadUrl: `${ENDPOINT}/configuration` },
    "GET /configuration": configuration,
  };
}

let aws: ScriptedAws;
afterEach(() => aws.stop());

async function required(script: Script) {
  aws = await ScriptedAws.start(script);
  const { context, printed } = contextOf(aws);
  await requireFitting(context, digestOf("1"));
  return printed;
}

it("accepts an image for the tasks' architecture without a word", async () => {
  expect(await required(registry({ architecture: "arm64", config: { Labels: { [LABEL]: "1" } } }))).toEqual([]);
});

it("refuses an image for another architecture", async () => {
  await expect(required(registry({ architecture: "amd64" }))).rejects.toThrow(
    `image: expected one for ARM64, the architecture of crm-dev's tasks, got ${digestOf("1")} for X86_64. Nothing was changed. Build it with \`make image\`.`,
  );
});

it("warns of an image that was built for another contract", async () => {
  expect(await required(registry({ architecture: "arm64", config: { Labels: { [LABEL]: "0" } } }))).toEqual([
    "WARNING: the image was built for contract 0, the stack is of contract 1.",
  ]);
});

it.each<[string, Script, RegExp]>([
  [
    "a missing permission",
    { ...registry({}), GetDownloadUrlForLayer: new AwsFault("AccessDeniedException", "not authorized") },
    /^Its architecture was not checked: not authorized/,
  ],
  [
    "a registry that does not serve the configuration",
    registry(new AwsFault("NoSuchKey", "gone", 404)),
    /^Its architecture was not checked: image: expected to read the configuration of .* got status 404\.$/,
  ],
  [
    "a manifest of something else",
    { BatchGetImage: { images: [{ imageManifest: "{}" }] } },
    /to be a container image, but its manifest names no configuration/,
  ],
])("goes on in spite of %s", async (_, script, text) => {
  expect(await required(script)).toEqual([expect.stringMatching(text)]);
});

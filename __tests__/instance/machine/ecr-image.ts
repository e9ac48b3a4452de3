import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { arch, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { contract } from "../../../app/contract";
import { imageNodeFolder } from "../../../tools/image/image-node";
import { ROOT } from "../../helpers/run-program";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const BUILT = join(ROOT, "app/dist/image");
/** Is in the first layer and taken away by the last one. */
export const REMOVED_FILE = "app/removed-by-a-later-layer";
const TAG = "v1";

interface Stored {
  readonly digest: string;
  readonly text: string;
}

/**
 * The built app as ECR has it: an index of two architectures, the manifest of this one, a configuration, and layers with what the Dockerfile puts
 * into the image (Node.js, the libraries that it loads, the app), and a file that a later layer takes away.
 */
export class EcrImage {
  private readonly blobs = new Map<string, string>();
  private readonly manifests = new Map<string, Stored>();
  readonly digest: string;
  /** Digest of the layer with the app. */
  readonly appLayer: string;

  private constructor(private readonly folder: string) {
    const system = this.layer("system", stageSystem);
    this.appLayer = this.layer("app", (stage) =>
      cpSync(BUILT, join(stage, "app"), { recursive: true, verbatimSymlinks: true }),
    );
    const removal = this.layer("removal", (stage) =>
      touch(join(stage, dirname(REMOVED_FILE), `.wh.${REMOVED_FILE.slice(4)}`)),
    );
    const config = this.blob("config", JSON.stringify(configuration));
    const layers = [system, this.appLayer, removal].map((digest) => ({ digest }));
    const manifest = this.manifest({ schemaVersion: 2, mediaType: MANIFEST, config: { digest: config }, layers });
    const platforms = [
      { digest: `sha256:${"0".repeat(64)}`, platform: { os: "linux", architecture: "s390x" } },
      { digest: manifest, platform: { os: "linux", architecture: { x64: "amd64" }[arch() as "x64"] ?? arch() } },
    ];
    this.digest = this.manifest({ schemaVersion: 2, manifests: platforms });
  }

  static build(): EcrImage {
    const folder = mkdtempSync(join(tmpdir(), "ecr-image-"));
    try {
      return new EcrImage(folder);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** @throws Error when there is no such layer */
  fileOf(digest: string): string {
    const file = this.blobs.get(digest);
    if (file === undefined) throw new Error(`no layer ${digest}`);
    return file;
  }

  /** Answers as ECR does. @param id `imageDigest=sha256:…` or `imageTag=…` */
  batchGetImage(id: string): object {
    const [kind, value = ""] = id.split("=");
    const stored = this.manifests.get(kind === "imageTag" && value === TAG ? this.digest : value);
    if (stored === undefined) return { images: [], failures: [{ failureCode: "ImageNotFound" }] };
    return { images: [{ imageId: { imageDigest: stored.digest }, imageManifest: stored.text }], failures: [] };
  }

  private manifest(content: object): string {
    const text = JSON.stringify(content, undefined, 2);
    const digest = digestOf(text);
    this.manifests.set(digest, { digest, text });
    return digest;
  }

  private layer(name: string, fill: (stage: string) => void): string {
    const [stage, file] = [join(this.folder, name), join(this.folder, `${name}.tar.gz`)];
    mkdirSync(stage);
    fill(stage);
    execFileSync("tar", ["-c", "-I", "gzip -1", "--owner=0", "--group=0", "-f", file, "-C", stage, "."]);
    rmSync(stage, { recursive: true });
    return this.add(file);
  }

  private blob(name: string, text: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, text);
    return this.add(file);
  }

  private add(file: string): string {
    const digest = digestOf(readFileSync(file));
    this.blobs.set(digest, file);
    return digest;
  }
}

/** As in app/Dockerfile. */
const configuration = {
  config: {
    User: contract.container.user,
    Env: ["PATH=/usr/local/bin", "NODE_ENV=production", "HOSTNAME=0.0.0.0", `PORT=${contract.container.port}`],
    Cmd: ["node", "server.js"],
    WorkingDir: "/app",
  },
};

/** Puts Node.js, the libraries that it and the app's native packages load, and the removed file into a folder. */
function stageSystem(stage: string): void {
  const node = join(imageNodeFolder() ?? dirname(process.execPath), "node");
  const copy = (from: string, to: string): void =>
    cpSync(from, join(stage, to), { recursive: true, dereference: true });
  copy(node, "usr/local/bin/node");
  const natives = readdirSync(BUILT, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".node"));
  const libraries = [node, ...natives.map((path) => join(BUILT, path))].flatMap((file) =>
    [...execFileSync("ldd", [file], { encoding: "utf8" }).matchAll(/(\/\S+)/g)].map(([, path = ""]) => path),
  );
  for (const library of new Set(libraries)) if (existsSync(library)) copy(library, library);
  touch(join(stage, REMOVED_FILE));
}

function touch(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
}

function digestOf(content: string | Buffer): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { once } from "node:events";
import { type EcrImage } from "./ecr-image";

const INSTANCE_ID = "i-0123456789abcdef0";
const TOKEN = "token-of-instance-metadata";

/** What one instance asks of AWS: its metadata (version 2), and the commands of the AWS CLI, which it records. */
export class AwsStandIn {
  /** Every command of the AWS CLI, of dnf and of the CloudWatch agent, without options that say nothing. */
  readonly commands: string[] = [];
  /** Paths of the instance metadata that have a value. */
  readonly metadata = new Map([
    ["instance-id", INSTANCE_ID],
    ["autoscaling/target-lifecycle-state", "InService"],
  ]);
  readonly secrets = new Map<string, string>();
  /** Layers that arrive with other content than their digest says. */
  readonly tampered = new Set<string>();

  private constructor(
    private readonly server: Server,
    private readonly image: EcrImage,
  ) {
    server.on("request", (request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        response.writeHead(400).end(String(error));
      });
    });
  }

  static async start(image: EcrImage): Promise<AwsStandIn> {
    const server = createServer();
    const standIn = new AwsStandIn(server, image);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Returns the commands that begin so. */
  called(beginning: string): string[] {
    return this.commands.filter((command) => command.startsWith(beginning));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = "", headers } = request;
    if (url === "/aws") {
      response.end(this.command((await textOf(request)).trim().split("\n")));
    } else if (url.startsWith("/layer/")) {
      const digest = url.slice("/layer/".length);
      if (this.tampered.has(digest)) response.end("something else");
      else createReadStream(this.image.fileOf(digest)).pipe(response);
    } else if (method === "PUT" && url === "/latest/api/token") {
      response.end(headers["x-aws-ec2-metadata-token-ttl-seconds"] ? TOKEN : "");
    } else {
      const value = this.metadata.get(url.replace("/latest/meta-data/", ""));
      const allowed = headers["x-aws-ec2-metadata-token"] === TOKEN;
      response.writeHead(!allowed ? 401 : value === undefined ? 404 : 200).end(value);
    }
  }

  private command(words: readonly string[]): string {
    const [, , name] = words[0] === "--region" ? words.slice(1) : ["", ...words];
    const after = (option: string): string => words[words.indexOf(option) + 1] ?? "";
    this.commands.push(words.join(" "));
    switch (name) {
      case "batch-get-image":
        return JSON.stringify(this.image.batchGetImage(after("--image-ids")));
      case "get-download-url-for-layer":
        return JSON.stringify({ downloadUrl: `${this.url}/layer/${after("--layer-digest")}` });
      case "get-secret-value":
        return JSON.stringify({ SecretString: this.secret(after("--secret-id")) });
      case "get-parameter":
        return JSON.stringify({ Parameter: { Value: this.secret(after("--name")) } });
      default:
        return "";
    }
  }

  private secret(arn: string): string {
    const value = this.secrets.get(arn);
    if (value === undefined) throw new Error(`ResourceNotFoundException: ${arn}`);
    return value;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";

/** An answer: the body of a JSON service, the XML result of a query service, or an error. */
export type Answer = Readonly<Record<string, unknown>> | string | AwsFault;

/** An error as AWS answers it. */
export class AwsFault {
  constructor(
    readonly code: string,
    readonly message: string,
    readonly status = 400,
  ) {}
}

/** Stands in an answer for the URL of the server, which is known once it listens. */
export const ENDPOINT = "{endpoint}";

/**
 * Answers by operation, such as `DescribeServices`, or `GET /path` where the protocol is REST, with the setting that S3 is asked for: `GET
 * /bucket?versioning`; a function receives the request.
 */
export type Script = Readonly<Record<string, Answer | ((input: Readonly<Record<string, unknown>>) => Answer)>>;

export interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const IDENTITY =
  "<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/ops</Arn><UserId>AIDAEXAMPLE</UserId>";

/** The version by which EC2's own form of AWS Query is told. */
const EC2_VERSION = "2016-11-15";

type Protocol = "json" | "query" | "ec2" | "rest";

/**
 * A server on loopback that speaks the wire protocols of AWS JSON, AWS Query and EC2, and REST, and answers what a test tells it.
 */
export class ScriptedAws {
  private constructor(
    readonly endpoint: string,
    private readonly server: Server,
    readonly calls: readonly Call[],
  ) {}

  /** Starts the server. The caller's identity is that of account 123456789012 unless the script says otherwise. */
  static async start(script: Script): Promise<ScriptedAws> {
    const calls: Call[] = [];
    const answers: Script = { GetCallerIdentity: IDENTITY, ...script };
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString("utf8");
        const target = String(request.headers["x-amz-target"] ?? "").split(".")[1];
        const { protocol, ...call } = read(request, body, target);
        calls.push(call);
        reply(response, call.operation, placed(answerTo(answers, call), endpointOf(server)), protocol);
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new ScriptedAws(endpointOf(server), server, calls);
  }

  /** Inputs of the calls of an operation, in order. */
  inputs(operation: string): Call["input"][] {
    return this.calls.filter((call) => call.operation === operation).map(({ input }) => input);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

function endpointOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function placed(answer: Answer, endpoint: string): Answer {
  if (typeof answer === "string" || answer instanceof AwsFault) return answer;
  return JSON.parse(JSON.stringify(answer).replaceAll(ENDPOINT, endpoint)) as Answer;
}

function answerTo(answers: Script, { operation, input }: Call): Answer {
  const given = answers[operation] ?? new AwsFault("UnknownOperation", operation);
  return typeof given === "function" ? given(input) : given;
}

function read(
  request: IncomingMessage,
  body: string,
  target: string | undefined,
): Call & { readonly protocol: Protocol } {
  if (target !== undefined) return { operation: target, input: json(body), protocol: "json" };
  if (!request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    return { operation: restOperation(request), input: { body }, protocol: "rest" };
  }
  const call = query(body);
  return { ...call, protocol: call.input["Version"] === EC2_VERSION ? "ec2" : "query" };
}

/** `PUT /bucket?policy`: a parameter without a value names a setting. */
function restOperation({ method = "", url = "/" }: IncomingMessage): string {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const setting = [...searchParams].find(([, value]) => value === "")?.[0];
  return `${method} ${pathname.replace(/(.)\/$/, "$1")}${setting === undefined ? "" : `?${setting}`}`;
}

function json(body: string): Call["input"] {
  return JSON.parse(body === "" ? "{}" : body) as Call["input"];
}

function query(body: string): Call {
  const input = Object.fromEntries(new URLSearchParams(body));
  return { operation: input["Action"] ?? "", input };
}

function reply(response: ServerResponse, operation: string, answer: Answer, protocol: Protocol): void {
  const status = answer instanceof AwsFault ? answer.status : 200;
  const isXml = typeof answer === "string" || protocol !== "json";
  response.writeHead(status, { "content-type": isXml ? "text/xml" : "application/x-amz-json-1.1" });
  if (answer instanceof AwsFault) response.end(fault(answer, protocol));
  else if (typeof answer !== "string") response.end(JSON.stringify(answer));
  else response.end(wrapped(operation, answer, protocol));
}

function fault({ code, message }: AwsFault, protocol: Protocol): string {
  if (protocol === "json") return JSON.stringify({ __type: code, message });
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  if (protocol === "rest") return error;
  return protocol === "ec2"
    ? `<Response><Errors>${error}</Errors></Response>`
    : `<ErrorResponse>${error}</ErrorResponse>`;
}

function wrapped(operation: string, answer: string, protocol: Protocol): string {
  if (protocol === "rest") return answer;
  const result = protocol === "ec2" ? answer : `<${operation}Result>${answer}</${operation}Result>`;
  return `<${operation}Response>${result}</${operation}Response>`;
}

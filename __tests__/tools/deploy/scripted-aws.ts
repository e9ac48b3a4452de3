import { createServer, type Server, type ServerResponse } from "node:http";
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

/** Answers by operation, such as `DescribeServices`; a function receives the request. */
export type Script = Readonly<Record<string, Answer | ((input: Readonly<Record<string, unknown>>) => Answer)>>;

export interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const IDENTITY =
  "<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/ops</Arn><UserId>AIDAEXAMPLE</UserId>";

/** A server on loopback that speaks the wire protocols of AWS JSON 1.1 and AWS Query, and answers what a test tells it. */
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
        const call = target === undefined ? query(body) : { operation: target, input: json(body) };
        calls.push(call);
        reply(response, call.operation, answerTo(answers, call), target === undefined);
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new ScriptedAws(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, calls);
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

function answerTo(answers: Script, { operation, input }: Call): Answer {
  const given = answers[operation] ?? new AwsFault("UnknownOperation", operation);
  return typeof given === "function" ? given(input) : given;
}

function json(body: string): Call["input"] {
  return JSON.parse(body === "" ? "{}" : body) as Call["input"];
}

function query(body: string): Call {
  const input = Object.fromEntries(new URLSearchParams(body));
  return { operation: input["Action"] ?? "", input };
}

function reply(response: ServerResponse, operation: string, answer: Answer, isQuery: boolean): void {
  const status = answer instanceof AwsFault ? answer.status : 200;
  response.writeHead(status, { "content-type": isQuery ? "text/xml" : "application/x-amz-json-1.1" });
  if (answer instanceof AwsFault) {
    const { code, message } = answer;
    response.end(
      isQuery
        ? `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`
        : JSON.stringify({ __type: code, message }),
    );
    return;
  }
  response.end(
    typeof answer === "string"
      ? `<${operation}Response><${operation}Result>${answer}</${operation}Result></${operation}Response>`
      : JSON.stringify(answer),
  );
}

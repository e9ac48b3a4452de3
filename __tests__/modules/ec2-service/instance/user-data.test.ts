import { gzipSync } from "node:zlib";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Testing } from "cdktf";
import {
  encodeUserData,
  MAX_USER_DATA_BYTES,
  renderScript,
  renderUserData,
} from "../../../../modules/ec2-service/instance";
import { instanceProps } from "./props";

/** Returns the text of a file that the script writes. */
function fileOf(script: string, path: string): string {
  const begin = script.split("\n").findIndex((line) => line.includes(` /dev/stdin ${path} <<`));
  const lines = script.split("\n").slice(begin + 1);
  return lines.slice(0, lines.indexOf("END_OF_FILE")).join("\n");
}

/** Reads a template of Terraform as Terraform does, with this value for each interpolation. */
function evaluate(template: string, value: string): string {
  return template.replace(/([$%])\1\{|\$\{[^}]*\}/g, (_match, sign?: string) =>
    sign === undefined ? value : `${sign}{`,
  );
}

describe("user data", () => {
  it("arrives as it was written, with the values of tokens, after Terraform has read it", () => {
    const json = Testing.synthScope((scope) => {
      const repository = new EcrRepository(scope, "repository", { name: "crm" });
      const userData = renderUserData(instanceProps({ image: `${repository.repositoryUrl}:v1` }));
      new LaunchTemplate(scope, "template", { userData: encodeUserData(scope, "user-data", userData) });
    });
    const { resource, locals } = JSON.parse(json) as {
      resource: { aws_launch_template: { template: { user_data: string } } };
      locals: Record<string, string>;
    };
    expect(resource.aws_launch_template.template.user_data).toBe("${base64gzip(local.user-data)}");
    const text = locals["user-data"]!;
    expect(text).toContain("${aws_ecr_repository.repository.repository_url}:v1");
    expect(evaluate(text, "HOST/crm")).toBe(renderScript(instanceProps({ image: "HOST/crm:v1" })));
  });

  it("fits into a launch template with hundreds of variables, once compressed", () => {
    const environment = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [`VARIABLE_${n}`, `https://host-${n}.example.com`]),
    );
    expect(gzipSync(renderScript(instanceProps({ environment, processes: 8 }))).length).toBeLessThan(
      MAX_USER_DATA_BYTES,
    );
  });

  it("quotes values for the shell and for systemd", () => {
    const script = renderScript(instanceProps({ region: "it's", environment: { QUOTED: 'a "b" $c \\d `e`' } }));
    expect(fileOf(script, "/etc/app/settings")).toContain("REGION='it'\\''s'");
    expect(fileOf(script, "/etc/app/app.env")).toBe('QUOTED="a \\"b\\" \\$c \\\\d \\`e\\`"');
  });

  it("gives each process a port and a number of its own", () => {
    const script = renderScript(instanceProps({ processes: 3, firstProcessPort: 4000 }));
    expect([0, 1, 2].map((number) => fileOf(script, `/etc/app/process-${number}.env`))).toEqual([
      'PORT="4000"\nHOSTNAME="127.0.0.1"\nPROCESS_NUMBER="0"',
      'PORT="4001"\nHOSTNAME="127.0.0.1"\nPROCESS_NUMBER="1"',
      'PORT="4002"\nHOSTNAME="127.0.0.1"\nPROCESS_NUMBER="2"',
    ]);
  });

  it("has no migration unless one is given", () => {
    const script = renderScript(instanceProps({ migration: undefined }));
    expect(script).not.toContain("/etc/app/migration.json <<");
    expect(fileOf(renderScript(instanceProps()), "/etc/app/migration.json")).toBe('["node","migrate.js"]');
  });

  it("sends the log of each process to a stream of its own", () => {
    const script = renderScript(instanceProps());
    const { logs } = JSON.parse(fileOf(script, "/etc/app/cloudwatch.json")) as {
      logs: { logs_collected: { files: { collect_list: { file_path: string; log_stream_name: string }[] } } };
    };
    const streams = logs.logs_collected.files.collect_list.map(({ log_stream_name }) => log_stream_name);
    expect(streams).toEqual(
      ["process-0", "process-1", "instance", "migration", "nginx", "boot"].map((name) => `{instance_id}/${name}`),
    );
  });
});

describe("nginx.conf", () => {
  const nginx = fileOf(renderScript(instanceProps()), "/etc/app/nginx.conf");

  it.each([
    ["a session to its process", '"~^1\\." process_1;'],
    ["what belongs to no session to any process", "default processes;"],
    ["a process to its port", "upstream process_1 { server 127.0.0.1:3002 max_fails=0; }"],
    ["silence for longer than the heartbeat", "proxy_read_timeout 60s;"],
    ["more than the largest message", "client_max_body_size 1114112;"],
    ["the load balancer's connections for longer than it does itself", "keepalive_timeout 75s;"],
    ["health checks away while the instance drains", "if (-f /run/app/draining) { return 503; }"],
  ])("routes or keeps %s", (_what, line) => {
    expect(nginx).toContain(line);
  });
});

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { scaledMs } from "../../helpers/time-limits";

const exec = promisify(execFile);
const STUBS = join(__dirname, "stubs");
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const BOOT_MS = 60_000;

/** Boots this machine's own root, below a layer in memory that takes every change, in a mount namespace that ends with the process. */
const START = `set -e
mkdir -p /run/systemd/nspawn
mount -t tmpfs tmpfs /run/systemd/nspawn
mount --bind / "$1/root"
exec systemd-nspawn --quiet --boot --directory="$1/root" --volatile=overlay --register=no --keep-unit --link-journal=no \\
  --machine="$2" --bind-ro="$1/files:/test" --bind-ro="$3/aws:/usr/local/bin/aws" --bind-ro="$3/dnf:/usr/local/bin/dnf" \\
  --bind-ro="$1/files/manager.conf:/etc/systemd/system.conf.d/test.conf" -- --unit=sysinit.target`;

export interface Ran {
  readonly code: number;
  readonly output: string;
}

/**
 * The nearest that there is to an instance: a systemd of its own as process 1, in namespaces of its own but for the network, on a copy of this
 * machine's root. It is Debian, not Amazon Linux 2023; systemd is 252 in both. Needs root.
 */
export class Machine {
  private constructor(
    private readonly folder: string,
    private readonly nspawn: ChildProcess,
    private readonly standInUrl: string,
  ) {}

  /** @param standInUrl where its instance metadata and its AWS CLI are */
  static async start(standInUrl: string, userData: string): Promise<Machine> {
    const folder = mkdtempSync(join(tmpdir(), "machine-"));
    const files = join(folder, "files");
    await exec("mkdir", ["-p", files, join(folder, "root")]);
    writeFileSync(join(files, "user-data"), userData);
    writeFileSync(
      join(files, "manager.conf"),
      `[Manager]\nDefaultEnvironment=AWS_EC2_METADATA_SERVICE_ENDPOINT=${standInUrl}\n`,
    );
    const args = [
      "--pdeathsig",
      "TERM",
      "unshare",
      "--mount",
      "bash",
      "-c",
      START,
      "start",
      folder,
      basename(folder),
      STUBS,
    ];
    const nspawn = spawn("setpriv", args, { stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    for (const stream of [nspawn.stdout, nspawn.stderr])
      stream.on("data", (chunk: Buffer) => (printed += String(chunk)));
    const machine = new Machine(folder, nspawn, standInUrl);
    const end = performance.now() + scaledMs(BOOT_MS);
    while ((await machine.run("systemctl is-active sysinit.target")).code !== 0) {
      if (performance.now() > end || nspawn.exitCode !== null) {
        await machine.kill();
        throw new Error(`the machine did not boot:\n${printed}`);
      }
      await wait(200);
    }
    return machine;
  }

  /** Runs the user data as cloud-init does. */
  boot(): Promise<Ran> {
    return this.run("/bin/bash /test/user-data");
  }

  /** Runs a command of bash; a failure is a result, too. */
  async run(command: string): Promise<Ran> {
    const pid = this.processOne();
    if (pid === undefined) return { code: -1, output: "the machine is off" };
    const variables = [`PATH=${PATH}`, "HOME=/root", `AWS_EC2_METADATA_SERVICE_ENDPOINT=${this.standInUrl}`];
    // Without --norc, bash takes Node's pipe for a remote shell and reads this machine's .bashrc.
    const shell = ["bash", "--norc", "-c", `exec 2>&1 </dev/null; ${command}`];
    const args = [
      "--mount",
      "--uts",
      "--ipc",
      "--pid",
      "--root",
      "--wd",
      "--target",
      pid,
      "env",
      "-i",
      ...variables,
      ...shell,
    ];
    try {
      return { code: 0, output: (await exec("nsenter", args, { maxBuffer: 64e6 })).stdout };
    } catch (error) {
      const { code, stdout } = error as { code?: unknown; stdout?: string };
      return { code: typeof code === "number" ? code : -1, output: stdout ?? String(error) };
    }
  }

  /** Returns the output of a command. @throws Error when it fails */
  async must(command: string): Promise<string> {
    const { code, output } = await this.run(command);
    if (code !== 0) throw new Error(`${command} exited with ${code}:\n${output}`);
    return output.trim();
  }

  /** Shuts down in order, as EC2 does when an instance is terminated. */
  async powerOff(): Promise<void> {
    const gone = once(this.nspawn, "exit");
    this.nspawn.kill("SIGTERM");
    await gone;
    this.clean();
  }

  /** Ends at once, as an instance whose host fails. */
  async kill(): Promise<void> {
    if (this.nspawn.exitCode === null && this.nspawn.signalCode === null) {
      const gone = once(this.nspawn, "exit");
      // The end of nspawn itself would leave its machine running.
      const processOne = this.processOne();
      if (processOne === undefined) this.nspawn.kill("SIGKILL");
      else process.kill(Number(processOne), "SIGKILL");
      await gone;
    }
    this.clean();
  }

  private clean(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private processOne(): string | undefined {
    const { pid } = this.nspawn;
    try {
      return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")[0] || undefined;
    } catch {
      return undefined;
    }
  }
}

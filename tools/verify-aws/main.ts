import { contract } from "../../app/contract";
import { awsErrorInWords } from "../aws/errors";
import { confirmOn } from "../deploy/confirm";
import { doctorClients } from "../doctor/clients";
import { AccountSteps } from "./account-steps";
import { VerifyAwsError } from "./errors";
import { Interruption } from "./interruption";
import { type Options, parseOptions } from "./options";
import { ownAccount, throwawayName, twoZones } from "./place";
import { EXIT, exitCodeOf, howToGoOn, renderReport, type VerifyReport } from "./report";
import { RunFolder, RUNS } from "./run-folder";
import { USAGE } from "./usage";
import { destroyOnly, interruptionText, type RunOptions, verifyAws } from "./verify-aws";

/**
 * Runs a command line, such as `--image 0.1.0 --json`, and returns its exit code.
 * @throws UserError in words for everything that a person can correct
 */
export async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args, process.env);
  if (options === undefined) {
    console.log(USAGE);
    return EXIT.passed;
  }
  const print = (text: string) => (options.json ? console.error(text) : console.log(text));
  try {
    const report = await run(options, print);
    if (report === undefined) return EXIT.error;
    console.log(options.json ? JSON.stringify(report, undefined, 2) : `\n${renderReport(report)}`);
    if (options.json && report.folder !== undefined) print(howToGoOn(report.folder));
    return exitCodeOf(report);
  } catch (error) {
    throw awsErrorInWords(error);
  }
}

async function run(options: Options, print: (text: string) => void): Promise<VerifyReport | undefined> {
  const { endpoint, yes, json, earlier } = options;
  const folder = earlier === undefined ? await newRun(options) : RunFolder.open(earlier.folder);
  const interruption = new Interruption();
  const isContinued = earlier !== undefined;
  const confirm = confirmOn({ input: process.stdin, output: json ? process.stderr : process.stdout }, yes);
  const steps = new AccountSteps({ folder, endpoint, interruption, print, isContinued });
  const runOptions: RunOptions = { folder, steps, interruption, print, confirm, isContinued, now: () => Date.now() };
  return interruption.during(
    () => (earlier?.mode === "destroy" ? destroyOnly(runOptions) : verifyAws(runOptions)),
    (isFirst) => print(interruptionText(isFirst, folder)),
  );
}

/** Chooses a name and writes the folder; nothing is created in the account yet. */
async function newRun({ image, repository, region, endpoint }: Options): Promise<RunFolder> {
  if (region === undefined) {
    throw new VerifyAwsError(
      "region: expected one, such as ap-northeast-1, found none. Pass --region or set AWS_REGION.",
    );
  }
  const aws = doctorClients({ region, endpoint });
  const accountId = await ownAccount(aws.sts);
  const availabilityZones = await twoZones(aws.ec2, region);
  const name = throwawayName();
  const repositoryName = image === undefined ? undefined : (repository ?? contract.name);
  return RunFolder.create(RUNS, {
    formatVersion: 1,
    name,
    stack: `${contract.name}-${name}`,
    accountId,
    region,
    availabilityZones,
    repositoryName,
    image,
    startedAt: new Date().toISOString(),
  });
}

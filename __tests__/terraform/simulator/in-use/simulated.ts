import { AwsSimulator } from "../../../../tools/simulator/aws-simulator";
import { findPrograms } from "../../../../tools/simulator/find-programs";
import { type Clients, clients } from "../../../helpers/aws-clients";

/** Clients of the simulator that all tests of a file share. */
export let aws: Clients;

let simulator: AwsSimulator;
let names = 0;

/** Starts the simulator before the first test and stops it after the last one. */
export function startSimulator(): void {
  beforeAll(async () => {
    simulator = await AwsSimulator.start({ python: (await findPrograms()).python });
    aws = clients(simulator.endpoint);
  });

  afterAll(() => simulator?.stop());
}

/** Clients of another region. */
export const clientsOf = (region: string): Clients => clients(simulator.endpoint, region);

/** What the simulator reports of the requests so far. */
export const report = () => simulator.report();

/** A number that no other call returns. */
export const nextNumber = (): number => ++names;

/** A name that no other resource of these tests has. */
export const fresh = (what: string): string => `${what}-${nextNumber()}`;

/** Expects AWS's error code. */
export async function expectRefused(call: Promise<unknown>, code: string): Promise<void> {
  const error = await call.then(
    () => undefined,
    (reason: Error) => reason,
  );
  expect(error?.name).toBe(code);
}

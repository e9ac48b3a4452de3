import { kindOf, timeLimitMs } from "./time-limits";

// jest has no time limit by project, so each test file sets its own before its first test.
jest.setTimeout(timeLimitMs(kindOf(expect.getState().testPath ?? "")));

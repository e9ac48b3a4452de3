import { testLimitMs } from "./time-limits";

// Runs before each test file, once Jest knows its path.
jest.setTimeout(testLimitMs(expect.getState().testPath ?? ""));

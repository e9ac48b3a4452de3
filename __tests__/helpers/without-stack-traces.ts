// For each token, cdktf captures a whole stack trace for a message that no test reads; under Jest, each is mapped to its source.
jest.mock("cdktf/lib/tokens/private/stack-trace", () => ({ captureStackTrace: () => [] }));

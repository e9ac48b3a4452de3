import { contentSecurityPolicy } from "../../src/security-headers";

const production = { nonce: "n0nce", dev: false, origin: "https://crm.example.com", socketUrl: undefined };

function directive(policy: string, name: string): string | undefined {
  return policy.split("; ").find((part) => part.startsWith(`${name} `));
}

describe("contentSecurityPolicy", () => {
  it("allows only our own scripts and styles", () => {
    const policy = contentSecurityPolicy(production);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
    expect(directive(policy, "script-src")).toBe("script-src 'nonce-n0nce' 'strict-dynamic'");
    expect(directive(policy, "style-src")).toBe("style-src 'self' 'nonce-n0nce'");
    expect(directive(policy, "default-src")).toBe("default-src 'none'");
    expect(directive(policy, "worker-src")).toBe("worker-src 'self'");
    expect(directive(policy, "frame-ancestors")).toBe("frame-ancestors 'none'");
  });

  it.each([
    [undefined, "connect-src 'self' wss://crm.example.com"],
    ["wss://rt.example.com/x", "connect-src 'self' wss://crm.example.com https://rt.example.com wss://rt.example.com"],
    ["http://localhost:3001", "connect-src 'self' wss://crm.example.com http://localhost:3001 ws://localhost:3001"],
    ["not a url; script-src *", "connect-src 'self' wss://crm.example.com"],
  ])("allows connections to sockets at %p", (socketUrl, expected) => {
    expect(directive(contentSecurityPolicy({ ...production, socketUrl }), "connect-src")).toBe(expected);
  });

  it("relaxes scripts and styles in development", () => {
    const policy = contentSecurityPolicy({ ...production, dev: true });
    expect(directive(policy, "script-src")).toContain("'unsafe-eval'");
    expect(directive(policy, "style-src")).toContain("'unsafe-inline'");
  });
});

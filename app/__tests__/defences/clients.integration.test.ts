import * as checks from "./checks";
import { patch, describeDefences } from "./defence";

const SHORT_HEADERS = patch("http/http-server.ts", "http.headersTimeoutSec * 1000", "500");
const WRAPPER = patch("realtime/dispatcher.ts", "acknowledge?.(failure(error, name, options));", "throw error;");
const SCHEMA = patch(
  "realtime/dispatcher.ts",
  'if (!parsed.success) return refusal("INVALID", describe(parsed.error));',
  "",
);

describeDefences({
  "row 5": {
    check: checks.recoveryNeedsATicket,
    without: {
      "recovery switched off": [
        patch(
          "realtime/socket-server.ts",
          "perMessageDeflate: false,",
          "perMessageDeflate: false, connectionStateRecovery: {},",
        ),
      ],
    },
  },
  "row 8": {
    check: checks.evilOriginIsRefused,
    without: {
      "the origin check": [
        patch(
          "realtime/admission.ts",
          'if (!isAllowedOrigin(request, options.allowedOrigins)) return decide("Forbidden", false);',
          "",
        ),
      ],
    },
  },
  "row 11": {
    check: checks.oversizeIsCut,
    without: {
      "the packet size limit": [patch("realtime/socket-server.ts", "maxHttpBufferSize: socket.maxPayloadBytes,", "")],
    },
  },
  "row 15": {
    check: checks.nothingKillsTheProcess,
    without: {
      "the catch around handlers": [WRAPPER, SCHEMA],
      "the check for an acknowledgement function": [
        patch(
          "realtime/dispatcher.ts",
          'typeof last === "function" ? (args.pop() as Acknowledge) : undefined',
          "args.pop() as Acknowledge",
        ),
      ],
    },
  },
  "row 17": {
    check: checks.slowHeadersAreCut,
    always: [SHORT_HEADERS],
    without: {
      "the short check interval": [
        patch(
          "http/http-server.ts",
          "connectionsCheckingInterval: timeouts?.checkEveryMs ?? TIMEOUT_CHECK_INTERVAL_MS,",
          "",
        ),
      ],
    },
  },
});

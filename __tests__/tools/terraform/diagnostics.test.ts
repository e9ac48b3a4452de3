import { renderDiagnostic, renderFailure, type Diagnostic } from "../../../tools/terraform/diagnostics";

const error: Diagnostic = {
  severity: "error",
  summary: "creating ELBv2 Listener",
  detail: "CertificateNotFound: Certificate not found\n\nAsk for one.",
  address: "aws_lb_listener.https",
  range: { filename: "cdk.tf.json", start: { line: 12 } },
};

test("shows summary, address, file and the whole detail", () => {
  expect(renderDiagnostic(error)).toBe(
    [
      "Error: creating ELBv2 Listener",
      "  at aws_lb_listener.https, cdk.tf.json line 12",
      "  CertificateNotFound: Certificate not found",
      "",
      "  Ask for one.",
    ].join("\n"),
  );
});

test("a diagnostic without location and detail is one line", () => {
  expect(renderDiagnostic({ severity: "warning", summary: "Deprecated" })).toBe("Warning: Deprecated");
});

test("shows each error once and leaves warnings out when there are errors", () => {
  const warning: Diagnostic = { severity: "warning", summary: "Deprecated" };
  const second: Diagnostic = { severity: "error", summary: "second" };
  expect(renderFailure([warning, error, error, second])).toBe(`${renderDiagnostic(error)}\n\nError: second`);
  expect(renderFailure([warning])).toBe("Warning: Deprecated");
});

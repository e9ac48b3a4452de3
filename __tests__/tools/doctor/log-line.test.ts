import { Writable } from "node:stream";
import { contract } from "../../../app/contract";
import { createLog } from "../../../app/server/operations/log";
import { LINES } from "../../../tools/doctor/checks/metric-filter";

it("tests metric filters with a line as the application's logger writes it", () => {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const tested = JSON.parse(LINES.counted) as Record<string, string>;
  const { socket, kind, userId } = tested;
  const log = createLog({ level: "info", service: tested["service"]!, destination });
  // As the realtime server does for each connection.
  log.info({ socket, kind, userId }, contract.logs.connectedLine);
  const written = JSON.parse(lines.join("")) as Record<string, string>;
  expect(Object.keys(tested)).toEqual(Object.keys(written));
  expect({ ...written, time: "" }).toEqual({ ...tested, time: "" });
});

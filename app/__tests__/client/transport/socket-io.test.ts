import { socketIoTransport } from "../../../client/transport/socket-io";
import { FakeMessenger, until } from "../../helpers/fake-messenger";

let server: FakeMessenger;

beforeEach(async () => {
  server = new FakeMessenger();
  await server.listen();
});

afterEach(() => server.close());

describe("socketIoTransport", () => {
  it("reports a close by the server, but not one that was asked for", async () => {
    const reports: string[] = [];
    const transport = socketIoTransport({ url: server.url })(
      {
        onOpen: () => reports.push("open"),
        onClose: () => reports.push("close"),
        onRefused: () => reports.push("refused"),
        onEvent: () => undefined,
      },
      { connectMs: 10_000 },
    );
    transport.open("first");
    await until(() => transport.connected);
    // A report here would start a second attempt beside that of whoever closed it.
    transport.close();
    expect(reports).toEqual(["open"]);
    transport.open("second");
    await until(() => transport.connected);
    for (const socket of server.sockets) socket.disconnect(true);
    await until(() => !transport.connected);
    expect(reports).toEqual(["open", "open", "close"]);
    transport.close();
  });
});

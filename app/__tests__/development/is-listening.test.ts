import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { isListening } from "../../development/is-listening";

it("tells a port that accepts connections from one that does not", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expect(await isListening(port)).toBe(true);
  server.close();
  await once(server, "close");
  expect(await isListening(port)).toBe(false);
});

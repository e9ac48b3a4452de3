import { clientAddress } from "../../server/http/client-address";

const behindOneProxy = (entry: string) =>
  clientAddress({ headers: { "x-forwarded-for": `10.0.0.1, ${entry}` }, socket: {} as never }, 1);

it.each([
  ["203.0.113.9", "203.0.113.9"],
  ["203.0.113.9:51234", "203.0.113.9"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"],
  ["[2001:db8:1:2::1]:51234", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8::", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["64:ff9b::192.0.2.1", "64:ff9b:0:0::/64"],
  ["not:an:address", "not:an:address"],
])("counts %s as %s", (entry, expected) => {
  expect(behindOneProxy(entry)).toBe(expected);
});

it("counts every address of one subscriber's network as one, and no other with them", () => {
  const addresses = Array.from({ length: 50 }, (_, host) => `2001:db8:1:2:${host.toString(16)}::${host}`);
  expect(new Set(addresses.map(behindOneProxy)).size).toBe(1);
  expect(behindOneProxy("2001:db8:1:3::1")).not.toBe(behindOneProxy(addresses[0]!));
});

it("is the peer's address without a proxy", () => {
  const headers = { "x-forwarded-for": "1.2.3.4" };
  expect(clientAddress({ headers, socket: { remoteAddress: "::ffff:127.0.0.1" } as never }, 0)).toBe("127.0.0.1");
});

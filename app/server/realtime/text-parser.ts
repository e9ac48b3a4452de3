import * as parser from "socket.io-parser";

/**
 * Closes the connection when a packet announces binary attachments, which the protocol does not use. The default decoder would wait for
 * them without limit and keep what has arrived.
 */
class TextDecoder extends parser.Decoder {
  constructor() {
    super({ maxAttachments: 0 });
  }
}

/** For the server's `parser` option. */
export const textParser = { Encoder: parser.Encoder, Decoder: TextDecoder, protocol: parser.protocol };

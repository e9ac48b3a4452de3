import * as parser from "socket.io-parser";

/**
 * Our protocol carries no binary data, so the announcement of an attachment ends the connection. The stock decoder would wait for the
 * attachments without limit, and keep what has come so far.
 */
class TextDecoder extends parser.Decoder {
  constructor() {
    super({ maxAttachments: 0 });
  }
}

/** For the `parser` option of the server. */
export const textParser = { Encoder: parser.Encoder, Decoder: TextDecoder, protocol: parser.protocol };

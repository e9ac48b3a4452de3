export interface PolicyOptions {
  readonly nonce: string;
  /** Allows what React and hot reloading need in development: evaluated code and inserted styles. */
  readonly dev: boolean;
  /** The page's origin, as the browser sees it. */
  readonly origin: string;
  /** Origin of the sockets, if it is not the page's. */
  readonly socketUrl: string | undefined;
}

/**
 * Returns the content security policy of one page. Only scripts with the response's nonce run, so that a person's text can never become
 * one. Nothing is loaded from other origins, and the page cannot be framed.
 */
export function contentSecurityPolicy({ nonce, dev, origin, socketUrl }: PolicyOptions): string {
  const directives: Readonly<Record<string, readonly string[]>> = {
    "default-src": ["'none'"],
    "script-src": [`'nonce-${nonce}'`, "'strict-dynamic'", ...(dev ? ["'unsafe-eval'"] : [])],
    "style-src": ["'self'", ...(dev ? ["'unsafe-inline'"] : [`'nonce-${nonce}'`])],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    // In older versions of Safari, 'self' does not include WebSockets.
    "connect-src": ["'self'", webSocketOrigin(origin), ...socketOrigins(socketUrl)],
    "manifest-src": ["'self'"],
    // Browsers would otherwise judge the service worker by script-src, which allows no file by its address.
    "worker-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(" ")}`)
    .join("; ");
}

function webSocketOrigin(origin: string): string {
  return origin.replace(/^http/, "ws");
}

/** Returns the sources for WebSocket and for long-polling. */
function socketOrigins(url: string | undefined): string[] {
  if (url === undefined || !URL.canParse(url)) return [];
  const http = new URL(url.replace(/^ws/, "http")).origin;
  return [http, webSocketOrigin(http)];
}

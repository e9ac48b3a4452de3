export interface PolicyOptions {
  readonly nonce: string;
  /** React and hot reloading evaluate code and insert styles while a page is being developed. */
  readonly dev: boolean;
  /** The page's own origin, as the browser sees it. */
  readonly origin: string;
  /** Where the sockets are, when that is another origin. */
  readonly socketUrl: string | undefined;
}

/**
 * Scripts run by the nonce of this answer alone; a text that somebody wrote cannot become one. Nothing is fetched from elsewhere, and
 * nobody puts the page into a frame.
 */
export function contentSecurityPolicy({ nonce, dev, origin, socketUrl }: PolicyOptions): string {
  const directives: Readonly<Record<string, readonly string[]>> = {
    "default-src": ["'none'"],
    "script-src": [`'nonce-${nonce}'`, "'strict-dynamic'", ...(dev ? ["'unsafe-eval'"] : [])],
    "style-src": ["'self'", ...(dev ? ["'unsafe-inline'"] : [`'nonce-${nonce}'`])],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    // Older Safari does not take 'self' for WebSockets.
    "connect-src": ["'self'", webSocketOrigin(origin), ...socketOrigins(socketUrl)],
    "manifest-src": ["'self'"],
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

/** For WebSockets and for long-polling. */
function socketOrigins(url: string | undefined): string[] {
  if (url === undefined || !URL.canParse(url)) return [];
  const http = new URL(url.replace(/^ws/, "http")).origin;
  return [http, webSocketOrigin(http)];
}

import NextAuth from "next-auth";
import { type NextRequest } from "next/server";
import { authOptions } from "../../../../auth";
import { refuseAuthRequest } from "../../../../auth-request";

interface Context {
  readonly params: Promise<{ readonly nextauth: string[] }>;
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const refused = await refuseAuthRequest(request, (await context.params).nextauth);
  if (refused !== undefined) return refused;
  // Created per request, because the environment variables at build time are not those at run time.
  return (await NextAuth(request as never, context as never, authOptions())) as Response;
}

export { handle as GET, handle as POST };

import NextAuth from "next-auth";
import { authOptions } from "../../../../auth";

type Context = { readonly params: Promise<{ readonly nextauth: string[] }> };

async function handle(request: Request, context: Context): Promise<Response> {
  // Created per request, because the environment variables at build time are not those at run time.
  return (await NextAuth(request as never, context as never, authOptions())) as Response;
}

export { handle as GET, handle as POST };

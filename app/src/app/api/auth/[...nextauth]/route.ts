import NextAuth from "next-auth";
import { authOptions } from "../../../../auth";

type Context = { readonly params: Promise<{ readonly nextauth: string[] }> };

async function handle(request: Request, context: Context): Promise<Response> {
  // Made for each request: the environment of the build is not that of the run.
  return (await NextAuth(request as never, context as never, authOptions())) as Response;
}

export { handle as GET, handle as POST };

import { requireAdmin } from "../../session";
import { TopBar } from "../../components/top-bar";
import { AdminView } from "./admin-view";

export default async function AdminPage() {
  const agent = await requireAdmin();
  return (
    <>
      <TopBar agent={agent} />
      <AdminView ownId={agent.userId} />
    </>
  );
}

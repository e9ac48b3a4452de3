import { Card } from "../../components/card";
import { requestDictionary } from "../../i18n/request";
import { InvitationForm } from "./invitation-form";

export default async function InvitationPage() {
  const words = await requestDictionary();
  return (
    <Card title={words.invitationTitle}>
      <InvitationForm />
    </Card>
  );
}

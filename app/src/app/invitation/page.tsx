import { Card } from "../../components/card";
import { requestWords } from "../../i18n/request";
import { InvitationForm } from "./invitation-form";

export default async function InvitationPage() {
  const words = await requestWords();
  return (
    <Card title={words.invitationTitle}>
      <InvitationForm />
    </Card>
  );
}

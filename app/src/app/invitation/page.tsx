import { Card } from "../../components/card";
import { requestDictionary } from "../../i18n/request";
import { InvitationForm } from "./invitation-form";

export default async function InvitationPage() {
  const dictionary = await requestDictionary();
  return (
    <Card title={dictionary.invitationTitle}>
      <InvitationForm />
    </Card>
  );
}

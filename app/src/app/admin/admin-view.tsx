"use client";
import { type FormEvent, type ReactNode, useCallback, useEffect, useState } from "react";
import {
  type InvitationCreated,
  type RestBody,
  type UserAnswer,
  type UsersAnswer,
  type UserView,
} from "../../../protocol";
import { browserRest } from "../../components/browser-client";
import { Choice, Field, fieldValue, Problem } from "../../components/form";
import { formatTime, useDictionary } from "../../components/dictionary";
import { goToSignIn } from "../../sign-out";
import { DisableDialog } from "./disable-dialog";
import styles from "./admin-view.module.css";

export function AdminView({ ownId }: { readonly ownId: string }) {
  const dictionary = useDictionary();
  return (
    <main className={styles.page}>
      <h1>{dictionary.admin}</h1>
      <UsersPanel ownId={ownId} />
      <InvitePanel />
    </main>
  );
}

function UsersPanel({ ownId }: { readonly ownId: string }) {
  const dictionary = useDictionary();
  const { users, problem, change } = useUsers();
  /** The user whom the admin is about to disable. */
  const [leaving, setLeaving] = useState<UserView>();
  const colleagues = users?.filter(({ id, disabled }) => !disabled && id !== leaving?.id) ?? [];

  return (
    <section aria-labelledby="users-title" className={styles.panel}>
      <h2 id="users-title">{dictionary.users}</h2>
      {problem && <Problem>{dictionary.failedAction}</Problem>}
      {users === undefined ? (
        <p>{dictionary.loading}</p>
      ) : (
        <UsersTable>
          {users.map((user) => (
            <UserRow
              key={user.id}
              user={user}
              isOwn={user.id === ownId}
              onDisable={() => setLeaving(user)}
              onEnable={() => void change(user, { disabled: false })}
            />
          ))}
        </UsersTable>
      )}
      {leaving !== undefined && (
        <DisableDialog
          user={leaving}
          colleagues={colleagues}
          onClose={() => setLeaving(undefined)}
          onDisable={(successorId) => void change(leaving, { disabled: true, successorId })}
        />
      )}
    </section>
  );
}

function useUsers() {
  const [users, setUsers] = useState<readonly UserView[]>();
  const [problem, setProblem] = useState(false);

  const refresh = useCallback(async () => {
    const answer = await browserRest().get<UsersAnswer>("/api/users");
    setProblem(!answer.ok);
    if (answer.ok) setUsers(answer.users);
    // The session has ended.
    else if (answer.code === "UNAUTHENTICATED") goToSignIn("expired");
  }, []);

  useEffect(() => void refresh(), [refresh]);

  async function change(user: UserView, body: RestBody<"updateUser">): Promise<void> {
    const answer = await browserRest().patch<UserAnswer>(`/api/users/${user.id}`, body);
    await refresh();
    setProblem(!answer.ok);
  }

  return { users, problem, change };
}

function UsersTable({ children }: { readonly children: ReactNode }) {
  const dictionary = useDictionary();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{dictionary.name}</th>
          <th scope="col">{dictionary.email}</th>
          <th scope="col">{dictionary.role}</th>
          <th scope="col">{dictionary.status}</th>
          <th scope="col">
            <span className="visuallyHidden">{dictionary.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

interface UserRowProps {
  readonly user: UserView;
  readonly isOwn: boolean;
  readonly onDisable: () => void;
  readonly onEnable: () => void;
}

function UserRow({ user, isOwn, onDisable, onEnable }: UserRowProps) {
  const dictionary = useDictionary();
  const label = user.disabled ? dictionary.enableNamed(user.name) : dictionary.disableNamed(user.name);
  return (
    <tr>
      <th scope="row">
        <bdi>{user.name}</bdi>
      </th>
      <td data-label={dictionary.email}>{user.email}</td>
      <td data-label={dictionary.role}>{user.role === "admin" ? dictionary.roleAdmin : dictionary.roleAgent}</td>
      <td data-label={dictionary.status}>{user.disabled ? dictionary.disabled : dictionary.active}</td>
      <td>
        {!isOwn && (
          <button type="button" className="quiet" aria-label={label} onClick={user.disabled ? onEnable : onDisable}>
            {user.disabled ? dictionary.enable : dictionary.disable}
          </button>
        )}
      </td>
    </tr>
  );
}

function InvitePanel() {
  const dictionary = useDictionary();
  const [created, setCreated] = useState<InvitationCreated>();
  const [problem, setProblem] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const invitation = { email: fieldValue(form, "email"), role: fieldValue(form, "role") };
    const answer = await browserRest().post<InvitationCreated>("/api/invitations", invitation);
    setProblem(!answer.ok);
    setCreated(answer.ok ? answer : undefined);
    if (answer.ok) form.reset();
  }

  return (
    <section aria-labelledby="invite-title" className={styles.panel}>
      <h2 id="invite-title">{dictionary.invite}</h2>
      {problem && <Problem>{dictionary.invitationRefused}</Problem>}
      <form onSubmit={(event) => void submit(event)} className={styles.invite}>
        <Field label={dictionary.email} name="email" type="email" required maxLength={254} autoComplete="off" />
        <Choice
          label={dictionary.role}
          name="role"
          options={{ agent: dictionary.roleAgent, admin: dictionary.roleAdmin }}
        />
        <button type="submit">{dictionary.createInvitation}</button>
      </form>
      <div role="status">
        {created !== undefined && (
          <Field
            label={dictionary.invitationLink}
            hint={dictionary.invitationHint(created.email, formatTime(created.expiresAt, dictionary.locale))}
            readOnly
            value={`${window.location.origin}/invitation#${created.token}`}
            onFocus={(event) => event.target.select()}
          />
        )}
      </div>
    </section>
  );
}

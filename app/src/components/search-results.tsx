"use client";
import { type SearchedConversation, type SearchHit } from "../../protocol";
import listStyles from "./conversation-list.module.css";
import { formatTime, useDictionary } from "./dictionary";
import { MoreButton } from "./more-button";
import styles from "./search.module.css";
import { type Search } from "./use-search";
import { type RovingFocus, useRovingFocus } from "./use-roving-focus";

export interface SearchResultsProps {
  readonly search: Search;
  readonly openId: string | null;
  /** The message that is shown of the open conversation. */
  readonly openSeq: number | undefined;
  readonly onOpen: (conversationId: string, seq?: number) => void;
}

/** What a search has found: customers by their name, then messages, newest first. */
export function SearchResults({ search, openId, openSeq, onOpen }: SearchResultsProps) {
  const dictionary = useDictionary();
  const { found, isBusy } = search;
  const { hits = [], customers = [] } = found ?? {};
  const ids = [...customers.map(idOfCustomer), ...hits.map(idOfHit)];
  const { listProps, itemProps } = useRovingFocus(ids);
  return (
    <section aria-label={dictionary.searchResults} aria-busy={isBusy} className={styles.results}>
      <p role="status" className={listStyles.empty}>
        {statusOf(search, dictionary)}
      </p>
      <ul className={listStyles.list} {...listProps}>
        {customers.map((customer) => (
          <Customer
            key={idOfCustomer(customer)}
            customer={customer}
            isOpen={customer.conversationId === openId && openSeq === undefined}
            itemProps={itemProps(idOfCustomer(customer))}
            onOpen={onOpen}
          />
        ))}
        {hits.map((hit) => (
          <Hit
            key={idOfHit(hit)}
            hit={hit}
            isOpen={hit.conversationId === openId && hit.seq === openSeq}
            itemProps={itemProps(idOfHit(hit))}
            onOpen={onOpen}
          />
        ))}
      </ul>
      {found?.next != null && <MoreButton onMore={search.loadMore} />}
    </section>
  );
}

function idOfCustomer({ conversationId }: SearchedConversation): string {
  return `customer ${conversationId}`;
}

function idOfHit({ conversationId, seq }: SearchHit): string {
  return `${conversationId} ${seq}`;
}

function statusOf({ found, hasFailed }: Search, dictionary: ReturnType<typeof useDictionary>): string {
  if (hasFailed) return dictionary.failedAction;
  if (found === undefined) return dictionary.loading;
  const count = found.hits.length + found.customers.length;
  const result =
    count === 0 && found.next === null ? dictionary.searchNone : dictionary.searchCount(count, found.next !== null);
  return found.isComplete ? result : `${result} ${dictionary.searchIncomplete}`;
}

interface EntryProps {
  readonly isOpen: boolean;
  readonly itemProps: ReturnType<RovingFocus["itemProps"]>;
  readonly onOpen: SearchResultsProps["onOpen"];
}

function Customer({ customer, isOpen, itemProps, onOpen }: EntryProps & { readonly customer: SearchedConversation }) {
  const dictionary = useDictionary();
  return (
    <li>
      <button
        type="button"
        className={listStyles.entry}
        aria-current={isOpen ? "true" : undefined}
        onClick={() => onOpen(customer.conversationId)}
        {...itemProps}
      >
        <span className={listStyles.line}>
          <bdi className={listStyles.unreadName}>{customer.visitorName}</bdi>
          <span className={listStyles.detail}>{dictionary.searchCustomer}</span>
        </span>
      </button>
    </li>
  );
}

function Hit({ hit, isOpen, itemProps, onOpen }: EntryProps & { readonly hit: SearchHit }) {
  const dictionary = useDictionary();
  return (
    <li>
      <button
        type="button"
        className={listStyles.entry}
        aria-current={isOpen ? "true" : undefined}
        onClick={() => onOpen(hit.conversationId, hit.seq)}
        {...itemProps}
      >
        <span className={listStyles.who}>
          <span className={listStyles.line}>
            <bdi className={listStyles.name}>{hit.visitorName}</bdi>
            <time className={listStyles.detail} dateTime={hit.createdAt}>
              {formatTime(hit.createdAt, dictionary.locale)}
            </time>
          </span>
          <span className={styles.excerpt}>
            {hit.senderKind === "agent" && (
              <>
                <bdi>{hit.senderName}</bdi>:{" "}
              </>
            )}
            <bdi>
              {hit.excerpt.map((part, index) => (part.isMatch ? <mark key={index}>{part.text}</mark> : part.text))}
            </bdi>
          </span>
        </span>
      </button>
    </li>
  );
}

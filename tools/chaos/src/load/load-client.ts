import type { BffName } from '@bff/demo-world';
import type { Client, Facts, Json } from '../broken-product.ts';
import type { Question, Reply } from './ask.ts';

/**
 * A logged-in client with the expected data of its user. Screens have the same names for all clients; how a
 * request and its answer look is known only to the client.
 */
export interface LoadClient {
  readonly client: Client;
  readonly bff: BffName;
  readonly facts: Facts;
  /** Header fields that authenticate the client; `renew` changes them. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Names of the screens that the client reads. */
  readonly screens: readonly string[];
  /** Returns the request that reads a screen. */
  read(screen: string): Question;
  /** Returns the request that changes the document with the counter by a merge patch. */
  change(etag: string, patch: Json): Question;
  /** Returns the request that reads the list whose items are marked. */
  readMarks(): Question;
  /** Returns the request that marks an item. */
  mark(id: string): Question;
  /** Sends a request. Returns the answer as status, header fields and view, whatever the protocol. */
  send(question: Question): Promise<Reply>;
  /** Gets a new access token, if the client has one that expires during a run. */
  renew?(): Promise<void>;
}

/** One message to a person. */
export interface Message {
  readonly title: string;
  readonly text: string;
}

/** What the pages of the login say; yours to change. */
export interface Words {
  /** Why a login stopped. */
  readonly stopped: Readonly<Record<LoginStop, Message>>;
  readonly loggedOut: Message;
  readonly actions: Readonly<
    Record<'tryAgain' | 'anotherAccount' | 'logIn' | 'logOut' | 'logOutThere' | 'toStart', string>
  >;
}

/**
 * - `cancelled`: the user or the identity provider said no.
 * - `over`: the login was not begun in this browser, or it is finished or too old.
 * - `refused`: the answer of the identity provider is not valid.
 * - `no-tenant`: the account belongs to no tenant that is served here.
 * - `unavailable`: the identity provider or this service does not answer.
 * - `bad-link`: the address asks for something that does not exist.
 * - `failed`: anything else.
 */
export type LoginStop =
  'cancelled' | 'over' | 'refused' | 'no-tenant' | 'unavailable' | 'bad-link' | 'failed';

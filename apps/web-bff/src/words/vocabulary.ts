/** A message on a page. */
export interface Message {
  readonly title: string;
  readonly text: string;
}

/** Texts on the pages of the login; change them freely. */
export interface Words {
  /** Reasons why a login was aborted. */
  readonly stopped: Readonly<Record<LoginAbortReason, Message>>;
  readonly loggedOut: Message;
  readonly actions: Readonly<
    Record<'tryAgain' | 'anotherAccount' | 'logIn' | 'logOut' | 'logOutThere' | 'toStart', string>
  >;
}

/**
 * Meaning of each reason:
 * - `cancelled`: the user or the identity provider denied the login.
 * - `over`: the login was not started in this browser, is finished, or has expired.
 * - `refused`: the response of the identity provider is invalid.
 * - `no-tenant`: the account belongs to no tenant of this service.
 * - `unavailable`: the identity provider or this service does not respond.
 * - `bad-link`: the URL names a target that does not exist.
 * - `failed`: any other error.
 */
export type LoginAbortReason =
  'cancelled' | 'over' | 'refused' | 'no-tenant' | 'unavailable' | 'bad-link' | 'failed';

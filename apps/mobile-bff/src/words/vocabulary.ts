export interface Message {
  readonly title: string;
  readonly text: string;
}

/** What the pages of the authorization server say; yours to change. */
export interface Words {
  readonly messages: Readonly<Record<MessageName, Message>>;
  /** Beside the field for the code of a device. */
  readonly alerts: Readonly<Record<'noCode' | 'unknownCode', string>>;
  readonly connectDevice: { readonly title: string; readonly label: string; readonly next: string };
  readonly confirmDevice: {
    /** @param client name of the device */
    readonly title: (client: string) => string;
    readonly text: string;
    readonly approve: string;
    readonly deny: string;
  };
  readonly actions: Readonly<Record<'tryAgain' | 'anotherAccount', string>>;
}

/**
 * - `app-refused`: the app, or the address that it wants to be called at, is not known.
 * - `over`: the login was not begun in this browser, or it took too long.
 * - `refused`: the answer of the identity provider is not valid.
 * - `unavailable`: the identity provider or this service does not answer.
 * - `malformed`: a form that our pages do not send.
 * - `failed`: anything else.
 * - `device-connected`, `device-refused`: what the user decided.
 * - `device-over`: the decision was made before, or in another browser.
 * - `device-limited`: too many wrong codes.
 * - `device-denied`: the user was not logged in.
 */
export type MessageName =
  | 'app-refused'
  | 'over'
  | 'refused'
  | 'unavailable'
  | 'malformed'
  | 'failed'
  | 'device-connected'
  | 'device-refused'
  | 'device-over'
  | 'device-limited'
  | 'device-denied';

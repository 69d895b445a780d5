export interface Message {
  readonly title: string;
  readonly text: string;
}

/** Texts on the pages of the authorization server; change them freely. */
export interface Words {
  readonly messages: Readonly<Record<MessageName, Message>>;
  /** Errors shown next to the field for the code of a device. */
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
 * Meaning of each message:
 * - `app-refused`: the app, or its redirect URI, is not registered.
 * - `over`: the login was not started in this browser, or it has expired.
 * - `refused`: the response of the identity provider is invalid.
 * - `unavailable`: the identity provider or this service does not respond.
 * - `malformed`: a form that our pages do not send.
 * - `failed`: any other error.
 * - `device-connected`, `device-refused`: the user approved or denied the device.
 * - `device-over`: the decision was already made, or the page was opened in another browser.
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

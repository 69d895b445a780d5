/** Effect of an event on a receiver that keeps sessions. */
export type SignalEffect =
  | 'end-session'
  | 'end-user'
  | 'confirm-user'
  | 'verification'
  /** The event has no effect here. */
  | 'none';

const caep = 'https://schemas.openid.net/secevent/caep/event-type/';
const risc = 'https://schemas.openid.net/secevent/risc/event-type/';
const ssf = 'https://schemas.openid.net/secevent/ssf/event-type/';

type Details = Readonly<Record<string, unknown>>;
type EffectOf = (details: Details) => SignalEffect;

const always =
  (effect: SignalEffect): EffectOf =>
  () =>
    effect;

const effects: Readonly<Record<string, EffectOf>> = {
  [`${caep}session-revoked`]: always('end-session'),
  // A credential that was added does not put the account at risk.
  [`${caep}credential-change`]: ({ change_type: change }) => (change === 'create' ? 'none' : 'end-user'),
  [`${caep}token-claims-change`]: always('confirm-user'),
  [`${risc}account-disabled`]: always('end-user'),
  [`${risc}account-purged`]: always('end-user'),
  [`${risc}sessions-revoked`]: always('end-user'),
  [`${risc}account-credential-change-required`]: always('end-user'),
  [`${risc}credential-compromise`]: always('end-user'),
  [`${ssf}verification`]: always('verification'),
  [`${risc}verification`]: always('verification'),
};

export const effectOf = (type: string, details: Details): SignalEffect =>
  Object.hasOwn(effects, type) ? (effects[type] as EffectOf)(details) : 'none';

/** Returns the name of an event for logs and metrics, from a closed list; else `other`. */
export const shortName = (type: string): string =>
  Object.hasOwn(effects, type) ? type.slice(type.lastIndexOf('/') + 1) : 'other';

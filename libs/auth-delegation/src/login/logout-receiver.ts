import type { Logger } from '@bff/service-kit';
import { createRetainingReceiver, type RetainingReceiver } from '../delivery/retaining-receiver.ts';
import {
  actOnce,
  mayBeForUs,
  verifiedLogout,
  type LogoutAction,
  type LogoutTokenRules,
} from './logout-token.ts';

/**
 * Receives logout tokens and retains those that cannot be verified yet, because a provider sends each of them
 * once.
 */
export type LogoutReceiver = RetainingReceiver;

export interface LogoutReceiverOptions {
  readonly rules: LogoutTokenRules;
  readonly act: LogoutAction;
  readonly log: Logger;
}

export const createLogoutReceiver = ({ rules, act, log }: LogoutReceiverOptions): LogoutReceiver =>
  createRetainingReceiver({
    name: 'logout token',
    verify: (token, now) => verifiedLogout(token, { ...rules, now }),
    mayBeForUs: (token) => mayBeForUs(token, rules),
    actOnce: (logout) => actOnce(logout, rules, act),
    act,
    log,
    now: rules.now,
  });

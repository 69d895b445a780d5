import type { Logger, Metrics, SettingValues, StateStore } from '@bff/service-kit';
import type { RetainingReceiver } from '../delivery/retaining-receiver.ts';
import { providerFrom, type providerSettings } from '../provider/provider-settings.ts';
import type { Now } from '../time.ts';
import type { SignalActions } from './signal-actions.ts';
import { createSignalReceiver } from './signal-receiver.ts';
import { transmitterFrom, type signalSettings } from './signal-settings.ts';

/** Receiver of signals, and the `Authorization` value that its transmitter has to send. */
export interface Signals {
  readonly receiver: RetainingReceiver;
  readonly authorization: string;
}

export interface SignalParts {
  readonly actions: SignalActions;
  readonly store: StateStore;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly now?: Now;
}

type Config = SettingValues<typeof providerSettings> &
  SettingValues<typeof signalSettings> & { readonly production: boolean };

/** Creates the receiver; undefined when no transmitter is configured. */
export function createSignals(config: Config, parts: SignalParts): Signals | undefined {
  const transmitter = transmitterFrom(config);
  if (!transmitter) return undefined;
  const { subjectClaim, production } = config;
  const receiver = createSignalReceiver({
    ...transmitter,
    ...parts,
    provider: providerFrom(config, production),
    subjectClaim,
  });
  return { receiver, authorization: transmitter.authorization };
}

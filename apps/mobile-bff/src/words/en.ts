import type { Words } from './vocabulary.ts';

export const en: Words = {
  messages: {
    'app-refused': { title: 'This app cannot sign you in', text: 'Its request is not valid.' },
    over: {
      title: 'This sign-in is over',
      text: 'It was not begun in this browser, or it took too long. Go back to your app or device and begin again.',
    },
    refused: {
      title: 'You could not be signed in',
      text: 'The answer of the login service was not valid. Go back to your app or device and begin again.',
    },
    unavailable: {
      title: 'Signing in is not possible at the moment',
      text: 'Try again in a few seconds.',
    },
    malformed: { title: 'That did not work', text: 'The page was not sent as it was made.' },
    failed: { title: 'Something went wrong', text: 'Go back to your app or device and begin again.' },
    'device-connected': { title: 'The device is connected', text: 'You may close this page.' },
    'device-refused': { title: 'The device was refused', text: 'You may close this page.' },
    'device-over': {
      title: 'This page is over',
      text: 'Begin again with the code that the device shows.',
    },
    'device-limited': { title: 'Too many wrong codes', text: 'Wait ten minutes, then begin again.' },
    'device-denied': { title: 'You were not signed in', text: 'The device was not connected.' },
  },
  alerts: {
    noCode: 'That is not the code of a device.',
    unknownCode: 'No device waits with that code.',
  },
  connectDevice: {
    title: 'Connect a device',
    label: 'Enter the code that the device shows.',
    next: 'Continue',
  },
  confirmDevice: {
    title: (client) => `Let ${client} in?`,
    text: 'It will be signed in as you. Go on only if the device is with you and shows this code; nobody else may send you one.',
    approve: 'Let it in',
    deny: 'Refuse',
  },
  actions: { tryAgain: 'Try again', anotherAccount: 'Use another account' },
};

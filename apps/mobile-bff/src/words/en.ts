import type { Words } from './vocabulary.ts';

export const en: Words = {
  messages: {
    'app-refused': { title: 'This app cannot sign you in', text: 'The app sent an invalid request.' },
    over: {
      title: 'This sign-in has expired',
      text: 'It was started in another browser, or it took too long. Go back to your app or device and start again.',
    },
    refused: {
      title: 'You could not be signed in',
      text: 'The login service sent an invalid response. Go back to your app or device and start again.',
    },
    unavailable: {
      title: 'Sign-in is temporarily unavailable',
      text: 'Try again in a few seconds.',
    },
    malformed: { title: 'That did not work', text: 'The form is not valid. Go back and try again.' },
    failed: { title: 'Something went wrong', text: 'Go back to your app or device and start again.' },
    'device-connected': { title: 'The device is connected', text: 'You may close this page.' },
    'device-refused': { title: 'The device was not connected', text: 'You may close this page.' },
    'device-over': {
      title: 'This page has expired',
      text: 'Start again with the code that the device shows.',
    },
    'device-limited': { title: 'Too many wrong codes', text: 'Wait ten minutes, then try again.' },
    'device-denied': { title: 'You were not signed in', text: 'The device was not connected.' },
  },
  alerts: {
    noCode: 'Enter the code as the device shows it.',
    unknownCode: 'This code is not valid. Check the code on the device.',
  },
  connectDevice: {
    title: 'Connect a device',
    label: 'Enter the code that the device shows.',
    next: 'Continue',
  },
  confirmDevice: {
    title: (client) => `Connect ${client}?`,
    text: 'The device will be signed in as you. Continue only if you have the device and it shows this code. If somebody sent you the code, cancel.',
    approve: 'Connect',
    deny: 'Cancel',
  },
  actions: { tryAgain: 'Try again', anotherAccount: 'Use another account' },
};

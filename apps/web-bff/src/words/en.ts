import type { Words } from './vocabulary.ts';

export const en: Words = {
  stopped: {
    cancelled: {
      title: 'You are not logged in',
      text: 'The login was cancelled, or you were not let in.',
    },
    over: {
      title: 'This login is over',
      text: 'It took too long, or it was begun in another browser. Please log in again.',
    },
    refused: {
      title: 'You could not be logged in',
      text: 'The answer of the login service was not valid. Please log in again.',
    },
    'no-tenant': {
      title: 'This account has no access',
      text: 'Your account does not belong to an organisation that uses this service. Choose another account, or ask your administrator.',
    },
    unavailable: {
      title: 'Logging in is not possible at the moment',
      text: 'The login service is not responding. Please try again in a few seconds.',
    },
    'bad-link': {
      title: 'This link does not work',
      text: 'It leads to an address that does not exist here.',
    },
    failed: {
      title: 'Something went wrong',
      text: 'You could not be logged in. Please try again.',
    },
  },
  loggedOut: { title: 'You are logged out', text: 'You may close this page.' },
  actions: {
    tryAgain: 'Try again',
    anotherAccount: 'Use another account',
    logIn: 'Log in',
    logOut: 'Log out',
    logOutThere: 'Log out of the login service as well',
    toStart: 'Go to the start page',
  },
};

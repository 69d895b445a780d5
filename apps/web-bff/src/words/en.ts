import type { Words } from './vocabulary.ts';

export const en: Words = {
  stopped: {
    cancelled: {
      title: 'You are not logged in',
      text: 'The login was cancelled, or the login service rejected it.',
    },
    over: {
      title: 'This login has expired',
      text: 'It took too long, or it was started in another browser. Please log in again.',
    },
    refused: {
      title: 'You could not be logged in',
      text: 'The login service sent an invalid response. Please log in again.',
    },
    'no-tenant': {
      title: 'This account has no access',
      text: 'Your account does not belong to an organisation that uses this service. Choose another account, or ask your administrator.',
    },
    unavailable: {
      title: 'Login is temporarily unavailable',
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

import type { Words } from './vocabulary.ts';

export const de: Words = {
  stopped: {
    cancelled: {
      title: 'Sie sind nicht angemeldet',
      text: 'Die Anmeldung wurde abgebrochen, oder Sie wurden nicht zugelassen.',
    },
    over: {
      title: 'Diese Anmeldung ist beendet',
      text: 'Sie hat zu lange gedauert, oder sie wurde in einem anderen Browser begonnen. Bitte melden Sie sich erneut an.',
    },
    refused: {
      title: 'Die Anmeldung ist fehlgeschlagen',
      text: 'Die Antwort des Anmeldedienstes war ungültig. Bitte melden Sie sich erneut an.',
    },
    'no-tenant': {
      title: 'Dieses Konto hat keinen Zugang',
      text: 'Ihr Konto gehört zu keiner Organisation, die diesen Dienst nutzt. Wählen Sie ein anderes Konto, oder fragen Sie Ihre Administration.',
    },
    unavailable: {
      title: 'Die Anmeldung ist zurzeit nicht möglich',
      text: 'Der Anmeldedienst antwortet nicht. Bitte versuchen Sie es in einigen Sekunden erneut.',
    },
    'bad-link': {
      title: 'Dieser Link funktioniert nicht',
      text: 'Er führt zu einer Adresse, die es hier nicht gibt.',
    },
    failed: {
      title: 'Etwas ist schiefgegangen',
      text: 'Sie konnten nicht angemeldet werden. Bitte versuchen Sie es erneut.',
    },
  },
  loggedOut: { title: 'Sie sind abgemeldet', text: 'Sie können diese Seite schließen.' },
  actions: {
    tryAgain: 'Erneut versuchen',
    anotherAccount: 'Anderes Konto verwenden',
    logIn: 'Anmelden',
    logOut: 'Abmelden',
    logOutThere: 'Auch beim Anmeldedienst abmelden',
    toStart: 'Zur Startseite',
  },
};

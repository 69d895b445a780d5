import type { Words } from './vocabulary.ts';

export const de: Words = {
  messages: {
    'app-refused': { title: 'Diese App kann Sie nicht anmelden', text: 'Ihre Anfrage ist ungültig.' },
    over: {
      title: 'Diese Anmeldung ist beendet',
      text: 'Sie wurde nicht in diesem Browser begonnen, oder sie hat zu lange gedauert. Gehen Sie zurück zu Ihrer App oder Ihrem Gerät, und beginnen Sie erneut.',
    },
    refused: {
      title: 'Die Anmeldung ist fehlgeschlagen',
      text: 'Die Antwort des Anmeldedienstes war ungültig. Gehen Sie zurück zu Ihrer App oder Ihrem Gerät, und beginnen Sie erneut.',
    },
    unavailable: {
      title: 'Die Anmeldung ist zurzeit nicht möglich',
      text: 'Bitte versuchen Sie es in einigen Sekunden erneut.',
    },
    malformed: {
      title: 'Das hat nicht funktioniert',
      text: 'Die Seite wurde nicht so abgeschickt, wie sie gemacht ist.',
    },
    failed: {
      title: 'Etwas ist schiefgegangen',
      text: 'Gehen Sie zurück zu Ihrer App oder Ihrem Gerät, und beginnen Sie erneut.',
    },
    'device-connected': { title: 'Das Gerät ist verbunden', text: 'Sie können diese Seite schließen.' },
    'device-refused': { title: 'Das Gerät wurde abgelehnt', text: 'Sie können diese Seite schließen.' },
    'device-over': {
      title: 'Diese Seite gilt nicht mehr',
      text: 'Beginnen Sie erneut mit dem Code, den das Gerät anzeigt.',
    },
    'device-limited': {
      title: 'Zu viele falsche Codes',
      text: 'Warten Sie zehn Minuten, und beginnen Sie dann erneut.',
    },
    'device-denied': { title: 'Sie wurden nicht angemeldet', text: 'Das Gerät wurde nicht verbunden.' },
  },
  alerts: {
    noCode: 'Das ist nicht der Code eines Geräts.',
    unknownCode: 'Kein Gerät wartet mit diesem Code.',
  },
  connectDevice: {
    title: 'Ein Gerät verbinden',
    label: 'Geben Sie den Code ein, den das Gerät anzeigt.',
    next: 'Weiter',
  },
  confirmDevice: {
    title: (client) => `${client} zulassen?`,
    text: 'Das Gerät wird in Ihrem Namen angemeldet. Fahren Sie nur fort, wenn es bei Ihnen ist und diesen Code anzeigt; niemand sonst darf Ihnen einen schicken.',
    approve: 'Zulassen',
    deny: 'Ablehnen',
  },
  actions: { tryAgain: 'Erneut versuchen', anotherAccount: 'Anderes Konto verwenden' },
};

import type { Words } from './vocabulary.ts';

export const ja: Words = {
  messages: {
    'app-refused': {
      title: 'このアプリではログインできません',
      text: 'アプリからの要求が正しくありません。',
    },
    over: {
      title: 'このログインは終了しました',
      text: 'このブラウザーで開始されていないか、時間がかかりすぎました。アプリまたはデバイスに戻ってやり直してください。',
    },
    refused: {
      title: 'ログインできませんでした',
      text: 'ログインサービスの応答が正しくありませんでした。アプリまたはデバイスに戻ってやり直してください。',
    },
    unavailable: { title: '現在ログインできません', text: '数秒後にもう一度お試しください。' },
    malformed: { title: 'うまくいきませんでした', text: 'ページが正しい形で送信されませんでした。' },
    failed: { title: '問題が発生しました', text: 'アプリまたはデバイスに戻ってやり直してください。' },
    'device-connected': {
      title: 'デバイスが接続されました',
      text: 'このページを閉じてかまいません。',
    },
    'device-refused': { title: 'デバイスを拒否しました', text: 'このページを閉じてかまいません。' },
    'device-over': {
      title: 'このページは無効になりました',
      text: 'デバイスに表示されているコードでやり直してください。',
    },
    'device-limited': {
      title: 'コードの誤りが多すぎます',
      text: '10分待ってからやり直してください。',
    },
    'device-denied': { title: 'ログインしていません', text: 'デバイスは接続されませんでした。' },
  },
  alerts: {
    noCode: 'デバイスのコードではありません。',
    unknownCode: 'このコードで待機しているデバイスはありません。',
  },
  connectDevice: {
    title: 'デバイスを接続する',
    label: 'デバイスに表示されているコードを入力してください。',
    next: '次へ',
  },
  confirmDevice: {
    title: (client) => `${client}を許可しますか?`,
    text: 'デバイスはあなたとしてログインします。デバイスが手元にあり、このコードが表示されている場合にのみ続けてください。他の人から送られたコードは使わないでください。',
    approve: '許可する',
    deny: '拒否する',
  },
  actions: { tryAgain: 'もう一度試す', anotherAccount: '別のアカウントを使う' },
};

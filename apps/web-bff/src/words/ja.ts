import type { Words } from './vocabulary.ts';

export const ja: Words = {
  stopped: {
    cancelled: {
      title: 'ログインしていません',
      text: 'ログインがキャンセルされたか、許可されませんでした。',
    },
    over: {
      title: 'このログインは終了しました',
      text: '時間がかかりすぎたか、別のブラウザーで開始されました。もう一度ログインしてください。',
    },
    refused: {
      title: 'ログインできませんでした',
      text: 'ログインサービスの応答が正しくありませんでした。もう一度ログインしてください。',
    },
    'no-tenant': {
      title: 'このアカウントでは利用できません',
      text: 'お使いのアカウントは、このサービスを利用する組織に所属していません。別のアカウントを選ぶか、管理者にお問い合わせください。',
    },
    unavailable: {
      title: '現在ログインできません',
      text: 'ログインサービスが応答していません。数秒後にもう一度お試しください。',
    },
    'bad-link': {
      title: 'このリンクは使用できません',
      text: '存在しないアドレスを指しています。',
    },
    failed: {
      title: '問題が発生しました',
      text: 'ログインできませんでした。もう一度お試しください。',
    },
  },
  loggedOut: { title: 'ログアウトしました', text: 'このページを閉じてかまいません。' },
  actions: {
    tryAgain: 'もう一度試す',
    anotherAccount: '別のアカウントを使う',
    logIn: 'ログイン',
    logOut: 'ログアウト',
    logOutThere: 'ログインサービスからもログアウトする',
    toStart: 'トップページへ',
  },
};

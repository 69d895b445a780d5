import { isLocalPath } from '@bff/auth-delegation';
import { instanceOf, type Problem, type ProblemType } from '@bff/service-kit';
import { createPage, html, wantsPage, wordsFor, type Html, type HtmlPage } from '@bff/shaping';
import type { Request } from 'express';
import { words as wordsByLanguage } from '../words.ts';
import type { LoginAbortReason, Words } from '../words/vocabulary.ts';
import { LoginAborted } from './login-aborted.ts';

/** Path to which pages without script submit the logout form. */
export const logoutPagePath = '/auth/logout-page';
/** Paths to which browsers navigate; their errors are shown as pages. */
const pathsForPeople = ['/auth/login', '/auth/callback', logoutPagePath];

const stopOf: Partial<Readonly<Record<ProblemType, LoginAbortReason>>> = {
  unavailable: 'unavailable',
  overloaded: 'unavailable',
  'invalid-return-to': 'bad-link',
};

type Action = Exclude<keyof Words['actions'], 'logOutThere'>;
const actionsOf: Readonly<Record<LoginAbortReason, readonly Action[]>> = {
  cancelled: ['tryAgain', 'anotherAccount', 'logOut'],
  over: ['tryAgain', 'anotherAccount', 'logOut'],
  refused: ['tryAgain', 'anotherAccount', 'logOut'],
  'no-tenant': ['anotherAccount', 'logOut', 'tryAgain'],
  unavailable: ['tryAgain'],
  'bad-link': ['toStart', 'logIn'],
  failed: ['tryAgain', 'anotherAccount', 'logOut'],
};

/** Creates the page for an aborted login (F29, F67). Undefined for a fetch and on API paths. */
export function loginPage(request: Request, problem: Problem): HtmlPage | undefined {
  if (!pathsForPeople.includes(instanceOf(request)) || !wantsPage(request)) return undefined;
  const stop = problem instanceof LoginAborted ? problem.stop : (stopOf[problem.type] ?? 'failed');
  const { language, words } = wordsFor(request, wordsByLanguage);
  const { title, text } = words.stopped[stop];
  const links = actionLinks(returnToOf(request, problem));
  const actions = actionsOf[stop].map((action, index) => links[action](words.actions[action], index > 0));
  return createPage({
    language,
    title,
    content: html`<p>${text}</p>
${joined(actions)}`,
    forms: 'self',
  });
}

/**
 * Creates the page after a logout without script.
 * @param there URL that ends the session at the identity provider
 */
export function loggedOutPage(request: Request, there: string | undefined): HtmlPage {
  const { language, words } = wordsFor(request, wordsByLanguage);
  const { actions, loggedOut } = words;
  const elsewhere = there === undefined ? [] : [link(there)(actions.logOutThere, false)];
  return createPage({
    language,
    title: loggedOut.title,
    content: html`<p>${loggedOut.text}</p>
${joined([...elsewhere, link(loginAddress('/'))(actions.logIn, elsewhere.length > 0)])}`,
  });
}

/** Creates the actions of a page. Each new login validates its `return_to` again. */
function actionLinks(returnTo: string): Readonly<Record<Action, Link>> {
  const again = link(loginAddress(returnTo));
  return {
    tryAgain: again,
    logIn: again,
    anotherAccount: link(loginAddress(returnTo, 'select_account')),
    toStart: link('/'),
    logOut: logoutForm,
  };
}

function returnToOf({ query }: Request, problem: Problem): string {
  if (problem instanceof LoginAborted && problem.returnTo !== undefined) return problem.returnTo;
  const { return_to: given } = query;
  return typeof given === 'string' && isLocalPath(given) ? given : '/';
}

const loginAddress = (returnTo: string, prompt?: string): string =>
  `/auth/login?${new URLSearchParams({ return_to: returnTo, ...(prompt !== undefined && { prompt }) })}`;

type Link = (label: string, isQuiet: boolean) => Html;

const classOf = (isQuiet: boolean): string => (isQuiet ? 'button quiet' : 'button');
const link =
  (address: string): Link =>
  (label, isQuiet) =>
    html`<a class="${classOf(isQuiet)}" href="${address}">${label}</a>`;
const logoutForm: Link = (label, isQuiet) =>
  html`<form method="post" action="${logoutPagePath}"><button type="submit" class="${classOf(isQuiet)}">${label}</button></form>`;

const joined = (parts: readonly Html[]): Html =>
  parts.reduce(
    (one, other) => html`${one}
${other}`,
  );

import { oauthPaths } from '@bff/auth-delegation';
import { instanceOf } from '@bff/service-kit';
import { createPage, html, sendPage, wantsPage, wordsFor, type HtmlPage } from '@bff/shaping';
import type { Request, Response } from 'express';
import { words as wordsByLanguage } from '../words.ts';
import type { MessageName, Words } from '../words/vocabulary.ts';

/** Sends a page in the language that the browser prefers. */
export type Answer = (request: Request, response: Response, status: number) => void;

type Compose = (words: Words, language: string) => HtmlPage;

function pageFor(request: Request, compose: Compose): HtmlPage {
  const { words, language } = wordsFor(request, wordsByLanguage);
  return compose(words, language);
}

const answer =
  (compose: Compose): Answer =>
  (request, response, status) =>
    sendPage(response, status, pageFor(request, compose));

const messageIn =
  (name: MessageName, detail?: string): Compose =>
  ({ messages }, language) =>
    createPage({
      language,
      title: messages[name].title,
      content: html`<p>${messages[name].text}</p>
${detail === undefined ? undefined : html`<p lang="en" dir="ltr">${detail}</p>`}`,
    });

/**
 * Creates a page with a message.
 * @param detail shown in English, for the developer of an app
 */
export const message = (name: MessageName, detail?: string): Answer => answer(messageIn(name, detail));

const pathsForPeople: readonly string[] = [oauthPaths.authorize, oauthPaths.callback, oauthPaths.device];

/**
 * Returns the page for unexpected errors on paths that browsers visit; undefined if a problem should be sent.
 */
export function failurePage(request: Request): HtmlPage | undefined {
  if (!pathsForPeople.includes(instanceOf(request)) || !wantsPage(request)) return undefined;
  return pageFor(request, messageIn('failed'));
}

/**
 * Creates the form for the code of a device. The CSP allows its redirects to any origin, since the provider
 * may log users in elsewhere; the page contains no data that could leak.
 */
export const deviceCodePage = (typed: string, alert?: keyof Words['alerts']): Answer =>
  answer(({ connectDevice, alerts }, language) =>
    createPage({
      language,
      title: connectDevice.title,
      content: html`${alert === undefined ? undefined : html`<p class="alert" role="alert">${alerts[alert]}</p>`}
        <form method="post" action="${oauthPaths.device}">
          <label>${connectDevice.label}
            <input type="text" name="user_code" value="${typed}" dir="ltr" autocomplete="off"
              autocapitalize="characters" spellcheck="false" autofocus required></label>
          <button type="submit">${connectDevice.next}</button>
        </form>`,
      forms: 'anywhere',
    }),
  );

/** Creates the page after a failed login, which offers to retry the same code, also with another account. */
export const deviceRetryPage = (name: MessageName, userCode: string): Answer =>
  answer(({ messages, actions }, language) =>
    createPage({
      language,
      title: messages[name].title,
      content: html`<p>${messages[name].text}</p>
        <form method="post" action="${oauthPaths.device}">
          <input type="hidden" name="user_code" value="${userCode}">
          <button type="submit">${actions.tryAgain}</button>
          <button type="submit" name="prompt" value="select_account" class="quiet">${actions.anotherAccount}</button>
        </form>`,
      forms: 'anywhere',
    }),
  );

/**
 * Creates the page on which the user approves or denies a device. It shows what is approved, and warns of
 * codes that others sent (phishing, RFC 8628, section 5.4).
 */
export const deviceConfirmPage = (clientName: string, userCode: string, confirmation: string): Answer =>
  answer(({ confirmDevice: { title, text, approve, deny } }, language) =>
    createPage({
      language,
      title: title(clientName),
      content: html`<p>${text}</p>
        <p class="code" dir="ltr">${userCode}</p>
        <form method="post" action="${oauthPaths.device}">
          <input type="hidden" name="user_code" value="${userCode}">
          <input type="hidden" name="confirmation" value="${confirmation}">
          <button type="submit" name="decision" value="approve">${approve}</button>
          <button type="submit" name="decision" value="deny" class="quiet">${deny}</button>
        </form>`,
      forms: 'self',
    }),
  );

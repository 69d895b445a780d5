import { oauthPaths } from '@bff/auth-delegation';
import { instanceOf } from '@bff/service-kit';
import { createPage, html, sendPage, wantsPage, wordsFor, type HtmlPage } from '@bff/shaping';
import type { Request, Response } from 'express';
import { words as wordsByLanguage } from '../words.ts';
import type { MessageName, Words } from '../words/vocabulary.ts';

/** A page in the language of who asks, with its status. */
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

/** @param detail for the developer of an app, in our words */
export const message = (name: MessageName, detail?: string): Answer => answer(messageIn(name, detail));

const pathsForPeople: readonly string[] = [oauthPaths.authorize, oauthPaths.callback, oauthPaths.device];

/** For what nobody expected on the addresses that browsers are sent to; undefined: a problem. */
export function failurePage(request: Request): HtmlPage | undefined {
  if (!pathsForPeople.includes(instanceOf(request)) || !wantsPage(request)) return undefined;
  return pageFor(request, messageIn('failed'));
}

/**
 * Asks for the code of a device. Its form ends at the provider, or wherever that one sends its users to log in. There is
 * nothing on the page that could be led astray.
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

/** A device whose user was not logged in: the same code again, with the same account or another one. */
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

/** RFC 8628, section 5.4: the user must see what is let in, and be warned of codes that came by mail. */
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
